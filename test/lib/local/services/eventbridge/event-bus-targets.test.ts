import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeArchiveCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import {
  CreateDiscovererCommand,
  SchemasClient,
  SearchSchemasCommand,
  CreateRegistryCommand,
} from '@aws-sdk/client-schemas'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {busArn, queueArn, roleArn, Road} from './road'

describe('a bus as the target of a rule', () => {
  let endpoint: TestEndpoint
  let road: Road

  beforeEach(async () => {
    endpoint = await testEndpoint()
    road = new Road(endpoint)
    for (const Name of ['one', 'two']) await road.events.send(new CreateEventBusCommand({Name}))
    await road.queue('got')
  })

  afterEach(() => discard(endpoint))

  const forward = (from: string, to: string, more: object = {}) =>
    road.rule('forward', [{Id: 'bus', Arn: busArn(to), RoleArn: roleArn('forward'), ...more}], from)
  const mayForward = () =>
    road.role('forward', 'events:PutEvents', 'arn:aws:events:eu-west-1:000000000000:event-bus/*')
  const deadLetters = async () => ({DeadLetterConfig: {Arn: await road.queue('dead')}})

  it('gets the event as it is: id, source, time and every digit', async () => {
    await mayForward()
    await forward('default', 'one')
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}], 'one')

    const id = await road.put({Time: new Date('2026-01-02T03:04:05Z'), Detail: '{"n":1.10}'})

    expect(await road.bodies('got')).toEqual([
      `{"version":"0","id":"${id}","detail-type":"order","source":"shop","account":"000000000000",` +
        '"time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":[],"detail":{"n":1.10}}',
    ])
  })

  it('passes it on to a third bus', async () => {
    await mayForward()
    await forward('default', 'one')
    await forward('one', 'two')
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}], 'two')

    const id = await road.put()

    expect((await road.bodies('got')).map((body) => (JSON.parse(body) as {id: string}).id)).toEqual([id])
  })

  it('keeps it in its archive', async () => {
    await mayForward()
    await forward('default', 'one')
    await road.events.send(new CreateArchiveCommand({ArchiveName: 'kept', EventSourceArn: busArn('one')}))

    await road.put()
    await endpoint.flush()

    const {EventCount} = await road.events.send(new DescribeArchiveCommand({ArchiveName: 'kept'}))
    expect(EventCount).toBe(1)
  })

  it('ends a loop: an event does not come to a bus twice', async () => {
    await mayForward()
    await forward('default', 'one', await deadLetters())
    await forward('one', 'two', await deadLetters())
    await forward('two', 'one', await deadLetters())
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}], 'one')

    await road.put()

    expect(await road.bodies('got')).toHaveLength(1)
    const [letter, ...more] = await road.messages('dead')
    expect(more).toEqual([])
    expect(letter?.MessageAttributes?.['ERROR_MESSAGE']?.StringValue).toBe(
      `The event has come over ${busArn('one')} before. The local endpoint ends the loop here.`,
    )
  })

  it('ends a loop of a bus with itself', async () => {
    await mayForward()
    await forward('default', 'default', await deadLetters())
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}])

    await road.put()

    expect(await road.bodies('got')).toHaveLength(1)
    expect(await road.messages('dead')).toHaveLength(1)
  })

  it.each([
    ['lacks events:PutEvents', 'NO_PERMISSIONS', () => road.role('forward', 'events:PutRule', '*')],
    ['is for another bus', 'NO_PERMISSIONS', () => road.role('forward', 'events:PutEvents', busArn('two'))],
    ['is not there', 'FAILED_TO_ASSUME_ROLE', () => Promise.resolve('')],
  ])('gets nothing where the role %s', async (_what, code, makeRole) => {
    await makeRole()
    await forward('default', 'one', await deadLetters())
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}], 'one')

    await road.put()

    expect(await road.bodies('got')).toEqual([])
    const [letter] = await road.messages('dead')
    expect(letter?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe(code)
  })

  it('that is gone leaves a dead letter', async () => {
    await mayForward()
    await forward('default', 'one', await deadLetters())
    await road.events.send(new DeleteEventBusCommand({Name: 'one'}))

    await road.put()

    const [letter] = await road.messages('dead')
    expect(letter?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe('NO_RESOURCE')
  })

  it('shows the event to its discoverer', async () => {
    const schemas = new SchemasClient(endpoint.client)
    await schemas.send(new CreateRegistryCommand({RegistryName: 'mine'}))
    await schemas.send(new CreateDiscovererCommand({SourceArn: busArn('one')}))
    await mayForward()
    await forward('default', 'one')

    await road.put()
    await endpoint.flush()
    await endpoint.advance(5_000)

    const {Schemas = []} = await schemas.send(
      new SearchSchemasCommand({RegistryName: 'discovered-schemas', Keywords: 'order'}),
    )
    expect(Schemas.map((schema) => schema.SchemaName)).toEqual(['shop@Order'])
  })

  it.each<[string, Partial<Target>, RegExp]>([
    ['without a role', {RoleArn: undefined}, /^RoleArn is required for target .*:event-bus\/one\.$/],
    ['with an input', {Input: '{}'}, /Input of target bus, an event bus is not supported/],
    [
      'in another account',
      {Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/one'},
      /An event bus of another account .* is not supported/,
    ],
  ])('is refused %s', async (_what, members, message) => {
    await road.events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["shop"]}'}))
    const Targets = [{Id: 'bus', Arn: busArn('one'), RoleArn: roleArn('forward'), ...members}]

    await expect(road.events.send(new PutTargetsCommand({Rule: 'r', Targets}))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    })
  })
})
