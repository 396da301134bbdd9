import {CreateWorkGroupCommand, GetQueryResultsCommand} from '@aws-sdk/client-athena'
import {GetTableCommand, type Table} from '@aws-sdk/client-glue'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {parquetCodecs} from '../../../../_helpers/parquet'
import {jsonTable, Lake, type Answer} from '../../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(
    jsonTable('calls', {id: 'string', n: 'bigint', q: 'decimal(38,9)', tags: 'array<string>', dt: 'string'}),
  )
  await lake.put(
    'calls/a',
    '{"id":"a","n":7,"q":1.5,"tags":["x"],"dt":"2026-11-01"}\n{"id":"b","n":2,"dt":"2026-11-02"}\n{"id":"c","dt":"2026-11-02"}\n',
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

async function stored(name: string): Promise<Table> {
  const {Table: table} = await lake.glue.send(new GetTableCommand({DatabaseName: 'usage', Name: name}))
  if (!table) throw new Error(name)
  return table
}

async function keysUnder(Prefix: string): Promise<string[]> {
  const {Contents = []} = await lake.s3.send(new ListObjectsV2Command({Bucket: 'lake', Prefix}))
  return Contents.map(({Key = ''}) => Key)
}

async function bytesOf(Key: string): Promise<Buffer> {
  const {Body} = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key}))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('CREATE TABLE AS', () => {
  it('makes a Parquet table of what a query gives', async () => {
    const {execution} = await done(
      `CREATE TABLE copied WITH (external_location = 's3://lake/copied/', format = 'PARQUET', write_compression = 'ZSTD', compression_level = 3)
       AS SELECT id, n AS "Many", q, tags, ROW(n) IS NULL AS nothing, DATE '2026-11-01' AS day FROM calls WHERE n > ?`,
      {ExecutionParameters: ['1']},
    )
    const id = execution.QueryExecutionId ?? ''
    const results = await lake.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    const keys = await keysUnder('copied/')

    expect(execution).toMatchObject({
      StatementType: 'DML',
      SubstatementType: 'CREATE_TABLE_AS_SELECT',
      Statistics: {DataManifestLocation: `s3://lake/results/${id}-manifest.csv`},
    })
    expect(results.UpdateCount).toBe(2)
    expect(keys).toEqual([`copied/${id}-00000.parquet`])
    expect(await parquetCodecs(await bytesOf(keys[0] ?? ''))).toEqual(['ZSTD'])
    expect((await bytesOf(`results/${id}-manifest.csv`)).toString()).toBe(`s3://lake/${keys[0]}\n`)
    expect(await stored('copied')).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      Parameters: {EXTERNAL: 'TRUE', classification: 'parquet', 'parquet.compression': 'ZSTD'},
      PartitionKeys: [],
      StorageDescriptor: {
        Location: 's3://lake/copied',
        Columns: [
          {Name: 'id', Type: 'string'},
          {Name: 'many', Type: 'bigint'},
          {Name: 'q', Type: 'decimal(38,9)'},
          {Name: 'tags', Type: 'array<string>'},
          {Name: 'nothing', Type: 'boolean'},
          {Name: 'day', Type: 'date'},
        ],
      },
    })
    expect((await done('SELECT * FROM copied ORDER BY id')).rows).toEqual([
      ['a', '7', '1.500000000', '[x]', 'false', '2026-11-01'],
      ['b', '2', null, null, 'false', '2026-11-01'],
    ])
  })

  it('partitions by the last columns and makes the partitions known', async () => {
    await done(
      `CREATE TABLE parted WITH (external_location = 's3://lake/parted', partitioned_by = ARRAY['dt'], parquet_compression = 'SNAPPY')
       AS SELECT id, n, dt FROM calls ORDER BY n DESC`,
    )

    expect((await stored('parted')).PartitionKeys).toEqual([{Name: 'dt', Type: 'string'}])
    expect((await done('SHOW PARTITIONS parted')).lines).toEqual(['dt=2026-11-01', 'dt=2026-11-02'])
    expect((await keysUnder('parted/')).map((key) => key.replace(/[^/]*$/, ''))).toEqual([
      'parted/dt=2026-11-01/',
      'parted/dt=2026-11-02/',
    ])
    await done("INSERT INTO parted VALUES ('d', 9, '2026-11-03')")
    expect((await done("SELECT * FROM parted WHERE dt >= '2026-11-02' ORDER BY id")).rows).toEqual([
      ['b', '2', '2026-11-02'],
      ['c', null, '2026-11-02'],
      ['d', '9', '2026-11-03'],
    ])
  })

  it('puts a table that says nothing of its place beside the results', async () => {
    const {execution} = await done('CREATE TABLE usage."placed" AS (SELECT 1 AS x) WITH DATA')
    const id = execution.QueryExecutionId ?? ''

    expect((await stored('placed')).StorageDescriptor?.Location).toBe(`s3://lake/results/tables/${id}`)
    expect((await done('SELECT * FROM placed')).rows).toEqual([['1']])
  })

  it('makes a table without rows of WITH NO DATA', async () => {
    await done(
      "CREATE TABLE empty WITH (external_location = 's3://lake/empty/') AS SELECT id, n FROM calls WITH NO DATA",
    )

    expect(await keysUnder('empty/')).toEqual([])
    expect((await done('SELECT count(*) FROM empty')).rows).toEqual([['0']])
  })

  it('takes a name once, and a place that is empty', async () => {
    await done("CREATE TABLE once WITH (external_location = 's3://lake/once/') AS SELECT 1 AS x")
    const again = await done('CREATE TABLE IF NOT EXISTS once AS SELECT 2 AS y')
    const results = await lake.athena.send(
      new GetQueryResultsCommand({QueryExecutionId: again.execution.QueryExecutionId ?? ''}),
    )

    expect(results.UpdateCount).toBe(0)
    expect((await done('SELECT * FROM once')).rows).toEqual([['1']])
    expect((await lake.ask('CREATE TABLE once AS SELECT 2 AS y')).reason).toBe(
      "TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.usage.once' already exists",
    )
    const taken = "CREATE TABLE other WITH (external_location = 's3://lake/once/') AS SELECT 2 AS y"
    expect((await lake.ask(taken)).reason).toMatch(
      /^HIVE_PATH_ALREADY_EXISTS: Target directory for table 'usage\.other' already exists: s3:\/\/lake\/once\//,
    )
  })

  it('leaves nothing of a query that fails on its way', async () => {
    const sql = `CREATE TABLE broken WITH (external_location = 's3://lake/broken/') AS
      SELECT id, CAST(CASE WHEN id = 'c' THEN 'x' ELSE '1' END AS bigint) AS n FROM calls`
    const answer = await lake.ask(sql)

    expect(answer.reason).toMatch(/^INVALID_CAST_ARGUMENT/)
    expect(await keysUnder('broken/')).toEqual([])
    await expect(stored('broken')).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })

  it('does not say where its table lies where the workgroup does', async () => {
    const ResultConfiguration = {OutputLocation: 's3://lake/enforced/'}
    await lake.athena.send(
      new CreateWorkGroupCommand({
        Name: 'strict',
        Configuration: {EnforceWorkGroupConfiguration: true, ResultConfiguration},
      }),
    )
    const sql = "CREATE TABLE strict WITH (external_location = 's3://lake/strict/') AS SELECT 1 AS x"
    const refused = await lake.ask(sql, {WorkGroup: 'strict'})
    const {execution} = await done('CREATE TABLE strict AS SELECT 1 AS x', {WorkGroup: 'strict'})

    expect(refused.reason).toMatch(
      /^The Create Table As Select query failed because it was submitted with an 'external_location'/,
    )
    expect((await stored('strict')).StorageDescriptor?.Location).toBe(
      `s3://lake/enforced/tables/${execution.QueryExecutionId ?? ''}`,
    )
  })

  it.each([
    [
      "WITH (bucketed_by = ARRAY['x'], bucket_count = 2) AS SELECT 1 AS x",
      /^NOT_SUPPORTED: The property bucketed_by/,
    ],
    ["WITH (format = 'ORC') AS SELECT 1 AS x", /^NOT_SUPPORTED: The format ORC of CREATE TABLE AS/],
    [
      "WITH (table_type = 'ICEBERG', is_external = false) AS SELECT 1 AS x",
      /^NOT_SUPPORTED: The table_type ICEBERG/,
    ],
    ["WITH (write_compression = 'LZ4') AS SELECT 1 AS x", /^NOT_SUPPORTED: The compression LZ4 of Parquet/],
    [
      "WITH (partitioned_by = ARRAY['y']) AS SELECT 1 AS x",
      /^INVALID_TABLE_PROPERTY: Partition columns \[y\] not present/,
    ],
    [
      "WITH (partitioned_by = ARRAY['x']) AS SELECT 1 AS x",
      /^INVALID_TABLE_PROPERTY: Table contains only partition columns/,
    ],
    ["WITH (partitioned_by = ARRAY['x']) AS SELECT 1 AS x, 2 AS y", /^HIVE_COLUMN_ORDER_MISMATCH/],
    ["WITH (format = 'PARQUET', format = 'PARQUET') AS SELECT 1 AS x", /^DUPLICATE_PROPERTY/],
    ['AS SELECT 1', /^MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 1/],
    ['AS SELECT 1 AS x, 2 AS "X"', /^DUPLICATE_COLUMN_NAME: line 1:1: Column name 'x'/],
    [
      'AS SELECT now() AS x',
      /^NOT_SUPPORTED: Column 'x' has a type that Hive has none for: timestamp\(3\) with time zone/,
    ],
    ['AS SELECT y FROM calls', /^COLUMN_NOT_FOUND: line 1:28: Column 'y' cannot be resolved/],
    [
      "WITH (external_location = 's3://no-such-bucket/x/') AS SELECT 1 AS x",
      /^HIVE_FILESYSTEM_ERROR: The specified bucket does not exist/,
    ],
    [
      "WITH (external_location = '/tmp/x/') AS SELECT 1 AS x",
      /^HIVE_INVALID_METADATA: \/tmp\/x\/ is not a place in S3/,
    ],
    ['SELECT 1 AS x', /^line 1:18: mismatched input 'SELECT'\. Expecting: 'AS'$/],
  ])('fails on %s', async (rest, reason) => {
    expect((await lake.ask(`CREATE TABLE bad ${rest}`)).reason).toMatch(reason)
    await expect(stored('bad')).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })
})
