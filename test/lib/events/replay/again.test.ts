import {eventsAgain, type AgainOptions} from '../../../../src/lib/events/replay/again'
import {readPattern} from '../../../../src/lib/pattern/read-pattern'
import type {PublishItem} from '../../../../src/lib/publish/put-entry'

const at = Date.UTC(2026, 10, 1, 12)
const any = readPattern('{"source":[{"prefix":""}]}')

function stored(seconds: number, detail: object = {eventId: `e${seconds}`}): string {
  const time = new Date(at + seconds * 1000).toISOString().replace('.000', '')
  const envelope = {version: '0', id: `bus-${seconds}`, 'detail-type': 't', source: 's', account: '1', time}
  return JSON.stringify({...envelope, region: 'eu-west-1', resources: ['r'], detail})
}

/** A clock that only sleeping moves. */
function clock() {
  let ms = 0
  const slept: number[] = []
  const sleep = (delayMs: number) => {
    slept.push(delayMs)
    ms += delayMs
    return Promise.resolve()
  }
  return {now: () => ms, sleep, slept}
}

async function again(texts: string[], options: Partial<AgainOptions> = {}, ports = clock()) {
  async function* elements() {
    for (const [i, text] of texts.entries()) yield {text, position: `line ${i + 1}`}
  }
  const items: PublishItem[] = []
  const all = {source: 'other', detailType: 'other', bus: 'usage', pattern: any, ...options}
  for await (const item of eventsAgain(elements(), all, ports)) items.push(item)
  return items
}

const idOf = (item: PublishItem) =>
  'code' in item ? item.code : (JSON.parse(item.entry.Detail) as {eventId: string}).eventId

describe('eventsAgain', () => {
  it('sends an event with the source, the time, the resources and the exact detail that it had', async () => {
    const text = stored(1).replace('{"eventId":"e1"}', '{"eventId":"e1","quantity":1.10}')

    expect(await again([text])).toEqual([
      {
        entry: {
          Source: 's',
          DetailType: 't',
          Detail: '{"eventId":"e1","quantity":1.10}',
          Time: new Date(at + 1000),
          Resources: ['r'],
        },
        position: 'line 1',
      },
    ])
  })

  it('takes those of the range alone, whose end is not part of it', async () => {
    const items = await again(
      [0, 1, 2, 3].map((seconds) => stored(seconds)),
      {
        range: {from: at + 1000, to: at + 3000},
      },
    )

    expect(items.map(idOf)).toEqual(['e1', 'e2'])
  })

  it('takes those that match alone', async () => {
    const items = await again([stored(1), stored(2, {eventId: 'x', feature: 'checkout'})], {
      pattern: readPattern('{"detail":{"feature":["checkout"]}}'),
    })

    expect(items.map(idOf)).toEqual(['x'])
  })

  it('rejects what would be counted again, and what is none', async () => {
    const items = await again([stored(1, {}), stored(2, {eventId: ''}), 'no event', stored(3)])

    expect(items.map(idOf)).toEqual(['NO_EVENT_ID', 'NO_EVENT_ID', 'NOT_JSON', 'e3'])
  })

  it('keeps the pauses as they were, so many times faster; what is out of order does not wait', async () => {
    const ports = clock()

    await again(
      [0, 20, 10, 60].map((seconds) => stored(seconds)),
      {speed: 10},
      ports,
    )

    expect(ports.slept).toEqual([2000, 4000])
  })
})
