import {GetTableCommand} from '@aws-sdk/client-glue'
import {CreateBucketCommand} from '@aws-sdk/client-s3'
import {CreateWorkGroupCommand} from '@aws-sdk/client-athena'
import {tableDifferences} from '../../../src/lib/binding/plan/differences'
import {lakeDdl} from '../../../src/lib/lake/init/ddl'
import {runStatement} from '../../../src/lib/reports/run-query'
import {curatedTable} from '../../../src/lib/road/curated-table'
import {nothingCompacted, viewSql} from '../../../src/lib/road/lake-view'
import {rawTable} from '../../../src/lib/road/raw-table'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, settings, TestLake} from './_helpers/test-lake'

let endpoint: TestEndpoint
let lake: TestLake

beforeAll(async () => {
  endpoint = await testEndpoint()
  lake = new TestLake(endpoint)
})

afterAll(async () => {
  lake.close()
  await discard(endpoint)
})

const event = (eventId: string, day: string) =>
  envelope(`e-${eventId}`, `${day}T05:00:00Z`, {
    eventId,
    occurredAt: `${day}T04:59:00Z`,
    customer: {id: 'acme', plan: 'pro'},
    user: {id: 'u-1'},
    quantity: 2,
  })

describe('the DDL of a lake', () => {
  it('run as SQL makes the tables and the view of lake init, and reports work on them', async () => {
    const {place} = lake
    const wanted = {...settings, ...place}
    const ResultConfiguration = {OutputLocation: `s3://${place.bucket}/athena-results/`}
    await lake.s3.send(new CreateBucketCommand({Bucket: place.bucket}))
    await lake.athena.send(
      new CreateWorkGroupCommand({Name: place.workgroup, Configuration: {ResultConfiguration}}),
    )
    const view = viewSql(['json'], nothingCompacted)

    for (const sql of lakeDdl(wanted, {table: curatedTable(wanted), view})) {
      await runStatement(lake.deps(), {...place, sql, parameters: []})
    }

    for (const table of [rawTable(wanted), curatedTable(wanted)]) {
      const {Table} = await lake.glue.send(
        new GetTableCommand({DatabaseName: place.database, Name: table.Name}),
      )
      expect(Table && tableDifferences(table, Table)).toEqual([])
      expect(Table?.StorageDescriptor?.Columns).toEqual(table.StorageDescriptor.Columns)
      expect(Table?.PartitionKeys).toEqual(table.PartitionKeys)
      expect(Table?.Parameters).toEqual({
        ...table.Parameters,
        comment: table.Description,
        transient_lastDdlTime: expect.any(String) as unknown,
      })
    }
    expect((await lake.init()).map(({action, name}) => `${action} ${name}`)).toEqual([
      'keep events',
      'keep usage_events',
      'keep usage',
    ])

    await lake.put('2026-11-10T05', [event('1', '2026-11-10'), event('2', '2026-11-10')])
    const before = await lake.reports()
    await lake.compact()
    expect(await lake.keys('curated/')).toHaveLength(1)
    expect(await lake.reports()).toEqual(before)
    expect(before[0]?.rows).toEqual([expect.objectContaining({customerId: 'acme', calls: 2})])
  })
})
