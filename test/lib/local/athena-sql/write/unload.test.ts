import {gunzipSync} from 'node:zlib'
import {GetQueryResultsCommand} from '@aws-sdk/client-athena'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {parquetCodecs} from '../../../../_helpers/parquet'
import {jsonTable, Lake, type Answer} from '../../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(jsonTable('calls', {id: 'string', n: 'bigint', q: 'decimal(38,9)', dt: 'string'}))
  await lake.put(
    'calls/a',
    '{"id":"a)","n":7,"q":12345678901234567890.5,"dt":"x"}\n{"id":"b","dt":"y"}\n{"id":"c","n":9007199254740993,"dt":"y"}\n',
  )
})

afterAll(async () => {
  await lake.discard()
})

async function done(sql: string, more: Parameters<Lake['ask']>[1] = {}): Promise<Answer> {
  const answer = await lake.ask(sql, more)
  expect({sql, reason: answer.reason, state: answer.state}).toEqual({
    sql,
    reason: undefined,
    state: 'SUCCEEDED',
  })
  return answer
}

async function keysUnder(Prefix: string): Promise<string[]> {
  const {Contents = []} = await lake.s3.send(new ListObjectsV2Command({Bucket: 'lake', Prefix}))
  return Contents.map(({Key = ''}) => Key)
}

async function bytesOf(Key: string): Promise<Buffer> {
  const {Body} = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key}))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('UNLOAD', () => {
  it('writes Parquet', async () => {
    const {execution} = await done(
      "UNLOAD (SELECT id, (n) AS n FROM calls WHERE id <> ')' AND n > ?) TO 's3://lake/out/parquet/' WITH (format = 'PARQUET', compression = 'SNAPPY')",
      {ExecutionParameters: ['7']},
    )
    const id = execution.QueryExecutionId ?? ''
    const results = await lake.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    const keys = await keysUnder('out/parquet/')

    expect(execution).toMatchObject({StatementType: 'DML', SubstatementType: 'UNLOAD'})
    expect(results.UpdateCount).toBe(1)
    expect(keys).toEqual([`out/parquet/${id}-00000.parquet`])
    expect(await parquetCodecs(await bytesOf(keys[0] ?? ''))).toEqual(['SNAPPY'])
    expect((await bytesOf(`results/${id}-manifest.csv`)).toString()).toBe(`s3://lake/${keys[0]}\n`)
  })

  it('writes JSON, a folder for each partition, every digit kept', async () => {
    await done(
      "UNLOAD (SELECT id, n, q, dt FROM calls ORDER BY id) TO 's3://lake/out/json' WITH (format = 'JSON', partitioned_by = ARRAY['dt'])",
    )
    const keys = await keysUnder('out/json/')
    const texts = await Promise.all(keys.map(async (key) => gunzipSync(await bytesOf(key)).toString()))

    expect(keys.map((key) => key.replace(/[^/]*$/, ''))).toEqual(['out/json/dt=x/', 'out/json/dt=y/'])
    expect(texts).toEqual([
      '{"id":"a)","n":7,"q":12345678901234567890.500000000}\n',
      '{"id":"b","n":null,"q":null}\n{"id":"c","n":9007199254740993,"q":null}\n',
    ])
  })

  it('writes JSON that a table over it reads', async () => {
    await done(
      "UNLOAD (SELECT id, n, q FROM calls) TO 's3://lake/again/' WITH (format = 'json', compression = 'none')",
    )
    await lake.table(jsonTable('again', {id: 'string', n: 'bigint', q: 'decimal(38,9)'}))

    expect((await done('SELECT * FROM again ORDER BY id')).rows).toEqual(
      (await done('SELECT id, n, q FROM calls ORDER BY id')).rows,
    )
  })

  it('writes to an empty place alone, and nothing where the query gives no rows', async () => {
    await done("UNLOAD (SELECT id FROM calls WHERE false) TO 's3://lake/none/' WITH (format = 'PARQUET')")
    expect(await keysUnder('none/')).toEqual([])
    await done("UNLOAD (SELECT id FROM calls) TO 's3://lake/none/' WITH (format = 'PARQUET')")

    expect(
      (await lake.ask("UNLOAD (SELECT id FROM calls) TO 's3://lake/none/' WITH (format = 'PARQUET')")).reason,
    ).toMatch(/^HIVE_PATH_ALREADY_EXISTS: Target directory for UNLOAD already exists: s3:\/\/lake\/none\//)
  })

  it.each([
    [
      "(SELECT 1 AS x) TO 's3://lake/bad/' WITH (format = 'TEXTFILE')",
      /^NOT_SUPPORTED: The format TEXTFILE of UNLOAD/,
    ],
    ["(SELECT 1 AS x) TO 's3://lake/bad/' WITH (format = 'ORC')", /^NOT_SUPPORTED: The format ORC of UNLOAD/],
    [
      "(SELECT 1 AS x) TO 's3://lake/bad/'",
      /^INVALID_TABLE_PROPERTY: line 1:1: UNLOAD needs the property format/,
    ],
    [
      "(SELECT 1 AS x) TO 's3://lake/bad/' WITH (format = 'JSON', compression = 'ZSTD')",
      /^NOT_SUPPORTED: The compression ZSTD of JSON/,
    ],
    [
      "(SELECT 1 AS x) TO 's3://lake/bad/' WITH (format = 'JSON', field_delimiter = ',')",
      /^NOT_SUPPORTED: The property field_delimiter of UNLOAD/,
    ],
    [
      "(SELECT 1 AS x) TO 's3://lake/bad/' WITH (format = 'PARQUET', compression = 'ZSTD', compression_level = 23)",
      /^INVALID_TABLE_PROPERTY: compression_level/,
    ],
    [
      "(SELECT 1 AS x) TO '/tmp/bad/' WITH (format = 'JSON')",
      /^HIVE_INVALID_METADATA: \/tmp\/bad\/ is not a place in S3/,
    ],
    ["(SELECT 1) TO 's3://lake/bad/' WITH (format = 'JSON')", /^MISSING_COLUMN_NAME/],
    [
      "(SELECT y FROM calls) TO 's3://lake/bad/' WITH (format = 'JSON')",
      /^COLUMN_NOT_FOUND: line 1:16: Column 'y'/,
    ],
    ["SELECT 1 TO 's3://lake/bad/'", /^line 1:8: mismatched input 'SELECT'\. Expecting: '\('$/],
    ["(SELECT 1 AS x TO 's3://lake/bad/'", /mismatched input '<EOF>'\. Expecting: '\)'$/],
  ])('fails on %s', async (rest, reason) => {
    expect((await lake.ask(`UNLOAD ${rest}`)).reason).toMatch(reason)
    expect(await keysUnder('bad/')).toEqual([])
  })
})
