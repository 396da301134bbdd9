import {gunzipSync} from 'node:zlib'
import {erase} from '../../../src/lib/lake/erase/erase'
import {findSubjectObjects} from '../../../src/lib/lake/erase/find-objects'
import {readLakeTables} from '../../../src/lib/lake/fields/lake-tables'
import type {Subject} from '../../../src/lib/lake/erase/subject'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, now, TestLake} from './_helpers/test-lake'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
let lake: TestLake
const subject: Subject = {kind: 'user', id: "acme/o'hara"}

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

const event = (eventId: string, user: string, hour = '05') =>
  envelope(eventId, `2026-11-10T${hour}:10:00Z`, {
    eventId,
    customer: {id: 'acme', plan: 'pro'},
    feature: 'payments',
    quantity: 2.5,
    user: {id: user},
    client: {address: '203.0.113.7', userAgent: 'sdk'},
    attributes: {note: 'mine'},
    // Compaction learns it.
    email: `${user}@example.com`,
  })

const find = async () => {
  const tables = await readLakeTables(lake.glue, lake.place.database)
  return findSubjectObjects(lake.deps(), lake.place, {subject, tables})
}

const personal = () =>
  lake.query(
    "SELECT event_id, user_id, client_address, client_user_agent, element_at(attributes, 'note') AS note FROM usage_events ORDER BY 1",
  )

it('takes what is personal out of raw, compacted and quarantined objects; events and the bill stay', async () => {
  await lake.put('2026-11-10T05', [event('a', subject.id), event('b', 'other')])
  await lake.put('2026-11-10T06', [event('c', 'other', '06')])
  await lake.putText(
    '2026-11-10T07',
    `${JSON.stringify(event('d', subject.id, '07'))}\n{"user":{"id":"${subject.id}"},\n`,
  )
  await lake.compact()
  await lake.put('2026-11-19T07', [event('e', subject.id)])
  const untouched = await lake.bytesOf((await lake.keys('events/'))[1] ?? '')
  const [bill] = await lake.reports()
  const {objects} = await find()
  expect(objects.map(({kind, rowCount}) => `${kind} ${rowCount}`).sort()).toEqual([
    'curated 2',
    'raw 1',
    'raw 1',
    'raw 1',
  ])

  const receipt = await erase(lake.deps(), lake.place, {subject, objects})

  expect(receipt).toMatchObject({kind: 'user', rowCount: 7})
  expect(JSON.stringify(receipt)).not.toContain('hara')
  expect((await personal()).filter((row) => row['event_id'] && !row['user_id'])).toEqual(
    ['a', 'd', 'e'].map((id) => ({event_id: id})),
  )
  expect((await personal()).filter((row) => row['note'] === 'mine')).toHaveLength(2)
  const emails = await lake.query('SELECT DISTINCT email FROM usage_events WHERE email IS NOT NULL')
  expect(emails).toEqual([{email: 'other@example.com'}])
  expect((await lake.reports())[0]).toEqual(bill)
  for (const key of [...(await lake.keys('events/')), ...(await lake.keys('quarantine/'))]) {
    expect(gunzipSync(await lake.bytesOf(key)).toString()).not.toContain('hara')
  }
  expect(await lake.bytesOf((await lake.keys('events/'))[1] ?? '')).toEqual(untouched)
  // Done once.
  expect((await find()).objects).toEqual([])
})

it('keeps the receipt in the ledger', async () => {
  await lake.put('2026-11-10T05', [event('a', subject.id)])

  const receipt = await erase(lake.deps(), lake.place, {subject, objects: (await find()).objects})

  const [key = ''] = (await lake.keys('ledger/')).filter((one) => one.includes('erased'))
  expect(JSON.parse((await lake.bytesOf(key)).toString())).toEqual(receipt)
})

it('does not begin while the lake is compacted', async () => {
  const {firstHead, writeHead} = await import('../../../src/lib/lake/ledger/head')
  const lease = {owner: {host: 'elsewhere', pid: 7, run: 'r'}, until: new Date(now + 60_000).toISOString()}
  await writeHead({s3: lake.s3, bucket: lake.place.bucket}, {...firstHead, lease}, undefined)

  await expect(erase(lake.deps(), lake.place, {subject, objects: []})).rejects.toMatchObject({
    code: 'LAKE_BUSY',
  })
})
