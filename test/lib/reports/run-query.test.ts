import {runQuery} from '../../../src/lib/reports/run-query'
import {fakeAthena} from './_helpers/fake-athena'
import type {FakeAthena} from './_helpers/fake-athena'

const query = {sql: 'SELECT 1', parameters: ["'x'"], database: 'usage', workgroup: 'reports'}

function depsOf(athena: FakeAthena) {
  const sleeps: number[] = []
  return {
    athena: athena.client,
    sleep: async (ms: number) => void sleeps.push(ms),
    signal: new AbortController().signal,
    sleeps,
  }
}

describe('runQuery', () => {
  it('reads all pages, without the header, a NULL missing and an empty text kept', async () => {
    const athena = fakeAthena({
      states: ['SUCCEEDED'],
      columns: ['a', 'b'],
      pages: [[['1', undefined]], [['2', '']], [['a', 'b']]],
    })

    expect(await runQuery(depsOf(athena), query)).toEqual({
      queryExecutionId: 'q-1',
      columns: ['a', 'b'],
      rows: [{a: '1'}, {a: '2', b: ''}, {a: 'a', b: 'b'}],
      scannedBytes: 4096,
      billedBytes: 10_000_000,
      isReused: false,
    })
  })

  it('asks for what it was told to, where it was told to', async () => {
    const athena = fakeAthena({states: ['SUCCEEDED']})

    await runQuery(depsOf(athena), query)

    expect(athena.started).toEqual([
      {
        QueryString: 'SELECT 1',
        ExecutionParameters: ["'x'"],
        QueryExecutionContext: {Database: 'usage'},
        WorkGroup: 'reports',
      },
    ])
  })

  it('asks for an earlier answer where one may be taken, and says when it is one', async () => {
    const athena = fakeAthena({states: ['SUCCEEDED'], isReused: true})

    const answer = await runQuery({...depsOf(athena), reuseMinutes: 30}, query)

    expect(athena.started).toMatchObject([
      {ResultReuseConfiguration: {ResultReuseByAgeConfiguration: {Enabled: true, MaxAgeInMinutes: 30}}},
    ])
    expect(answer.isReused).toBe(true)
  })

  it('counts nothing as billed where the query ran on provisioned capacity', async () => {
    const athena = fakeAthena({states: ['SUCCEEDED'], dpuCount: 24})

    expect(await runQuery(depsOf(athena), query)).toMatchObject({scannedBytes: 4096, billedBytes: 0})
  })

  it('stops a query that has scanned too much, and not one that has ended', async () => {
    const long = fakeAthena({states: ['RUNNING']})
    const short = fakeAthena({states: ['SUCCEEDED']})

    await expect(runQuery({...depsOf(long), maxScanBytes: 4095}, query)).rejects.toMatchObject({
      kind: 'service',
      code: 'SCAN_TOO_LARGE',
      message: expect.stringContaining('had scanned 4.1 kB, and --max-scan allows 4.09 kB') as string,
    })
    expect(long.stopped).toEqual(['q-1'])
    await runQuery({...depsOf(short), maxScanBytes: 4095}, query)
    expect(short.stopped).toEqual([])
  })

  it('tells how far a query is each time that it has not ended', async () => {
    const athena = fakeAthena({states: ['QUEUED', 'RUNNING', 'SUCCEEDED']})
    const told: unknown[] = []

    await runQuery({...depsOf(athena), onWait: (progress) => told.push(progress)}, query)

    expect(told).toEqual([
      {queryExecutionId: 'q-1', state: 'QUEUED', elapsedMs: 0, scannedBytes: 4096},
      {queryExecutionId: 'q-1', state: 'RUNNING', elapsedMs: 100, scannedBytes: 4096},
    ])
  })

  it('waits longer from look to look, two seconds at most', async () => {
    const athena = fakeAthena({states: ['QUEUED', ...Array<string>(9).fill('RUNNING'), 'SUCCEEDED']})
    const deps = depsOf(athena)

    await runQuery(deps, query)

    expect(deps.sleeps).toEqual([100, 150, 225, 338, 506, 759, 1139, 1709, 2000, 2000])
  })

  it('takes an answer without columns for that of an endpoint which runs no query', async () => {
    const athena = fakeAthena({states: ['SUCCEEDED'], columns: []})

    await expect(runQuery(depsOf(athena), query)).rejects.toMatchObject({
      kind: 'service',
      code: 'BAD_ANSWER',
      message: 'Query q-1 succeeded without columns in its answer, so the endpoint did not run it.',
    })
  })

  it("fails with the engine's words", async () => {
    const athena = fakeAthena({states: ['FAILED'], reason: "line 1:8: Column 'x' cannot be resolved"})

    await expect(runQuery(depsOf(athena), query)).rejects.toMatchObject({
      kind: 'service',
      code: 'QUERY_FAILED',
      message: "Query q-1 failed: line 1:8: Column 'x' cannot be resolved",
    })
  })

  it('says that a query was cancelled, and why', async () => {
    const athena = fakeAthena({states: ['CANCELLED'], reason: 'Bytes scanned limit was exceeded'})

    await expect(runQuery(depsOf(athena), query)).rejects.toMatchObject({
      kind: 'service',
      code: 'QUERY_CANCELLED',
      message: 'Query q-1 was cancelled: Bytes scanned limit was exceeded',
    })
  })

  it.each([
    "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.usage.raw_events' does not exist",
    "SCHEMA_NOT_FOUND: line 1:15: Schema 'usage' does not exist",
    'Database usage not found. Please check your query.',
  ])('names bind-target where the lake is missing: %s', async (reason) => {
    const athena = fakeAthena({states: ['FAILED'], reason})

    await expect(runQuery(depsOf(athena), query)).rejects.toMatchObject({
      kind: 'absent',
      code: 'NOT_BOUND',
      hint: expect.stringContaining('bind-target') as string,
    })
  })

  it('names bind-target where the workgroup is missing', async () => {
    const startError = Object.assign(new Error('WorkGroup reports is not found.'), {
      name: 'InvalidRequestException',
      $metadata: {httpStatusCode: 400},
    })

    await expect(runQuery(depsOf(fakeAthena({states: [], startError})), query)).rejects.toMatchObject({
      kind: 'absent',
      code: 'NOT_BOUND',
      hint: expect.stringContaining('bind-target') as string,
    })
  })

  it('stops the query when it is interrupted', async () => {
    const athena = fakeAthena({states: ['RUNNING']})
    const abort = new AbortController()
    const sleep = async () => {
      abort.abort()
      abort.signal.throwIfAborted()
    }

    await expect(runQuery({athena: athena.client, sleep, signal: abort.signal}, query)).rejects.toMatchObject(
      {
        kind: 'interrupted',
        code: 'INTERRUPTED',
      },
    )
    expect(athena.stopped).toEqual(['q-1'])
  })
})
