import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListArchivesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  UpdateArchiveCommand,
  type CreateArchiveCommandInput,
} from '@aws-sdk/client-eventbridge'
import {rmSync} from 'node:fs'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {busArn, queueArn, Road} from './road'

const dayMs = 86_400_000
const archiveArn = 'arn:aws:events:eu-west-1:000000000000:archive/all'

describe('archives', () => {
  let endpoint: TestEndpoint
  let road: Road

  beforeEach(async () => {
    endpoint = await testEndpoint()
    road = new Road(endpoint)
  })

  afterEach(() => discard(endpoint))

  const create = (more: Partial<CreateArchiveCommandInput> = {}) =>
    road.events.send(
      new CreateArchiveCommand({ArchiveName: 'all', EventSourceArn: busArn('default'), ...more}),
    )
  const describeAll = () => road.events.send(new DescribeArchiveCommand({ArchiveName: 'all'}))
  const counts = async () => {
    await endpoint.flush()
    const {EventCount, SizeBytes} = await describeAll()
    return {EventCount, SizeBytes}
  }

  it('are described as they were made', async () => {
    const {CreationTime, ...made} = await create({
      Description: 'd',
      EventPattern: '{ "source": ["shop"] }',
      RetentionDays: 7,
    })

    const {$metadata, ...described} = await describeAll()
    expect(made).toMatchObject({ArchiveArn: archiveArn, State: 'ENABLED'})
    expect($metadata.httpStatusCode).toBe(200)
    expect(described).toEqual({
      ...{ArchiveArn: archiveArn, ArchiveName: 'all', EventSourceArn: busArn('default'), Description: 'd'},
      ...{
        EventPattern: '{ "source": ["shop"] }',
        State: 'ENABLED',
        RetentionDays: 7,
        SizeBytes: 0,
        EventCount: 0,
      },
      CreationTime,
    })
  })

  it('keep what matches their pattern, whether another rule takes it or not', async () => {
    await create({EventPattern: '{"detail":{"n":[1]}}'})

    const id = await road.put()
    await road.put({Detail: '{"n":2}'})

    const text =
      `{"version":"0","id":"${id}","detail-type":"order","source":"shop","account":"000000000000",` +
      '"time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":[],"detail":{"n":1}}'
    expect(await counts()).toEqual({EventCount: 1, SizeBytes: text.length})
  })

  it('keep what was acknowledged when the endpoint ends at once, and only once', async () => {
    await create()
    for (let n = 0; n < 3; n += 1) await road.put()

    await endpoint.close()
    const again = await testEndpoint(endpoint.dataDir)
    await again.flush()
    const {EventCount} = await new Road(again).events.send(new DescribeArchiveCommand({ArchiveName: 'all'}))
    await again.close()
    endpoint = await testEndpoint()
    rmSync(again.dataDir, {recursive: true, force: true})

    expect(EventCount).toBe(3)
  })

  it("forget events after their days on the endpoint's clock", async () => {
    await create({RetentionDays: 2})
    await road.put()
    await endpoint.flush()
    await endpoint.advance(dayMs)
    await road.put()

    const before = await counts()
    await endpoint.advance(dayMs)
    const between = await counts()
    await endpoint.advance(dayMs)

    expect(before.EventCount).toBe(2)
    expect(between.EventCount).toBe(1)
    expect(await counts()).toEqual({EventCount: 0, SizeBytes: 0})
  })

  it('keep events for ever where no days are said, and forget them when days are', async () => {
    await create()
    await road.put()
    await endpoint.flush()
    await endpoint.advance(4000 * dayMs)
    const before = await counts()

    await road.events.send(new UpdateArchiveCommand({ArchiveName: 'all', RetentionDays: 1}))

    expect(before.EventCount).toBe(1)
    expect((await counts()).EventCount).toBe(0)
  })

  it('take another pattern', async () => {
    await create({EventPattern: '{"detail":{"n":[1]}}', Description: 'stays'})
    await road.events.send(
      new UpdateArchiveCommand({ArchiveName: 'all', EventPattern: '{"detail":{"n":[2]}}'}),
    )

    await road.put({Detail: '{"n":1}'})
    await road.put({Detail: '{"n":2}'})

    expect((await counts()).EventCount).toBe(1)
    expect(await describeAll()).toMatchObject({EventPattern: '{"detail":{"n":[2]}}', Description: 'stays'})
  })

  it('are gone with their events and their rule', async () => {
    await create()
    await road.put()
    await endpoint.flush()
    await road.events.send(new DeleteArchiveCommand({ArchiveName: 'all'}))

    await expect(describeAll()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Archive all does not exist.',
    })
    expect((await road.events.send(new ListRulesCommand({}))).Rules).toEqual([])
    await create()
    expect((await counts()).EventCount).toBe(0)
  })

  it('are listed by prefix, bus or state, in pages', async () => {
    await road.events.send(new CreateEventBusCommand({Name: 'usage'}))
    for (const ArchiveName of ['a1', 'a2', 'b']) await create({ArchiveName})
    await create({ArchiveName: 'c', EventSourceArn: busArn('usage')})
    const names = async (input: object) =>
      (await road.events.send(new ListArchivesCommand(input))).Archives?.map((archive) => archive.ArchiveName)

    expect(await names({NamePrefix: 'a'})).toEqual(['a1', 'a2'])
    expect(await names({EventSourceArn: busArn('usage')})).toEqual(['c'])
    expect(await names({State: 'DISABLED'})).toEqual([])
    const first = await road.events.send(new ListArchivesCommand({Limit: 3}))
    expect(first.Archives).toHaveLength(3)
    expect(await names({Limit: 3, NextToken: first.NextToken})).toEqual(['c'])
    await expect(names({NamePrefix: 'a', State: 'ENABLED'})).rejects.toMatchObject({
      message:
        'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.',
    })
  })

  describe('have a rule of the service', () => {
    const managed = {Rule: 'Events-Archive-all', Name: 'Events-Archive-all'}
    const managedRefusal = {name: 'ManagedRuleException'}

    it('that is shown', async () => {
      await create({EventPattern: '{"source":["shop"]}'})

      const {Rules} = await road.events.send(new ListRulesCommand({}))
      expect(Rules).toEqual([
        {
          ...{Name: 'Events-Archive-all', EventBusName: 'default', State: 'ENABLED'},
          Arn: 'arn:aws:events:eu-west-1:000000000000:rule/Events-Archive-all',
          EventPattern: '{"source":["shop"],"replay-name":[{"exists":false}]}',
          ManagedBy: 'prod.vhs.events.aws.internal',
        },
      ])
      expect(await road.events.send(new DescribeRuleCommand(managed))).toMatchObject({
        ManagedBy: 'prod.vhs.events.aws.internal',
      })
      expect((await road.events.send(new ListTargetsByRuleCommand(managed))).Targets).toEqual([
        {Id: 'Events-Archive-all', Arn: 'arn:aws:events:eu-west-1:::'},
      ])
    })

    it('that nobody else changes', async () => {
      await create()
      const {events} = road

      await expect(
        events.send(new PutRuleCommand({...managed, EventPattern: '{"source":["a"]}'})),
      ).rejects.toMatchObject(managedRefusal)
      await expect(events.send(new DisableRuleCommand(managed))).rejects.toMatchObject(managedRefusal)
      await expect(
        events.send(new PutTargetsCommand({...managed, Targets: [{Id: 't', Arn: queueArn('q')}]})),
      ).rejects.toMatchObject(managedRefusal)
      await expect(
        events.send(new RemoveTargetsCommand({...managed, Ids: ['Events-Archive-all']})),
      ).rejects.toMatchObject(managedRefusal)
      await expect(events.send(new DeleteRuleCommand(managed))).rejects.toMatchObject(managedRefusal)
    })

    it('that is deleted with Force, after which the archive gets nothing until it is updated', async () => {
      await create()
      await road.events.send(new RemoveTargetsCommand({...managed, Ids: ['Events-Archive-all'], Force: true}))
      await road.events.send(new DeleteRuleCommand({...managed, Force: true}))
      await road.put()

      expect((await counts()).EventCount).toBe(0)
      expect((await describeAll()).State).toBe('DISABLED')
      await road.events.send(new UpdateArchiveCommand({ArchiveName: 'all', Description: 'again'}))
      await road.put()
      expect((await counts()).EventCount).toBe(1)
      expect((await describeAll()).State).toBe('ENABLED')
    })

    it('that keeps its bus from being deleted', async () => {
      await road.events.send(new CreateEventBusCommand({Name: 'usage'}))
      await create({EventSourceArn: busArn('usage')})

      await expect(road.events.send(new DeleteEventBusCommand({Name: 'usage'}))).rejects.toMatchObject({
        message: "Event bus usage can't be deleted since it has rules.",
      })
    })
  })

  it.each<[string, Partial<CreateArchiveCommandInput>, object]>([
    ['a name twice', {}, {name: 'ResourceAlreadyExistsException', message: 'Archive all already exists.'}],
    [
      'a bus that is not there',
      {ArchiveName: 'x', EventSourceArn: busArn('nowhere')},
      {name: 'ResourceNotFoundException', message: 'Event bus nowhere does not exist.'},
    ],
    [
      'a pattern that is none',
      {ArchiveName: 'x', EventPattern: '{"a":1}'},
      {name: 'InvalidEventPatternException'},
    ],
    ['days below zero', {ArchiveName: 'x', RetentionDays: -1}, {name: 'ValidationException'}],
    ['a long name', {ArchiveName: 'x'.repeat(49)}, {name: 'ValidationException'}],
    ['a key of KMS', {ArchiveName: 'x', KmsKeyIdentifier: 'alias/mine'}, {name: 'ValidationException'}],
  ])('are refused with %s', async (_what, members, refusal) => {
    await create()

    await expect(create(members)).rejects.toMatchObject(refusal)
  })

  it('are refused an update without anything to update', async () => {
    await create()

    await expect(road.events.send(new UpdateArchiveCommand({ArchiveName: 'all'}))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'At least one of EventPattern, RetentionDays or Description must be provided.',
    })
  })

  it("do not write over a rule of their rule's name", async () => {
    await road.events.send(
      new PutRuleCommand({Name: 'Events-Archive-all', EventPattern: '{"source":["mine"]}'}),
    )

    await expect(create()).rejects.toMatchObject({name: 'ResourceAlreadyExistsException'})
    expect((await road.events.send(new ListArchivesCommand({}))).Archives).toEqual([])
  })
})
