import {rmSync} from 'node:fs'
import {CreateEventBusCommand, EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {Clock} from '../../../../src/lib/local/clock'
import {ControlClient} from '../../../../src/lib/local/control-client'
import type {ReceivedEvent} from '../../../../src/lib/local/received/received-event'
import {Received} from '../../../../src/lib/local/received/received'
import {RecentEvents} from '../../../../src/lib/local/received/recent-events'
import {keptLimits, segmentsOf} from '../../../../src/lib/local/received/segments'
import {Sequence} from '../../../../src/lib/local/sequence'
import {Store} from '../../../../src/lib/local/store'
import {temporaryFolder, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'

const event = (n: number, text = `{"n":${n}}`): ReceivedEvent => ({
  at: n,
  region: 'eu-west-1',
  bus: 'usage',
  text,
  ruleArns: [],
})

describe('the list of what came in', () => {
  const folder = temporaryFolder()
  let store: Store
  let received: Received
  let clock: Clock

  const open = () => {
    store = new Store(folder)
    clock = new Clock(() => 0)
    received = new Received(store, clock, new Sequence(store), () => undefined)
  }
  const close = async () => {
    clock.stop()
    await store.close()
  }
  const all = async () => {
    const events: ReceivedEvent[] = []
    let next: string | undefined
    do {
      const page = await received.page(next)
      events.push(...page.events)
      next = page.next
    } while (next !== undefined)
    return events
  }

  beforeEach(() => {
    rmSync(folder, {recursive: true, force: true})
    open()
  })
  afterEach(close)
  afterAll(() => rmSync(folder, {recursive: true, force: true}))

  it('is in the order in which it came, over pages, writes and restarts', async () => {
    for (let n = 0; n < 1200; n++) received.add(event(n))
    await received.flush()
    await close()
    open()
    for (let n = 1200; n < 1300; n++) received.add(event(n))
    expect((await all()).map(({at}) => at)).toEqual(Array.from({length: 1300}, (_, n) => n))
    expect((await received.page()).totalCount).toBe(1300)
  })

  it('keeps the newest, and counts those that it no longer keeps', async () => {
    for (let n = 0; n < 25_000; n++) {
      received.add(event(n))
      if (n % 3000 === 0) await received.flush()
    }
    const kept = await all()
    expect(kept.at(-1)?.at).toBe(24_999)
    expect(kept.length).toBeGreaterThanOrEqual(keptLimits.count)
    expect(kept.length).toBeLessThan(keptLimits.count + 500)
    expect((await received.page()).totalCount).toBe(25_000)
  })

  it('is written by itself some seconds later', async () => {
    received.add(event(1))
    clock.advance(5000)
    // The write that the timer began is the one that this waits for.
    await received.flush()
    await close()
    open()
    expect(await all()).toEqual([event(1)])
  })
})

describe('what is held in memory', () => {
  it('is bounded by characters too, and holds one event of any size', () => {
    const recent = new RecentEvents({count: 100, characters: 1000})
    for (let n = 0; n < 10; n++) recent.add(event(n, 'x'.repeat(300)))
    recent.add(event(10, 'x'.repeat(5000)))
    const {events, count} = recent.take()
    expect({ats: events.map(({at}) => at), count}).toEqual({ats: [10], count: 11})
    expect(recent.take()).toEqual({events: [], count: 0})
  })

  it('is written in rows of bounded size', () => {
    const large = 'x'.repeat(600 * 1024)
    expect(
      segmentsOf([event(1, large), event(2, large), event(3), event(4)]).map((s) => s.map(({at}) => at)),
    ).toEqual([[1], [2, 3, 4]])
  })
})

describe('PutEvents', () => {
  let endpoint: TestEndpoint
  let events: EventBridgeClient
  beforeAll(async () => {
    endpoint = await testEndpoint()
    events = new EventBridgeClient(endpoint.client)
  })
  afterAll(async () => {
    events.destroy()
    await endpoint.close()
  })

  it('notes what was accepted, dropped and refused', async () => {
    await events.send(new CreateEventBusCommand({Name: 'usage'}))
    const entry = {Source: 'shop', DetailType: 'sold', Detail: '{"large":9007199254740993}'}
    await events.send(
      new PutEventsCommand({
        Entries: [
          {...entry, EventBusName: 'usage'},
          {...entry, EventBusName: 'nowhere'},
          {...entry, EventBusName: 'usage', Detail: '[]'},
        ],
      }),
    )
    const {value: page} = await new ControlClient(endpoint.url).received().next()
    expect(page.totalCount).toBe(3)
    expect(page.events).toMatchObject([
      {
        region: 'eu-west-1',
        bus: 'usage',
        ruleArns: [],
        text: expect.stringContaining('"large":9007199254740993'),
      },
      {bus: 'nowhere', isDropped: true},
      {bus: 'usage', refusal: {code: 'MalformedDetail', message: 'Detail is malformed.'}},
    ])
  })
})
