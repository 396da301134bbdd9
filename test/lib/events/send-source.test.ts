import {PassThrough, Readable} from 'node:stream'
import type {SendRequest} from '../../../src/lib/events/send-source'
import {openSendSource} from '../../../src/lib/events/send-source'
import type {PublishItem} from '../../../src/lib/publish/put-entry'
import type {UsageEvent} from '../../../src/lib/usage-event/types'

const {signal} = new AbortController()
const now = Date.UTC(2026, 10, 3, 12)
const settings = {bus: 'usage', source: 's', detailType: 't'}
const request: SendRequest = {validate: false}

async function itemsOf(more: Partial<SendRequest>, endpoint: string | undefined, stdin = Readable.from([])) {
  const source = await openSendSource({...request, ...more}, stdin, signal)
  const items: PublishItem[] = []
  for await (const item of await source.items({settings, endpoint}, {seed: 1, now})) items.push(item)
  return items
}

async function generated(more: Partial<SendRequest>, endpoint?: string): Promise<UsageEvent[]> {
  const items = await itemsOf({count: 3, ...more}, endpoint)
  return items.map((item) => JSON.parse(item.entry?.Detail ?? '') as UsageEvent)
}

describe('openSendSource', () => {
  it('asks for FILE or --count where standard input is a terminal', async () => {
    const terminal = Object.assign(new PassThrough(), {isTTY: true})

    await expect(openSendSource(request, terminal, signal)).rejects.toMatchObject({
      kind: 'usage',
      code: 'NO_INPUT',
      message: 'There is nothing to send: name a FILE (- for standard input), or --count N.',
    })
  })

  it('refuses a file beside a count', async () => {
    await expect(
      openSendSource({...request, file: 'a', count: 1}, Readable.from([]), signal),
    ).rejects.toMatchObject({
      code: 'TWO_INPUTS',
    })
  })

  it('reads what is piped in', async () => {
    const items = await itemsOf({}, undefined, Readable.from([Buffer.from('{"eventId":"a"}\n')]))

    expect(items).toEqual([
      {entry: {Source: 's', DetailType: 't', Detail: '{"eventId":"a"}'}, position: 'line 1'},
    ])
  })

  it('checks the contract when asked to', async () => {
    const stdin = Readable.from([Buffer.from('{"eventId":"a"}\n')])

    expect(await itemsOf({validate: true}, undefined, stdin)).toMatchObject([
      {
        code: 'BREAKS_CONTRACT',
        message:
          "the event must have required property 'service'; the event must have required property 'api'.",
      },
    ])
  })

  it('generates events of the last hour, with their time on the envelope', async () => {
    const items = await itemsOf({count: 2}, 'http://127.0.0.1:4577')
    const times = items.map((item) => item.entry?.Time?.getTime() ?? 0)

    expect(times.every((time) => time >= now - 3_600_000 && time < now)).toBe(true)
    expect(items[0]).toMatchObject({entry: {Source: 's', DetailType: 't'}, position: 'event 1'})
  })

  it('generates events of the range that was asked for', async () => {
    const events = await generated({from: '2026-01-01', to: '2026-01-02'})

    expect(events.map((e) => e.occurredAt?.slice(0, 10))).toEqual(['2026-01-01', '2026-01-01', '2026-01-01'])
  })

  it.each([
    ['https://events.eu-west-1.amazonaws.com', undefined, true],
    [undefined, undefined, true],
    ['http://127.0.0.1:4577', undefined, undefined],
    ['http://localhost:4566', undefined, undefined],
    ['http://[::1]:4566', undefined, undefined],
    [undefined, false, undefined],
    ['http://127.0.0.1:4577', true, true],
    ['http://127.0.0.1.example.org', undefined, true],
    ['http://127.0.0.1.example.org:80', false, undefined],
  ])('sent to %s with test %s, generated events have test %s', async (endpoint, test, expected) => {
    const events = await generated({test}, endpoint)

    expect(events.map((e) => e.test)).toEqual([expected, expected, expected])
  })
})
