import {gunzipSync, gzipSync} from 'node:zlib'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, now, TestLake} from './_helpers/test-lake'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
let lake: TestLake

beforeEach(async () => {
  endpoint = await testEndpoint(undefined, () => now)
  lake = new TestLake(endpoint)
  await lake.make()
  await lake.init()
})

afterEach(async () => {
  lake.close()
  await discard(endpoint)
})

const event = (id: string, more: object = {}) =>
  JSON.stringify(
    envelope(id, '2026-11-10T05:10:00Z', {
      eventId: id,
      service: {name: 'payments-api'},
      api: {operation: 'getPayment'},
      customer: {id: 'acme'},
      ...more,
    }),
  )

const ids = async () => (await lake.seen()).map((row) => row['event_id']).sort()

describe('raw objects that are not as they should be', () => {
  it('lose no event, whatever their lines look like', async () => {
    const put = (name: string, text: string | Buffer) =>
      lake.putBytes('2026-11-10T05', Buffer.from(text), name)
    const joined = await put('joined', event('j1') + event('j2') + event('j3'))
    await put('mark', `\ufeff${event('m1')}\n${event('m2')}\n`)
    await put('crlf', `${event('c1')}\r\n${event('c2')}\r\n`)
    await put('twice', `${event('t1').replace('"eventId"', '"eventId":"t0","eventId"')}\n${event('t2')}\n`)
    await put(
      'types',
      `${event('x1', {durationMs: 'fast', response: 'none', quantity: [2]})}\n${event('17')}\n`,
    )
    await put('members.gz', Buffer.concat([gzipSync(`${event('g1')}\n`), gzipSync(`${event('g2')}\n`)]))
    const hidden = await put('packed', gzipSync(`${event('p1')}\n${event('p2')}\n${event('p3')}\n`))
    const bad = await put('bad', `${event('b1')}\nno json\n{"hello":"world"}\n[1]\n${event('b2')}\n`)
    const before = await lake.bytesOf(joined)

    const counts = await lake.compact()

    expect(counts).toMatchObject({rowCount: 18, quarantinedCount: 3, mendedCount: 2})
    expect(await ids()).toEqual([
      '17',
      'b1',
      'b2',
      'c1',
      'c2',
      'g1',
      'g2',
      'j1',
      'j2',
      'j3',
      'm1',
      'm2',
      'p1',
      'p2',
      'p3',
      't0',
      't2',
      'x1',
    ])
    const aside = [joined, hidden].map((key) => key.replace('events/', 'broken/'))
    expect(await lake.keys('broken/')).toEqual(aside)
    expect(await lake.bytesOf(aside[0] ?? '')).toEqual(before)
    expect(await lake.keys('events/')).not.toContain(joined)
    const [kept = ''] = await lake.keys('quarantine/')
    const lines = gunzipSync(await lake.bytesOf(kept))
      .toString()
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      {object: `s3://usage-lake/${bad}`, position: 'line 2', text: 'no json'},
      {position: 'line 3', reason: 'It is no event of EventBridge: it has no id, no source and no eventId.'},
      {position: 'line 4', reason: 'It is no JSON object.'},
    ])
    expect(await lake.compact()).toMatchObject({batchCount: 0})
  })

  it('give what can be read of them where they break off, and fail no query from then on', async () => {
    const whole = gzipSync(Array.from({length: 500}, (_, n) => `${event(`e${n}`)}\n`).join(''))
    const cut = whole.subarray(0, Math.floor(whole.length * 0.6))
    const key = await lake.putBytes('2026-11-10T05', cut, 'cut.gz')
    await lake.put('2026-11-10T05', [JSON.parse(event('beside')) as object])
    await expect(lake.seen()).rejects.toThrow(
      `HIVE_CURSOR_ERROR: Failed to read file at s3://usage-lake/${key}`,
    )

    const counts = await lake.compact()

    expect(counts).toMatchObject({quarantinedCount: 1, mendedCount: 1})
    const seen = await ids()
    expect(seen).toContain('beside')
    expect(seen.length).toBe(counts.rowCount)
    expect(seen).toEqual(expect.arrayContaining(Array.from({length: counts.rowCount - 1}, (_, n) => `e${n}`)))
    expect(await lake.bytesOf(key.replace('events/', 'broken/'))).toEqual(cut)
    const [kept = ''] = await lake.keys('quarantine/')
    expect(gunzipSync(await lake.bytesOf(kept)).toString()).toContain('The input breaks off')
  })
})
