import {gzipSync} from 'node:zlib'
import {UpdateTableCommand} from '@aws-sdk/client-glue'
import {PutObjectCommand} from '@aws-sdk/client-s3'
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {eventually} from '../../_helpers/eventually'
import {runRemedy, runWords} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

async function boundRoad(id: string): Promise<TestRoad> {
  const test = new TestRoad(endpoint, namesOf(id), undefined)
  await test.bind()
  return test
}

/** Cells of the first column of a query's answer. */
async function column(test: TestRoad, sql: string): Promise<(string | undefined)[]> {
  const {QueryExecutionId} = await test.athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: test.names.workgroup,
      QueryExecutionContext: {Database: test.names.database},
    }),
  )
  const state = await eventually(async () => {
    const {QueryExecution} = await test.athena.send(new GetQueryExecutionCommand({QueryExecutionId}))
    return QueryExecution?.Status?.CompletionDateTime && QueryExecution.Status.State
  })
  expect(state).toBe('SUCCEEDED')
  const {ResultSet} = await test.athena.send(new GetQueryResultsCommand({QueryExecutionId}))
  return (ResultSet?.Rows ?? []).slice(1).map((row) => row.Data?.[0]?.VarCharValue)
}

describe('a table that does not map detail_type', () => {
  it('has an empty column, is named, and is mended', async () => {
    const test = await boundRoad('map')
    const {input} = test.road.table
    const Parameters = {...input.StorageDescriptor.SerdeInfo.Parameters}
    delete Parameters['mapping.detail_type']
    const SerdeInfo = {...input.StorageDescriptor.SerdeInfo, Parameters}
    const TableInput = {...input, StorageDescriptor: {...input.StorageDescriptor, SerdeInfo}}
    await test.glue.send(new UpdateTableCommand({DatabaseName: test.names.database, TableInput}))
    await test.send('one')
    const types = () => column(test, `SELECT detail_type FROM ${input.Name}`)
    expect(await types()).toEqual([undefined])

    const found = brokenHops((await test.doctor()).answer)
    expect(found.map(({hop}) => hop)).toEqual(['table'])
    expect(found[0]?.reason).toMatch(/does not map detail_type to detail-type/)
    expect(await runRemedy(found[0]?.remedy ?? '')).toBe(0)

    expect(await types()).toEqual(['api-usage-event'])
    test.close()
  })
})

describe('a projection that begins after the first events', () => {
  it('hides them from the bill, is named, and is mended', async () => {
    const test = await boundRoad('old')
    const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
    const event = {
      id: '1',
      'detail-type': 'api-usage-event',
      source: 'my-applications',
      time: `${day}T10:00:00Z`,
      detail: {
        eventId: 'old-1',
        occurredAt: `${day}T10:00:00Z`,
        service: {name: 'shop'},
        api: {operation: 'Checkout'},
        customer: {id: 'old', plan: 'pro'},
      },
    }
    const Body = gzipSync(`${JSON.stringify(event)}\n`)
    const Key = `events/dt=${day}/hour=10/one.gz`
    await test.s3.send(new PutObjectCommand({Bucket: test.names.bucket, Key, Body}))
    const {input} = test.road.table
    const Parameters = {...input.Parameters, 'projection.dt.range': 'NOW-7DAYS,NOW+1DAY'}
    const TableInput = {...input, Parameters}
    await test.glue.send(new UpdateTableCommand({DatabaseName: test.names.database, TableInput}))
    expect(await test.billedCalls('old')).toBe(0)

    const found = brokenHops((await test.doctor()).answer)
    expect(found.map(({hop}) => hop)).toEqual(['projection'])
    expect(found[0]?.reason).toContain(`there are events of ${day}`)
    expect(await runRemedy(found[0]?.remedy ?? '')).toBe(0)

    expect(await test.billedCalls('old')).toBe(1)
    test.close()
  })
})

describe('another region than the road is in', () => {
  it('has none of it, and the bus, the stream and the roles are named', async () => {
    const here = await boundRoad('region')
    await here.send('one')
    const place = ['--endpoint-url', endpoint.url, '--region', 'eu-north-1', '--json']
    const names = ['--bus', here.names.bus, '--rule', here.names.rule, '--firehose', here.names.firehose]

    const {exitCode, answer} = await runWords(['doctor', ...names, ...place])

    const found = brokenHops(answer as Parameters<typeof brokenHops>[0])
    expect(exitCode).toBe(9)
    expect(found.map(({hop}) => hop)).toEqual([
      ...['bus', 'stream', 'target-role', 'delivery-role', 'bucket', 'database', 'workgroup'],
    ])
    expect(found[0]?.reason).toMatch(
      /There is no event bus bus-region in region eu-north-1.* There are: default\./,
    )

    expect(await runRemedy(found[0]?.remedy ?? '')).toBe(0)
    const mended = await runWords(['doctor', ...names, ...place])
    expect(mended.exitCode).toBe(0)
    here.close()
  })
})
