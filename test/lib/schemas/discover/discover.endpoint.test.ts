import {Readable} from 'node:stream'
import {gzipSync} from 'node:zlib'
import {CreateEventBusCommand, EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {
  CreateSchemaCommand,
  DescribeDiscovererCommand,
  ListSchemaVersionsCommand,
  SchemasClient,
} from '@aws-sdk/client-schemas'
import {AwsClients} from '../../../../src/lib/aws/clients'
import {OpError} from '../../../../src/lib/core/errors'
import {storedEvents} from '../../../../src/lib/events/stored-events'
import type {DiscoverWords} from '../../../../src/lib/schemas/discover/choose-work'
import {discoverSchemas, type Discovered} from '../../../../src/lib/schemas/discover/discover-schemas'
import {discovererStatus, planDiscoverer} from '../../../../src/lib/schemas/discover/discoverer'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {settings as anyAccount} from '../../binding/_settings'
import {usageEvent} from '../../schema-model/usage-like-event'

let endpoint: TestEndpoint
let clients: AwsClients
let s3: S3Client
let registry: SchemasClient
const settings = {...anyAccount, accountId: '000000000000'}

beforeEach(async () => {
  endpoint = await testEndpoint()
  const {endpoint: url, region, credentials} = endpoint.client
  clients = new AwsClients({endpoint: url, region, credentials})
  s3 = await clients.s3()
  registry = await clients.schemas()
  await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
})

afterEach(async () => {
  await clients.close()
  await discard(endpoint)
})

/** The `OpError` that a promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<OpError> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  )
  if (error instanceof OpError) return error
  throw error
}

const never = new AbortController().signal

function put(key: string, body: string | Buffer) {
  return s3.send(new PutObjectCommand({Bucket: 'lake', Key: key, Body: body}))
}

/** Lists come in pages of so many objects; S3 would make them of a thousand. */
function inPagesOf(MaxKeys: number): void {
  s3.middlewareStack.add(
    (next, {commandName}) =>
      (args) =>
        next(commandName === 'ListObjectsV2Command' ? {...args, input: {...args.input, MaxKeys}} : args),
    {step: 'initialize'},
  )
}

const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')

function discover(words: DiscoverWords, stdin = ''): Promise<Discovered> {
  return discoverSchemas(words, {
    stdin: Readable.from([Buffer.from(stdin)]),
    signal: never,
    now: () => 0,
    connect: async () => clients,
    onProgress: () => undefined,
  })
}

describe('discoverSchemas of a bucket', () => {
  it('reads every object of every page under the prefix, gzip too, and leaves Parquet and folders out', async () => {
    inPagesOf(3)
    for (let i = 10; i < 30; i += 1) await put(`events/${i}.json`, lines(usageEvent({[`m${i}`]: 1})))
    await put('events/zz.json.gz', gzipSync(lines(usageEvent(), usageEvent({quantity: 0.5}))))
    await put('events/folder/', Buffer.alloc(0))
    await put('events/curated.parquet', 'PAR1')
    await put('elsewhere/a.json', 'broken')

    const {result, remarks} = await discover({file: 's3://lake/events/'})

    expect(result).toMatchObject({readCount: 22, unreadableCount: 0})
    expect(result.schemas).toMatchObject([{name: 'my-applications@ApiUsageEvent', eventCount: 22}])
    expect(remarks).toEqual([
      'Read 22 events from 21 objects: my-applications@ApiUsageEvent 22.',
      'Left out 1 object of Parquet: events are read as JSON.',
    ])
  })

  it('counts what cannot be read, by object and line, and what is gone when its turn comes', async () => {
    for (let i = 1; i <= 8; i += 1)
      await put(`e/${i}`, i === 2 ? `${lines(usageEvent())}broken\n` : lines(usageEvent()))
    const {elements} = storedEvents(s3, {bucket: 'lake', prefix: 'e/'}, never)
    const seen: string[] = []
    for await (const {position, problem} of elements) {
      if (seen.length === 0) await s3.send(new DeleteObjectCommand({Bucket: 'lake', Key: 'e/8'}))
      seen.push(`${position} ${problem ?? ''}`)
    }

    expect(seen).toEqual([
      ...['e/1, line 1 ', 'e/2, line 1 ', 'e/2, line 2 ', 'e/3, line 1 ', 'e/4, line 1 '],
      ...['e/5, line 1 ', 'e/6, line 1 ', 'e/7, line 1 ', 'e/8 INPUT_DAMAGED'],
    ])
    const {result, remarks} = await discover({file: 's3://lake/e'})
    expect(result).toMatchObject({readCount: 8, unreadableCount: 1})
    expect(remarks[1]).toMatch(/^NOT_JSON: 1 event, first e\/2, line 2: /)
  })

  it('says so where no object, no bucket or no address is there', async () => {
    expect(await errorOf(discover({file: 's3://lake/nothing/'}))).toMatchObject({
      kind: 'absent',
      code: 'OBJECTS_ABSENT',
    })
    expect(await errorOf(discover({file: 's3://no-such-lake/'}))).toMatchObject({
      kind: 'absent',
      code: 'NOT_FOUND',
    })
    expect(await errorOf(discover({file: 's3://'}))).toMatchObject({kind: 'usage', code: 'BAD_S3_ADDRESS'})
  })
})

describe('discoverSchemas into a registry', () => {
  const place = {RegistryName: 'contracts', SchemaName: 'my-applications@ApiUsageEvent'}
  const changesOf = ({plan}: Discovered) =>
    plan?.changes.map(({action, resource, name}) => `${action} ${resource} ${name}`)
  const apply = async (found: Discovered) => {
    const done: string[] = []
    await found.plan?.apply(({name}) => done.push(name))
    return done
  }
  const versions = async () =>
    (await registry.send(new ListSchemaVersionsCommand(place))).SchemaVersions?.length

  it('makes the registry and the schema, then nothing, then a version where something differs', async () => {
    const first = await discover({file: '-', registry: 'contracts'}, lines(usageEvent()))
    expect(changesOf(first)).toEqual(['create registry contracts', `create schema ${place.SchemaName}`])
    expect(await apply(first)).toEqual(['contracts', place.SchemaName])

    const again = await discover({file: '-', registry: 'contracts'}, lines(usageEvent({eventId: 'other'})))
    expect(changesOf(again)).toEqual(['keep registry contracts', `keep schema ${place.SchemaName}`])
    expect(await apply(again)).toEqual([])

    const more = await discover({file: '-', registry: 'contracts'}, lines(usageEvent({feature: 'orders'})))
    expect(changesOf(more)).toEqual(['keep registry contracts', `update schema ${place.SchemaName}`])
    expect(more.plan?.changes[1]?.note).toBe('a version after 1')
    await apply(more)
    expect(await versions()).toBe(2)
  })

  it('keeps a schema that says the same in another layout', async () => {
    await apply(await discover({file: '-', registry: 'contracts'}, lines({other: 1})))
    const {result} = await discover({file: '-'}, lines(usageEvent()))
    const Content = JSON.stringify(result.schemas[0]?.document, null, 4)
    await registry.send(new CreateSchemaCommand({...place, Content, Type: 'OpenApi3'}))

    const found = await discover({file: '-', registry: 'contracts'}, lines(usageEvent()))

    expect(changesOf(found)).toEqual(['keep registry contracts', `keep schema ${place.SchemaName}`])
  })

  it('says what was done before a schema that the registry refuses', async () => {
    const refused = {...usageEvent(), source: `z${'x'.repeat(400)}`}
    const found = await discover({file: '-', registry: 'contracts'}, lines(usageEvent(), refused))

    const error = await errorOf(apply(found))

    expect(error).toMatchObject({kind: 'partial', code: 'REGISTRY_PARTIAL'})
    expect(error.message).toContain(
      `Done before: create registry contracts, create schema ${place.SchemaName}.`,
    )
  })

  it('refuses a schema that is longer than a registry takes, before anything is changed', async () => {
    const wide = Object.fromEntries(Array.from({length: 700}, (_, i) => [`${'long-'.repeat(30)}${i}`, i]))

    expect(
      await errorOf(discover({file: '-', registry: 'contracts'}, lines(usageEvent(wide)))),
    ).toMatchObject({
      kind: 'usage',
      code: 'SCHEMA_TOO_LONG',
    })
  })
})

describe('the discoverer of a bus', () => {
  const plan = (wish: 'start' | 'stop') => planDiscoverer(clients, settings, wish)
  const apply = async (wish: 'start' | 'stop') => (await plan(wish)).apply(() => undefined)
  const actionOf = async (wish: 'start' | 'stop') =>
    (await plan(wish)).changes.map(({action, note}) => [action, note])
  const makeBus = async () => {
    const bus = new EventBridgeClient(endpoint.client)
    await bus.send(new CreateEventBusCommand({Name: 'usage'}))
    bus.destroy()
  }

  it('is made, stopped and started again, each only where it is not so already', async () => {
    await makeBus()
    expect(await errorOf(plan('stop'))).toMatchObject({kind: 'absent', code: 'DISCOVERER_ABSENT'})
    expect(await actionOf('start')).toEqual([['create', undefined]])
    await apply('start')
    expect(await actionOf('start')).toEqual([['keep', 'it is started']])
    expect(await actionOf('stop')).toEqual([['update', 'it stops; what it found stays']])
    await apply('stop')
    expect(await actionOf('stop')).toEqual([['keep', 'it is stopped']])
    await apply('start')

    const found = await registry.send(new DescribeDiscovererCommand({DiscovererId: 'events-event-bus-usage'}))
    expect(found).toMatchObject({State: 'STARTED', Tags: {'usage-tracker:binding': 'usage/api-usage'}})
  })

  it('shows how it stands and what is in the registry', async () => {
    await makeBus()
    expect(await discovererStatus(clients, settings)).toEqual({
      bus: 'usage',
      state: 'absent',
      registry: 'discovered-schemas',
      schemas: [],
    })
    await apply('start')
    const {result} = await discover({file: '-'}, lines(usageEvent()))
    const Content = JSON.stringify(result.schemas[0]?.document)
    await registry.send(
      new CreateSchemaCommand({
        RegistryName: 'discovered-schemas',
        SchemaName: 'a@B',
        Content,
        Type: 'OpenApi3',
      }),
    )

    expect(await discovererStatus(clients, settings)).toMatchObject({
      state: 'started',
      discovererId: 'events-event-bus-usage',
      schemas: [{name: 'a@B', versionCount: 1, lastModified: expect.stringMatching(/^\d{4}-.*Z$/) as string}],
    })
  })

  it('of a bus that is not there is refused', async () => {
    expect(await errorOf(plan('start'))).toMatchObject({kind: 'absent', code: 'BUS_ABSENT'})
    expect(await errorOf(discovererStatus(clients, settings))).toMatchObject({code: 'BUS_ABSENT'})
  })
})
