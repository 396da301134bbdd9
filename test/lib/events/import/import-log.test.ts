import {importLog} from '../../../../src/lib/events/import/import-log'
import type {PublishItem} from '../../../../src/lib/publish/put-entry'
import type {UsageEvent} from '../../../../src/lib/usage-event/types'
import {createUsageEventValidator} from '../../../../src/lib/usage-event/validate'

const time = '[03/Nov/2026:10:15:27 +0100]'
const first = `203.0.113.7 - ada ${time} "GET /v1/orders/17?page=2 HTTP/1.1" 200 512 "-" "acme-sdk/1.0"`
const second = `203.0.113.8 - - ${time} "POST /v1/orders HTTP/1.1" 500 - "-" "-"`

async function importText(text: string): Promise<PublishItem[]> {
  async function* chunks() {
    yield text
  }
  const items: PublishItem[] = []
  for await (const item of importLog(chunks(), {source: 's', detailType: 't', mapping: {}})) items.push(item)
  return items
}

const eventOf = (item: PublishItem | undefined) => JSON.parse(item?.entry?.Detail ?? 'null') as UsageEvent
const ids = (items: PublishItem[]) => items.map((item) => eventOf(item).eventId)

describe('importLog', () => {
  it('makes a usage event of a line', async () => {
    const [item] = await importText(`${first}\n`)

    expect(item).toMatchObject({
      entry: {Source: 's', DetailType: 't', Time: new Date('2026-11-03T09:15:27Z')},
      position: 'line 1',
    })
    expect(eventOf(item)).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
      occurredAt: '2026-11-03T09:15:27.000Z',
      service: {name: 'access-log'},
      api: {operation: 'GET /v1/orders/{id}', method: 'GET', route: '/v1/orders/{id}'},
      feature: 'v1',
      customer: {id: 'ada'},
      client: {address: '203.0.113.7', userAgent: 'acme-sdk/1.0'},
      response: {sizeBytes: 512, status: 200},
    })
  })

  it('keeps the contract of usage events, also for a request that is none', async () => {
    const validate = await createUsageEventValidator()
    const items = await importText(`${first}\n${second}\nh - - ${time} "-" 408 - "-" "-"\n`)

    expect(items.flatMap((item) => validate(eventOf(item)))).toEqual([])
  })

  it('keeps the contract for every format, whatever stands in it', async () => {
    const validate = await createUsageEventValidator()
    const log = [
      'https 2026-11-03T09:15:27.5Z app/a/b 203.0.113.7:2 - -1 -1 -1 000 - 0 0 "- http://a:80- -" "-" - -',
      '{"time":"2026-11-03T09:15:27Z","status":999,"uri":"/a","request_time":-1,"bytes":"many","ip":7}',
      '#Fields: date time c-ip sc-status',
      '2026-11-03\t09:15:27\t::1\t0',
      `h - - ${time} "GET / HTTP/1.1" 000 - "-" "-"`,
    ]
    const items = await importText(log.join('\n'))

    expect(items.map((item) => ('code' in item ? item.code : 'ok'))).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(items.flatMap((item) => validate(eventOf(item)))).toEqual([])
  })

  it('gives the events of a log the same identities at every import', async () => {
    const log = `${first}\n${second}\n${first}\n`

    expect(ids(await importText(log))).toEqual(ids(await importText(log.replaceAll('\n', '\r\n'))))
  })

  it('makes two events of two equal lines', async () => {
    expect(new Set(ids(await importText(`${first}\n${second}\n${first}\n`))).size).toBe(3)
  })

  it('hands out lines that it cannot read with their text and place, and goes on', async () => {
    const cut = second.slice(0, -1)

    const items = await importText(`${first}\n${cut}\n${second}\n`)

    expect(items.map((item) => ('code' in item ? item.code : 'ok'))).toEqual(['ok', 'BAD_LINE', 'ok'])
    expect(items[1]).toMatchObject({position: 'line 2', original: cut})
  })

  it('sees that a line of a combined log was cut between two fields', async () => {
    const cut = `203.0.113.9 - - ${time} "GET / HTTP/1.1" 200 51`

    const items = await importText(`${first}\n${cut}\n`)

    expect(items.map((item) => ('code' in item ? item.code : 'ok'))).toEqual(['ok', 'BAD_LINE'])
  })
})
