import {S3Client} from '@aws-sdk/client-s3'
import {openQuery, runQuery} from '../../../src/lib/reports/run-query'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {now, TestLake} from '../lake/_helpers/test-lake'

let endpoint: TestEndpoint
let lake: TestLake
let calls: string[]

const sql = `SELECT a.n * 100 + b.n AS id, CASE WHEN b.n = 1 THEN NULL WHEN b.n = 2 THEN '' ELSE 'say "hi",' || chr(10) || 'é' END AS note
FROM (SELECT n FROM UNNEST(sequence(1, 25)) AS t (n)) a CROSS JOIN (SELECT n FROM UNNEST(sequence(0, 99)) AS u (n)) b ORDER BY 1`

beforeAll(async () => {
  endpoint = await testEndpoint(undefined, () => now)
  lake = new TestLake(endpoint)
  await lake.make()
  lake.athena.middlewareStack.add(
    (next, context) => async (args) => {
      calls.push(context.commandName ?? '')
      return next(args)
    },
    {step: 'initialize'},
  )
})
beforeEach(() => (calls = []))
afterAll(async () => {
  lake.close()
  await discard(endpoint)
})

const query = () => ({...lake.place, sql, parameters: []})
const pagesRead = () => calls.filter((name) => name === 'GetQueryResultsCommand').length

describe('a long answer', () => {
  it('is read from its file, the same as page by page', async () => {
    const byPage = await runQuery(lake.deps(), query())
    expect(pagesRead()).toBe(3)
    calls = []
    const byFile = await runQuery({...lake.deps(), results: async () => lake.s3}, query())

    expect(pagesRead()).toBe(1)
    expect(byFile.rows).toHaveLength(2500)
    expect(byFile.rows.slice(0, 3)).toEqual([
      {id: '100', note: 'say "hi",\né'},
      {id: '101'},
      {id: '102', note: ''},
    ])
    expect(byFile.rows).toEqual(byPage.rows)
  })

  it('is read page by page where its file cannot be had', async () => {
    const stranger = new S3Client({...endpoint.client, endpoint: 'http://127.0.0.1:1', maxAttempts: 1})

    const {rows} = await runQuery({...lake.deps(), results: async () => stranger}, query())

    expect(rows).toHaveLength(2500)
    expect(pagesRead()).toBe(3)
    stranger.destroy()
  })

  it('is read no further than it is looked at', async () => {
    const {rows} = await openQuery(lake.deps(), query())

    for await (const {id} of rows) if (id === '1500') break

    expect(pagesRead()).toBe(2)
  })

  it('is read no further after Ctrl-C', async () => {
    const abort = new AbortController()
    const deps = {...lake.deps({signal: abort.signal}), results: async () => lake.s3}
    const {rows} = await openQuery(deps, query())

    const reading = async () => {
      for await (const {id} of rows) if (id === '1000') abort.abort()
    }

    await expect(reading()).rejects.toMatchObject({kind: 'interrupted', code: 'INTERRUPTED'})
  })
})
