import {CreateTableCommand, DeleteTableCommand, GetTableCommand, type GlueClient} from '@aws-sdk/client-glue'
import {tableDifferences} from '../../../../src/lib/binding/plan/differences'
import {planCompact} from '../../../../src/lib/lake/compact/plan-compact'
import {lakeStatus} from '../../../../src/lib/lake/status/lake-status'
import {rawTable} from '../../../../src/lib/road/raw-table'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {envelope, now, settings, TestLake} from '../_helpers/test-lake'

jest.setTimeout(180_000)

let endpoint: TestEndpoint
let lake: TestLake

beforeAll(async () => {
  endpoint = await testEndpoint(undefined, () => now)
})
afterEach(() => lake.close())
afterAll(() => discard(endpoint))

async function makeLake(name: string, formats: readonly ('json' | 'parquet')[] = ['json']): Promise<void> {
  lake = new TestLake(endpoint, {bucket: name, database: name.replaceAll('-', '_'), workgroup: name})
  await lake.make(formats)
  await lake.init()
}

const event = (id: string, hour: string, more: object = {}) =>
  envelope(id, `2026-11-${hour}:10:00Z`, {
    eventId: id,
    service: {name: 'shop'},
    customer: {id: 'acme', plan: 'pro', ...('customer' in more ? (more.customer as object) : {})},
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'customer')),
  })

const columns = 'event_id, tenant, retries, customer_tier, billing_region_code, tags'
const rows = (table = 'usage_events') => lake.query(`SELECT ${columns} FROM ${table} ORDER BY event_id`)

const table = async (name: string) =>
  (await lake.glue.send(new GetTableCommand({DatabaseName: lake.place.database, Name: name}))).Table

const versions = async () =>
  Promise.all(['events', 'raw_events', 'usage_events'].map(async (name) => (await table(name))?.VersionId))

const news = {
  ...{tenant: 't-1', retries: 2, tags: ['a', 'b'], customer: {tier: 'gold'}},
  billing: {regionCode: 'eu', odd: [{}]},
}

it('makes columns of fields that none has, and says what became of their values', async () => {
  await makeLake('new-columns', ['json', 'parquet'])
  const formats = ['json', 'parquet'] as const
  await lake.put('2026-11-10T05', [event('a', '10T05')])
  expect(await lake.compact({formats})).toMatchObject({lookedAt: 1, newColumns: [], fieldFindings: []})
  const before = await versions()
  await lake.put('2026-11-10T06', [event('b', '10T06', news), event('c', '10T06', {tenant: 't-2'})])
  await lake.put('2026-11-19T07', [event('d', '19T07', {TENANT: 't-3'})])

  // A plan says which, and changes nothing.
  const to = Date.UTC(2026, 10, 11)
  const plan = await planCompact(lake.deps(), lake.place, {to, newColumns: 10})
  const made = [
    {field: 'tenant', column: 'tenant', type: 'string', events: 2},
    {field: 'billing.regionCode', column: 'billing_region_code', type: 'string', events: 1},
    {field: 'customer.tier', column: 'customer_tier', type: 'string', events: 1},
    {field: 'retries', column: 'retries', type: 'bigint', events: 1},
    {field: 'tags', column: 'tags', type: 'array<string>', events: 1},
  ]
  const left = {
    field: 'billing.odd',
    seen: 'list',
    events: 1,
    finding: expect.stringContaining('plain values') as string,
  }
  expect(plan).toMatchObject({objectCount: 1, lookedAt: 2, newColumns: made, fieldFindings: [left]})
  expect(await versions()).toEqual(before)

  const counts = await lake.compact({formats, to})

  expect(counts).toMatchObject({objectCount: 1, rowCount: 2, newColumns: made, fieldFindings: [left]})
  const seen = [
    {event_id: 'a'},
    {
      event_id: 'b',
      tenant: 't-1',
      retries: '2',
      customer_tier: 'gold',
      billing_region_code: 'eu',
      tags: '[a, b]',
    },
    {event_id: 'c', tenant: 't-2'},
  ]
  // What was compacted before has none of it; what is raw still has it at once.
  expect(await rows()).toEqual([...seen, {event_id: 'd', tenant: 't-3'}])
  expect(await rows('events')).toEqual(seen)

  // Nothing takes it for drift, neither lake init nor a binding, and nothing is done twice.
  const after = await versions()
  expect(await lake.init()).toMatchObject([{action: 'keep'}, {action: 'keep'}, {action: 'keep'}])
  expect((await lakeStatus(lake.deps(), lake.place)).findings.map(({finding}) => finding)).toEqual([
    '1 raw objects are not compacted',
  ])
  for (const recordFormat of formats) {
    const wanted = rawTable({...settings, ...lake.place, recordFormat})
    const there = await table(wanted.Name)
    expect(there && tableDifferences(wanted, there)).toEqual([])
    // An event that Firehose cannot convert is lost to the bill: its table stays.
    const hasMember = there?.StorageDescriptor?.Columns?.at(-1)?.Type?.includes('regioncode')
    expect(hasMember).toBe(recordFormat === 'json')
  }
  expect(await lake.compact({formats, to})).toMatchObject({batchCount: 0, newColumns: [], lookedAt: 0})
  expect(await versions()).toEqual(after)

  // A value of another type is kept raw, and named.
  await lake.put('2026-11-10T07', [event('e', '10T07', {retries: 'many', tenant: 5, 'x-trace': 1})])
  expect(await lake.compact({formats})).toMatchObject({
    newColumns: [],
    fieldFindings: [
      {field: 'retries', column: 'retries bigint', seen: 'text', events: 1, finding: 'queries see NULL'},
      {field: 'x-trace', finding: 'no column has it: a column cannot be called so'},
    ],
  })
  expect(await rows('events')).toEqual([
    ...seen,
    {event_id: 'd', tenant: 't-3'},
    {event_id: 'e', tenant: '5'},
  ])
})

/** A client whose calls fail once so many of them have been made. */
function failing(glue: GlueClient, calls: number): GlueClient {
  let left = calls
  const send = (command: never) => (left-- > 0 ? glue.send(command) : Promise.reject(new Error('killed')))
  return {send} as never
}

// The tables are looked up with three calls; then come the curated table and the raw one.
it('goes on with columns where it was killed, and where a table was made anew', async () => {
  await makeLake('killed')
  await lake.put('2026-11-10T05', [event('a', '10T05', news)])

  // The tables are looked up with three calls; then comes the curated table, and then the raw one.
  await expect(lake.compact({}, {glue: failing(lake.glue, 4)})).rejects.toThrow('killed')
  // Half of it is not seen by anybody.
  expect(await lake.query('SELECT event_id FROM usage_events')).toEqual([{event_id: 'a'}])
  // Whoever wants no columns now gets none.
  expect(await lake.compact({newColumns: 0, to: 0})).toMatchObject({lookedAt: 0, batchCount: 0})
  // How events spell a field is known from the catalog: none is new.
  expect(await lake.compact()).toMatchObject({lookedAt: 1, newColumns: [], rowCount: 1})
  const seen = {event_id: 'a', billing_region_code: 'eu', tags: '[a, b]'}
  expect(await rows('events')).toMatchObject([seen])

  const name = {DatabaseName: lake.place.database, Name: 'raw_events'}
  await lake.glue.send(new DeleteTableCommand(name))
  const TableInput = rawTable({...settings, ...lake.place})
  await lake.glue.send(new CreateTableCommand({...name, TableInput}))
  expect(await lake.init()).toMatchObject([
    {action: 'update', name: 'raw_events', fields: ['columns']},
    {action: 'keep', name: 'events'},
    {action: 'keep', name: 'usage_events'},
    {action: 'keep'},
  ])
  expect(await rows()).toMatchObject([seen])
  expect(await lake.init()).toMatchObject([{action: 'keep'}, {action: 'keep'}, {action: 'keep'}])
})
