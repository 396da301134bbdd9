import {gunzipSync} from 'node:zlib'
import {CreateTableCommand, type GlueClient} from '@aws-sdk/client-glue'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, now, TestLake} from './_helpers/test-lake'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
let lake: TestLake

beforeEach(async () => {
  endpoint = await testEndpoint(undefined, () => now)
  lake = new TestLake(endpoint)
  await lake.make()
})

afterEach(async () => {
  lake.close()
  await discard(endpoint)
})

const detail = (eventId: string, occurredAt: string, more: object = {}) => ({
  eventId,
  occurredAt,
  service: {name: 'payments-api'},
  api: {operation: 'getPayment'},
  feature: 'payments',
  customer: {id: 'acme', plan: 'pro'},
  ...more,
})

/** Three hours of a day: a copy, a late event, one without times of its own, a quantity with decimals, a test event. */
async function fill(): Promise<void> {
  await lake.put('2026-11-10T05', [
    envelope('e1', '2026-11-10T05:10:00Z', detail('a', '2026-11-10T05:09:59.123Z')),
    envelope('e2', '2026-11-10T05:11:00Z', detail('b', '2026-11-10T05:10:00+02:00', {quantity: 2.5})),
    envelope('e3', '2026-11-10T05:12:00Z', detail('late', '2026-11-08T23:59:59.999Z')),
  ])
  await lake.put('2026-11-10T06', [
    envelope('e4', '2026-11-10T06:10:00Z', detail('a', '2026-11-10T05:09:59.123Z')),
    envelope('e5', '2026-11-10T06:11:00Z', {eventId: 'bare', service: {name: 's'}, api: {}}),
  ])
  await lake.put('2026-11-11T00', [
    envelope('e6', '2026-11-11T00:00:00Z', detail('c', 'yesterday', {test: true})),
    envelope('e7', '2026-11-11T00:00:01Z', detail('d', '2026-11-11T00:00:01Z', {customer: {id: 'Zoë'}})),
  ])
}

/** A client whose calls fail once so many of them have been made. */
function failing(glue: GlueClient, calls: number): GlueClient {
  let left = calls
  const send = (command: never) => (left-- > 0 ? glue.send(command) : Promise.reject(new Error('killed')))
  return {send} as never
}

describe('compacting a lake', () => {
  it('changes nothing that a report says', async () => {
    await fill()
    const bare = await lake.reports()
    expect(await lake.init()).toMatchObject([{action: 'create'}, {action: 'create'}, {action: 'keep'}])
    const [seen, before] = [await lake.seen(), await lake.reports()]

    const counts = await lake.compact()

    expect(counts).toMatchObject({objectCount: 3, rowCount: 7, lateCount: 1, quarantinedCount: 0})
    expect([counts.firstDay, counts.lastDay]).toEqual(['2026-11-08', '2026-11-11'])
    expect(before).toEqual(bare)
    expect(await lake.reports()).toEqual(bare)
    expect(await lake.seen()).toEqual(seen)
    expect(await lake.query('SELECT CAST(count(*) AS BIGINT) AS n FROM events')).toEqual([{n: '7'}])
  })

  it('is done once: a second run finds nothing, and the lake is as it should be', async () => {
    await fill()
    await lake.init()
    await lake.compact()
    const head = await lake.head()

    expect(await lake.compact()).toMatchObject({batchCount: 0, objectCount: 0})
    expect(await lake.head()).toEqual(head)
    expect(await lake.init()).toMatchObject([{action: 'keep'}, {action: 'keep'}, {action: 'keep'}])
  })

  it('takes an object that came late, and only that one', async () => {
    await fill()
    await lake.init()
    await lake.compact()
    await lake.put('2026-11-10T06', [
      envelope('e8', '2026-11-10T06:30:00Z', detail('e', '2026-11-10T06:30:00Z')),
    ])

    expect(await lake.compact()).toMatchObject({objectCount: 1, rowCount: 1})
    expect(await lake.query('SELECT CAST(count(*) AS BIGINT) AS n FROM usage_events')).toEqual([{n: '8'}])
  })

  it('leaves hours alone that are not over, and counts their events all the same', async () => {
    await fill()
    await lake.init()
    const before = await lake.reports()

    expect(await lake.compact({to: Date.UTC(2026, 10, 10, 6)})).toMatchObject({objectCount: 1})
    expect(await lake.reports()).toEqual(before)
    // The hour that was compacted goes on: what comes now is seen at once.
    await lake.put('2026-11-10T05', [
      envelope('e9', '2026-11-10T05:50:00Z', detail('f', '2026-11-10T05:50:00Z')),
    ])
    expect(await lake.query('SELECT CAST(count(*) AS BIGINT) AS n FROM usage_events')).toEqual([{n: '8'}])
  })

  it('keeps lines that are no events aside, with their reason', async () => {
    await lake.putText(
      '2026-11-10T05',
      `${JSON.stringify(envelope('e1', '2026-11-10T05:10:00Z', detail('a', '2026-11-10T05:10:00Z')))}\n{"id": "half\n`,
      'mixed',
    )
    await lake.init()

    expect(await lake.compact()).toMatchObject({rowCount: 1, quarantinedCount: 1})
    const [key = ''] = await lake.keys('quarantine/')
    expect(key).toBe('quarantine/dt=2026-11-10/hour=05/mixed.ndjson.gz')
    expect(JSON.parse(gunzipSync(await lake.bytesOf(key)).toString())).toMatchObject({
      object: 's3://usage-lake/events/dt=2026-11-10/hour=05/mixed.gz',
      position: 'line 2',
      text: '{"id": "half',
    })
  })

  it('widens the table to a day that it does not reach', async () => {
    await lake.put('2026-11-10T05', [
      envelope('e1', '2026-11-10T05:10:00Z', detail('a', '1999-12-31T23:00:00Z')),
    ])
    await lake.init()

    expect(await lake.compact()).toMatchObject({rowCount: 1, widenedTo: '1999-12-31,NOW+1YEAR'})
    expect(await lake.query("SELECT event_id FROM events WHERE dt = '1999-12-31'")).toEqual([{event_id: 'a'}])
    expect(await lake.init()).toMatchObject([{action: 'keep'}, {action: 'keep'}, {action: 'keep'}])
  })

  it('writes more days at once than one statement may', async () => {
    const days = Array.from({length: 110}, (_, i) =>
      new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toISOString(),
    )
    await lake.put(
      '2026-11-10T05',
      days.map((day, i) => envelope(`e${i}`, '2026-11-10T05:10:00Z', detail(`x${i}`, day))),
    )
    await lake.init()

    expect(await lake.compact()).toMatchObject({rowCount: 110, firstDay: '2026-01-01'})
    expect(await lake.query('SELECT CAST(count(*) AS BIGINT) AS n FROM usage_events')).toEqual([{n: '110'}])
  })
})

describe('making a lake', () => {
  it("leaves somebody else's table alone", async () => {
    const StorageDescriptor = {Columns: [{Name: 'own', Type: 'string'}], Location: 's3://elsewhere/'}
    await lake.glue.send(
      new CreateTableCommand({DatabaseName: 'usage', TableInput: {Name: 'events', StorageDescriptor}}),
    )

    await expect(lake.init()).rejects.toMatchObject({code: 'TABLE_TAKEN', kind: 'usage'})
  })
})

describe('a compaction that was killed', () => {
  it('leaves a lake that reports read as before, and the next run makes good', async () => {
    await fill()
    await lake.init()
    const [seen, before] = [await lake.seen(), await lake.reports()]
    const controller = new AbortController()
    const killed = lake.compact(
      {},
      {
        signal: controller.signal,
        // The rows are written, and do not count yet: the tables were looked up before, and the table's range is now.
        glue: failing(lake.glue, 3),
      },
    )
    await expect(killed).rejects.toThrow('killed')
    expect(await lake.head()).toMatchObject({begun: 1, committed: 0, open: 1})
    expect(await lake.seen()).toEqual(seen)

    expect(await lake.compact()).toMatchObject({rowCount: 7})
    expect(await lake.seen()).toEqual(seen)
    expect(await lake.reports()).toEqual(before)
    // Nothing of the lost batch is left.
    expect(await lake.query('SELECT DISTINCT batch FROM events')).toEqual([{batch: '00000002'}])
    expect(await lake.head()).toMatchObject({begun: 2, committed: 2, lost: []})
  })

  it('keeps others out while it runs, until its time is up or its process gone', async () => {
    await fill()
    await lake.init()
    const lease = {owner: {host: 'elsewhere', pid: 7, run: 'r'}, until: new Date(now + 60_000).toISOString()}
    const {writeHead, firstHead} = await import('../../../src/lib/lake/ledger/head')
    await writeHead({s3: lake.s3, bucket: lake.place.bucket}, {...firstHead, lease}, undefined)

    await expect(lake.compact()).rejects.toMatchObject({code: 'LAKE_BUSY', kind: 'service'})
    expect(await lake.compact({}, {now: () => now + 61_000})).toMatchObject({rowCount: 7})
  })
})
