import {CreateWorkGroupCommand, type StartQueryExecutionCommandInput} from '@aws-sdk/client-athena'
import {DeleteObjectCommand} from '@aws-sdk/client-s3'
import {jsonTable, Lake, type Answer} from './lake'

let lake: Lake
let rows = 1

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(jsonTable('calls', {id: 'string'}))
  await lake.put('calls/0', '{"id":"a"}\n')
})

afterAll(async () => {
  await lake.discard()
})

const minute = 60_000

async function ask(
  sql: string,
  MaxAgeInMinutes?: number,
  more: Partial<StartQueryExecutionCommandInput> = {},
): Promise<Answer> {
  const ResultReuseByAgeConfiguration = {Enabled: true, MaxAgeInMinutes}
  return lake.ask(sql, {ResultReuseConfiguration: {ResultReuseByAgeConfiguration}, ...more})
}

const isReused = ({execution}: Answer) => execution.Statistics?.ResultReuseInformation?.ReusedPreviousResult

/** A row more, which a result from before does not know. */
async function grow(): Promise<void> {
  await lake.put(`calls/${rows++}`, '{"id":"b"}\n')
}

describe('a result that may be reused', () => {
  it('is taken in place of a new one, whatever has become of the data', async () => {
    const sql = 'SELECT count(*) AS many FROM calls'
    const first = await ask(sql)
    await grow()
    const second = await ask(sql)

    expect(isReused(first)).toBe(false)
    expect(isReused(second)).toBe(true)
    expect(second.rows).toEqual(first.rows)
    expect(second.columns).toEqual(['many'])
    expect(second.execution.QueryExecutionId).not.toBe(first.execution.QueryExecutionId)
    expect(second.execution).toMatchObject({
      ResultConfiguration: {OutputLocation: first.execution.ResultConfiguration?.OutputLocation},
      ResultReuseConfiguration: {ResultReuseByAgeConfiguration: {Enabled: true, MaxAgeInMinutes: 60}},
      Statistics: {DataScannedInBytes: 0},
    })
  })

  it('is none that is too old, or whose file is gone', async () => {
    const sql = "SELECT count(*) FROM calls WHERE id <> ''"
    const first = await ask(sql, 30)
    await lake.endpoint.advance(29 * minute)
    expect(isReused(await ask(sql, 30))).toBe(true)
    await lake.endpoint.advance(2 * minute)
    await grow()
    const later = await ask(sql, 30)
    expect(isReused(later)).toBe(false)
    expect(later.rows).not.toEqual(first.rows)

    const location = later.execution.ResultConfiguration?.OutputLocation ?? ''
    await lake.s3.send(new DeleteObjectCommand({Bucket: 'lake', Key: location.replace('s3://lake/', '')}))
    expect(isReused(await ask(sql, 1))).toBe(false)
  })

  it('is that of the same text, parameters, workgroup, database and place alone', async () => {
    const sql = 'SELECT count(*) FROM usage.calls WHERE id = ?'
    const own = {ExecutionParameters: ["'a'"]}
    const ResultConfiguration = {OutputLocation: 's3://lake/others/'}
    await lake.athena.send(
      new CreateWorkGroupCommand({
        Name: 'other',
        Configuration: {EnforceWorkGroupConfiguration: false, ResultConfiguration},
      }),
    )
    await lake.ask(sql, own)

    expect(isReused(await ask(sql, 60, own))).toBe(true)
    expect(isReused(await lake.ask(sql, own))).toBe(false)
    expect(isReused(await ask(`${sql} `, 60, own))).toBe(false)
    expect(isReused(await ask(sql, 60, {ExecutionParameters: ["'b'"]}))).toBe(false)
    expect(isReused(await ask(sql, 60, {...own, WorkGroup: 'other'}))).toBe(false)
    expect(isReused(await ask(sql, 60, {...own, QueryExecutionContext: {}}))).toBe(false)
    expect(isReused(await ask(sql, 60, {...own, ResultConfiguration}))).toBe(false)
  })

  it('is none of a query that failed, changes each time, or is no SELECT', async () => {
    for (const sql of [
      'SELECT nowhere FROM calls',
      'SELECT now() FROM calls',
      'SELECT current_date',
      'SELECT rand()',
      'SHOW TABLES',
    ]) {
      await ask(sql)
      expect([sql, isReused(await ask(sql))]).toEqual([sql, false])
    }
    await ask("SELECT 'now' AS now_or_never")
    expect(isReused(await ask("SELECT 'now' AS now_or_never"))).toBe(true)
  })

  it('is asked for within seven days', async () => {
    await expect(ask('SELECT 1', 10_081)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(/Member must have value less than or equal to 10080$/) as unknown,
    })
    await expect(ask('SELECT 1', -1)).rejects.toMatchObject({name: 'InvalidRequestException'})
  })
})
