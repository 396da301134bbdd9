import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListReplaysCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from '@aws-sdk/client-eventbridge'
import {join} from 'node:path'
import type {ReplayRow} from '../../../../../src/lib/local/services/eventbridge/archives/replay-row'
import {Store} from '../../../../../src/lib/local/store'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {busArn, queueArn, Road} from './road'

const archive = 'arn:aws:events:eu-west-1:000000000000:archive/all'
const ruleArn = (name: string) => `arn:aws:events:eu-west-1:000000000000:rule/${name}`
const from = new Date('2026-01-02T00:00:00Z')
const to = new Date('2026-01-03T00:00:00Z')
const inside = new Date('2026-01-02T03:04:05Z')

describe('replays', () => {
  let endpoint: TestEndpoint
  let road: Road

  beforeEach(async () => {
    endpoint = await testEndpoint()
    road = new Road(endpoint)
    await road.events.send(new CreateArchiveCommand({ArchiveName: 'all', EventSourceArn: busArn('default')}))
  })

  afterEach(() => discard(endpoint))

  const start = (more: Partial<StartReplayCommandInput> = {}) =>
    road.events.send(
      new StartReplayCommand({
        ...{ReplayName: 'again', EventSourceArn: archive, EventStartTime: from, EventEndTime: to},
        Destination: {Arn: busArn('default')},
        ...more,
      }),
    )
  const described = () => road.events.send(new DescribeReplayCommand({ReplayName: 'again'}))

  it('deliver the events of their time again, with their name, the first time and new ids', async () => {
    const id = await road.put({Time: inside, Detail: '{"n":1.10}'})
    await road.put({Time: new Date(from.getTime() - 1000)})
    await road.put({Time: to})
    await endpoint.flush()
    await road.queue('got')
    await road.rule('r', [{Id: 'q', Arn: queueArn('got')}])

    await start()

    const [body, ...more] = await road.bodies('got')
    const event = JSON.parse(body ?? '') as {id: string}
    expect(more).toEqual([])
    expect(event).toMatchObject({'replay-name': 'again', time: '2026-01-02T03:04:05Z', detail: {n: 1.1}})
    expect(body).toContain('"detail":{"n":1.10}')
    expect(event.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(event.id).not.toBe(id)
  })

  it('reach the rules that they name, and no archive', async () => {
    await road.put({Time: inside})
    await endpoint.flush()
    for (const name of ['a', 'b']) {
      await road.queue(name)
      await road.rule(name, [{Id: 'q', Arn: queueArn(name)}])
    }

    await start({Destination: {Arn: busArn('default'), FilterArns: [ruleArn('b')]}})

    expect(await road.bodies('a')).toEqual([])
    expect(await road.bodies('b')).toHaveLength(1)
    const {EventCount} = await road.events.send(new DescribeArchiveCommand({ArchiveName: 'all'}))
    expect(EventCount).toBe(1)
  })

  it('are described and listed when they are done', async () => {
    await road.put({Time: inside})
    await endpoint.flush()

    const started = await start({Description: 'd'})
    await endpoint.flush()

    expect(started).toMatchObject({State: 'STARTING'})
    const summary = {
      ...{ReplayName: 'again', EventSourceArn: archive, State: 'COMPLETED'},
      ...{EventStartTime: from, EventEndTime: to, EventLastReplayedTime: inside},
      ...{ReplayStartTime: expect.any(Date) as Date, ReplayEndTime: expect.any(Date) as Date},
    }
    expect(await described()).toMatchObject({
      ...summary,
      ...{ReplayArn: 'arn:aws:events:eu-west-1:000000000000:replay/again', Description: 'd'},
      Destination: {Arn: busArn('default')},
    })
    const {Replays} = await road.events.send(new ListReplaysCommand({State: 'COMPLETED'}))
    expect(Replays).toEqual([summary])
    expect((await road.events.send(new ListReplaysCommand({NamePrefix: 'x'}))).Replays).toEqual([])
  })

  describe('that were cut off', () => {
    /** Ends the endpoint, changes the finished replay to one that has sent its archive's first row only, and starts again. */
    const restart = async (state: ReplayRow['state']) => {
      await endpoint.close()
      const store = new Store(join(endpoint.dataDir, 'state'))
      const replays = store.collection<ReplayRow>('events/replays')
      const [replay] = replays.list()
      const [sent] = store.bytes('events/archived').list()
      const {endedAt, ...row} = replay?.value as ReplayRow
      store.write(() => {
        replays.put('eu-west-1/again', {...row, state})
        store.collection('events/replay-progress').put('eu-west-1/again', {after: sent?.key})
      })
      await store.close()
      endpoint = await testEndpoint(endpoint.dataDir)
      road = new Road(endpoint)
      return endedAt
    }

    beforeEach(async () => {
      for (const n of [1, 2, 3]) {
        await road.put({Time: inside, Detail: `{"n":${n}}`})
        await endpoint.flush()
      }
      await start()
      await endpoint.flush()
      await road.queue('got')
      await road.rule('r', [{Id: 'q', Arn: queueArn('got')}])
    })

    it('go on where they were', async () => {
      expect(await restart('RUNNING')).toBeDefined()
      await described()

      const bodies = await road.bodies('got')
      expect(bodies.map((body) => (JSON.parse(body) as {detail: object}).detail)).toEqual([{n: 2}, {n: 3}])
      expect((await described()).State).toBe('COMPLETED')
    })

    it('send nothing more when they are cancelled', async () => {
      await restart('CANCELLING')
      await described()

      expect(await road.bodies('got')).toEqual([])
      expect(await described()).toMatchObject({State: 'CANCELLED', ReplayEndTime: expect.any(Date) as Date})
    })
  })

  it('are cancelled on their way', async () => {
    await road.put({Time: inside})
    await endpoint.flush()
    await endpoint.close()
    // Each row is a transaction of its own, so that many of them take far longer than a call.
    const store = new Store(join(endpoint.dataDir, 'state'))
    const archived = store.bytes('events/archived')
    const [row] = archived.list()
    store.write(() => {
      for (let n = 0; n < 2000; n += 1) archived.put(`${row?.key ?? ''}-${n}`, Buffer.from(row?.value ?? ''))
    })
    await store.close()
    endpoint = await testEndpoint(endpoint.dataDir)
    road = new Road(endpoint)

    await start()
    const cancelled = await road.events.send(new CancelReplayCommand({ReplayName: 'again'}))
    await endpoint.flush()

    expect(cancelled).toMatchObject({
      ...{ReplayArn: 'arn:aws:events:eu-west-1:000000000000:replay/again', State: 'CANCELLING'},
    })
    expect((await described()).State).toBe('CANCELLED')
  })

  it('cannot be cancelled when they are done', async () => {
    await start()
    await endpoint.flush()

    await expect(road.events.send(new CancelReplayCommand({ReplayName: 'again'}))).rejects.toMatchObject({
      name: 'IllegalStatusException',
    })
    expect((await described()).State).toBe('COMPLETED')
  })

  it.each<[string, Partial<StartReplayCommandInput>, object]>([
    [
      'an end before the start',
      {EventStartTime: to, EventEndTime: from},
      {message: 'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.'},
    ],
    [
      'an archive that is not there',
      {EventSourceArn: 'arn:aws:events:eu-west-1:000000000000:archive/none'},
      {message: 'Parameter EventSourceArn is not valid. Reason: Archive none does not exist.'},
    ],
    [
      'another bus',
      {Destination: {Arn: busArn('usage')}},
      {message: 'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.'},
    ],
    [
      'a rule that is not there',
      {Destination: {Arn: busArn('default'), FilterArns: [ruleArn('none')]}},
      {name: 'ValidationException', message: expect.stringContaining(ruleArn('none')) as string},
    ],
  ])('are refused with %s', async (_what, members, refusal) => {
    await road.events.send(new CreateEventBusCommand({Name: 'usage'}))

    await expect(start(members)).rejects.toMatchObject(refusal)
  })

  it('are refused a name twice', async () => {
    await start()

    await expect(start()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Replay again already exists.',
    })
  })

  it('are not found by a name that nobody used', async () => {
    await expect(described()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Replay again does not exist.',
    })
  })
})
