import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CreateEventBusCommand, EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {CreateDiscovererCommand, DescribeSchemaCommand, SchemasClient} from '@aws-sdk/client-schemas'
import {Clock} from '../../../../../src/lib/local/clock'
import type {CallContext, Platform, Service} from '../../../../../src/lib/local/platform'
import {create} from '../../../../../src/lib/local/services/schemas/index'
import {Store} from '../../../../../src/lib/local/store'
import {discard, testEndpoint} from '../../../../_helpers/endpoint'
import {usageEvent} from '../../../schema-model/usage-like-event'

const startedAt = Date.UTC(2026, 10, 22, 10)
const busArn = 'arn:aws:events:eu-west-1:000000000000:event-bus/usage'
const ctx: CallContext = {
  accountId: '000000000000',
  region: 'eu-west-1',
  requestId: 'r-1',
  endpoint: 'http://127.0.0.1:1',
  now: startedAt,
}
let folder: string
let store: Store
let clock: Clock
let service: Service
let logged: string[]

/** A service on the same store, as after a restart. */
function start(): Service {
  return create({store, clock, log: (line: string) => logged.push(line)} as unknown as Platform)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schemas-'))
  store = new Store(folder)
  clock = new Clock(() => startedAt)
  logged = []
  service = start()
})

afterEach(async () => {
  clock.stop()
  await store.close()
  rmSync(folder, {recursive: true, force: true})
})

async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  return (await service.operations[operation]?.(input, ctx)) as Record<string, unknown>
}

function observe(...events: unknown[]): void {
  // As they come from JSON: members that are undefined are not there.
  const parsed = events.map((event) => JSON.parse(JSON.stringify(event)) as unknown)
  service.observe?.({region: 'eu-west-1', events: parsed})
}

/** What EventBridge asks before it shows events. */
function isWatched(): boolean {
  return store.collection('schemas/discovered-buses').get(`eu-west-1/${busArn}`) !== undefined
}

async function discovered(version?: string) {
  const place = {
    RegistryName: 'discovered-schemas',
    SchemaName: 'my-applications@ApiUsageEvent',
    SchemaVersion: version,
  }
  const found = await call('DescribeSchema', place)
  const {components} = JSON.parse(String(found.Content)) as {components: {schemas: Record<string, object>}}
  return {version: found.SchemaVersion, schemas: components.schemas}
}

describe('discoverers', () => {
  it('start at once, make discovered-schemas and make the bus a watched one', async () => {
    const made = await call('CreateDiscoverer', {SourceArn: busArn, Tags: {a: '1'}})

    expect(made).toEqual({
      DiscovererArn: 'arn:aws:schemas:eu-west-1:000000000000:discoverer/events-event-bus-usage',
      DiscovererId: 'events-event-bus-usage',
      SourceArn: busArn,
      State: 'STARTED',
      CrossAccount: true,
      Tags: {a: '1'},
    })
    expect(await call('DescribeRegistry', {RegistryName: 'discovered-schemas'})).toMatchObject({Tags: {}})
    expect(isWatched()).toBe(true)
    expect(store.collection<{state: string}>('schemas/discoverers').get(`eu-west-1/${busArn}`)?.state).toBe(
      'STARTED',
    )
  })

  it('stop, start, change, are listed and deleted', async () => {
    await call('CreateDiscoverer', {SourceArn: busArn})
    const id = {DiscovererId: 'events-event-bus-usage'}

    expect(await call('StopDiscoverer', id)).toEqual({...id, State: 'STOPPED'})
    expect(isWatched()).toBe(false)
    expect(await call('UpdateDiscoverer', {...id, Description: 'd', CrossAccount: false})).toMatchObject({
      Description: 'd',
      CrossAccount: false,
      State: 'STOPPED',
    })
    expect(await call('StartDiscoverer', id)).toEqual({...id, State: 'STARTED'})
    expect(isWatched()).toBe(true)
    expect((await call('ListDiscoverers', {SourceArnPrefix: busArn})).Discoverers).toHaveLength(1)
    expect((await call('ListDiscoverers', {DiscovererIdPrefix: 'x'})).Discoverers).toEqual([])
    await call('DeleteDiscoverer', id)
    expect(isWatched()).toBe(false)
    await expect(call('DescribeDiscoverer', id)).rejects.toMatchObject({
      code: 'NotFoundException',
      status: 404,
    })
  })

  it.each([
    [
      'no bus',
      'arn:aws:sqs:eu-west-1:000000000000:q-with-a-name',
      'Source ARN must be a valid event bus ARN',
    ],
    [
      'another region',
      busArn.replace('eu-west-1', 'us-east-1'),
      'Cross region Event Bus sourcing is not supported.',
    ],
    [
      'another account',
      busArn.replace('000000000000', '111122223333'),
      expect.stringContaining('another account'),
    ],
  ])('refuse %s', async (_what, SourceArn, message) => {
    await expect(call('CreateDiscoverer', {SourceArn})).rejects.toMatchObject({
      code: 'BadRequestException',
      message,
    })
  })

  it('are one per bus', async () => {
    await call('CreateDiscoverer', {SourceArn: busArn})

    await expect(call('CreateDiscoverer', {SourceArn: busArn})).rejects.toMatchObject({
      code: 'ConflictException',
    })
  })
})

describe('discovery', () => {
  it('stores a schema a second later, on the clock of the endpoint', async () => {
    observe(usageEvent())
    expect(service.pending?.()).toEqual({count: 1, oldestAt: startedAt})
    await expect(discovered()).rejects.toMatchObject({code: 'NotFoundException'})

    clock.advance(1000)

    expect(service.pending?.()).toEqual({count: 0, oldestAt: undefined})
    expect((await discovered()).version).toBe('1')
  })

  it('stores now when it is flushed, and makes no version of what is known', async () => {
    observe(usageEvent())
    await service.flush?.()
    observe(usageEvent({durationMs: 1}), usageEvent({eventId: 'other'}))

    expect(service.pending?.().count).toBe(0)
    await service.flush?.()
    expect((await discovered()).version).toBe('1')
  })

  it('makes a version of each new form, however rare, and keeps what was known', async () => {
    observe(usageEvent())
    await service.flush?.()
    observe(
      ...Array.from({length: 5000}, () => usageEvent()),
      usageEvent({feature: 'orders', durationMs: undefined}),
    )
    await service.flush?.()

    const {version, schemas} = await discovered()

    expect(version).toBe('2')
    expect(schemas.ApiUsageEvent).toMatchObject({
      required: ['api', 'customer', 'eventId', 'occurredAt', 'response', 'service'],
      properties: {feature: {type: 'string'}, durationMs: {type: 'number'}},
    })
    expect((await discovered('1')).schemas.ApiUsageEvent).not.toHaveProperty('properties.feature')
  })

  it('goes on from what is stored after a restart', async () => {
    observe(usageEvent({feature: 'orders'}))
    await service.flush?.()
    service = start()
    observe(usageEvent())
    await service.flush?.()

    const {version, schemas} = await discovered()

    expect(version).toBe('2')
    expect(schemas.ApiUsageEvent).toHaveProperty('properties.feature', {type: 'string'})
  })

  it('makes no version of another count, order of keys or value', async () => {
    observe(usageEvent({tags: ['a'], note: null}))
    await service.flush?.()
    const turned = Object.fromEntries(Object.entries(usageEvent({note: null, tags: []})).reverse())
    observe(turned, usageEvent({tags: ['b', 'c'], note: null, durationMs: 1}))

    expect(service.pending?.().count).toBe(0)
  })

  it('takes a format away once, and does not bring it back', async () => {
    observe(usageEvent({client: {address: '192.0.2.1'}}))
    await service.flush?.()
    expect((await discovered()).schemas.Client).toHaveProperty('properties.address.format', 'ipv4')

    for (const address of ['2001:db8::1', '192.0.2.2', '2001:db8::2', 'host.example.com']) {
      observe(usageEvent({client: {address}}))
      await service.flush?.()
      service = start()
    }

    const {version, schemas} = await discovered()
    expect(version).toBe('2')
    expect(schemas.Client).toHaveProperty('properties.address', {type: 'string'})
  })

  it('makes one version of a choice when the evidence is there, over restarts, and one when it was none', async () => {
    const methods = ['GET', 'POST', 'GET', 'DELETE', 'GET']
    const send = (count: number) =>
      observe(...Array.from({length: count}, (_, i) => usageEvent({api: {method: methods[i % 5]}})))
    const methodOf = async () => {
      const {version, schemas} = await discovered()
      return {version, ...(schemas.Api as {properties: {method: object}}).properties.method}
    }

    send(600)
    await service.close?.()
    service = start()
    send(399)
    await service.flush?.()
    expect(await methodOf()).toEqual({version: '1', type: 'string'})
    send(1)
    await service.flush?.()
    expect(await methodOf()).toEqual({version: '2', type: 'string', enum: ['DELETE', 'GET', 'POST']})

    for (const method of ['PATCH', 'PUT', 'HEAD', 'OPTIONS']) {
      observe(usageEvent({api: {method}}))
      await service.flush?.()
    }
    service = start()
    send(9000)
    await service.flush?.()
    expect(await methodOf()).toEqual({version: '3', type: 'string'})
  })

  it('gathers changes for longer once a schema has had ten versions', async () => {
    for (let i = 0; i < 10; i += 1) {
      observe(usageEvent({[`member${i}`]: 1}))
      clock.advance(1000)
    }
    expect((await discovered()).version).toBe('10')
    observe(usageEvent({late: 1}))
    clock.advance(200_000)
    observe(usageEvent({later: 1}))
    expect((await discovered()).version).toBe('10')

    clock.advance(100_000)

    const {version, schemas} = await discovered()
    expect(version).toBe('11')
    expect(schemas.ApiUsageEvent).toHaveProperty('properties.later', {type: 'integer'})
  })

  it('does not bring back on the clock what was deleted meanwhile', async () => {
    observe(usageEvent())
    await service.flush?.()
    observe(usageEvent({feature: 'f'}))
    const place = {RegistryName: 'discovered-schemas', SchemaName: 'my-applications@ApiUsageEvent'}
    await call('DeleteSchema', place)
    clock.advance(10_000)

    await expect(call('DescribeSchema', place)).rejects.toMatchObject({code: 'NotFoundException'})
  })

  it('brings a deleted schema back with the next event', async () => {
    observe(usageEvent())
    await service.flush?.()
    await call('DeleteSchema', {
      RegistryName: 'discovered-schemas',
      SchemaName: 'my-applications@ApiUsageEvent',
    })
    observe(usageEvent())
    await service.flush?.()

    expect((await discovered()).version).toBe('1')
  })

  it('leaves a schema alone that was written by hand, and says so once', async () => {
    await call('CreateRegistry', {RegistryName: 'discovered-schemas'})
    await call('CreateSchema', {
      RegistryName: 'discovered-schemas',
      SchemaName: 'my-applications@ApiUsageEvent',
      Type: 'JSONSchemaDraft4',
      Content: '{"type":"object"}',
    })
    observe(usageEvent(), usageEvent({feature: 'f'}))
    await service.flush?.()

    expect(logged).toEqual([
      'schema discovery: my-applications@ApiUsageEvent is left as it is: The stored schema is not in the form of a discovered one and is left as it is.',
    ])
  })

  it('leaves out what it cannot read and takes the rest', async () => {
    const deep = {...usageEvent(), detail: JSON.parse(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`) as object}
    observe('text', [], {source: 1}, deep, usageEvent())
    await service.flush?.()

    expect((await discovered()).version).toBe('1')
    expect(logged).toEqual([
      expect.stringContaining('was left out: The document nests deeper than 255 levels.'),
      expect.stringContaining('has version 1'),
    ])
  })

  it('stops at the size of a schema', async () => {
    const wide = Object.fromEntries(
      Array.from({length: 700}, (_, i) => [`${'long-'.repeat(30)}${i}`, {count: 1}]),
    )
    observe(usageEvent(wide))
    await service.flush?.()

    expect(logged).toEqual([
      'schema discovery: my-applications@ApiUsageEvent is left as it is: Its content would be longer than 100000 characters.',
    ])
  })

  it('makes one map of keys that are values, beside the members that every event has', async () => {
    for (let i = 0; i < 30; i += 1) {
      observe(...Array.from({length: 200}, (_, k) => usageEvent({[`customer-${i}-${k}`]: {count: 1}})))
    }
    await service.flush?.()

    const {schemas} = await discovered()

    expect(Object.keys((schemas.ApiUsageEvent as {properties: object}).properties)).toEqual([
      ...['api', 'customer', 'durationMs', 'eventId', 'occurredAt', 'response', 'service'],
    ])
    expect(schemas.ApiUsageEvent).toHaveProperty('additionalProperties', {
      $ref: '#/components/schemas/ApiUsageEventValue',
    })
  })

  it('makes 200 schemas at most', async () => {
    observe(...Array.from({length: 250}, (_, i) => ({...usageEvent(), 'detail-type': `kind ${i}`})))
    await service.flush?.()

    expect(store.collection('schemas/schemas').count('eu-west-1/discovered-schemas/')).toBe(200)
  })
})

describe('discovery over the wire', () => {
  it('finds the schema of an event that was put on the bus', async () => {
    const endpoint = await testEndpoint()
    const bus = new EventBridgeClient(endpoint.client)
    const registry = new SchemasClient(endpoint.client)
    const Entries = [
      {
        EventBusName: 'usage',
        Source: 'my-applications',
        DetailType: 'api-usage-event',
        Detail: '{"n" : [1]}',
      },
    ]

    try {
      await bus.send(new CreateEventBusCommand({Name: 'usage'}))
      await registry.send(new CreateDiscovererCommand({SourceArn: busArn}))
      await bus.send(new PutEventsCommand({Entries}))
      await endpoint.flush()
      const found = await registry.send(
        new DescribeSchemaCommand({
          RegistryName: 'discovered-schemas',
          SchemaName: 'my-applications@ApiUsageEvent',
        }),
      )

      expect(JSON.parse(found.Content ?? '')).toMatchObject({
        components: {schemas: {ApiUsageEvent: {properties: {n: {type: 'array', items: {type: 'integer'}}}}}},
      })
    } finally {
      bus.destroy()
      registry.destroy()
      await discard(endpoint)
    }
  })
})
