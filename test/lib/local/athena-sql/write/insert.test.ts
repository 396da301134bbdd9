import {GetPartitionsCommand, type TableInput} from '@aws-sdk/client-glue'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {GetQueryResultsCommand, StopQueryExecutionCommand} from '@aws-sdk/client-athena'
import {parquetCodecs, rowsThatRise} from '../../../../_helpers/parquet'
import {runs} from '../../../../_helpers/runs'
import {jsonTable, Lake} from '../../services/athena/lake'
import {parquetTable} from '../../services/firehose/converting'

jest.setTimeout(60_000)

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(
    jsonTable('raw', {
      id: 'string',
      n: 'bigint',
      q: 'decimal(38,9)',
      seen: 'timestamp',
      m: 'map<string,string>',
      tags: 'array<string>',
      s: 'struct<a:bigint,b:string>',
      d: 'date',
      x: 'double',
      ok: 'boolean',
    }),
  )
  await lake.put(
    'raw/a',
    '{"id":"a","n":1,"q":12345678901234567890.123456789,"seen":"2026-11-01 10:20:30.5","m":{"Key":"v"},"tags":["x",null],"s":{"a":7},"d":"2026-11-01","x":0.5,"ok":true}\n' +
      '{"id":"b","n":2,"q":2.50,"seen":"2026-11-02 00:00:00","m":{},"tags":[],"s":null,"d":null,"x":null,"ok":false}\n' +
      '{"id":"c"}\n',
  )
})

afterAll(async () => {
  await lake.discard()
})

async function keysUnder(prefix: string): Promise<string[]> {
  const answer = await lake.s3.send(new ListObjectsV2Command({Bucket: 'lake', Prefix: prefix}))
  return (answer.Contents ?? []).map((object) => object.Key ?? '')
}

async function bytesOf(key: string): Promise<Buffer> {
  const answer = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key: key}))
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
}

const byDay = {
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': '2026-01-01,2026-12-31',
  'storage.location.template': 's3://lake/curated/days/dt=${dt}/',
}

/** A table with a column `n` and partitions by a text. */
function byText(name: string): TableInput {
  return {...parquetTable({n: 'bigint'}, name), PartitionKeys: [{Name: 'dt', Type: 'string'}]}
}

const everyColumn = {
  id: 'string',
  n: 'bigint',
  q: 'decimal(38,9)',
  seen: 'timestamp',
  m: 'map<string,string>',
  tags: 'array<string>',
  s: 'struct<a:bigint,b:string>',
  d: 'date',
  x: 'double',
  ok: 'boolean',
}

describe('INSERT INTO', () => {
  it('writes every type so that it reads back as it was', async () => {
    await lake.table(parquetTable(everyColumn, 'same'))
    const before = await lake.ask('SELECT * FROM raw ORDER BY id')

    const insert = await lake.ask('INSERT INTO same SELECT * FROM raw')
    const after = await lake.ask('SELECT * FROM same ORDER BY id')

    expect(insert.reason).toBeUndefined()
    expect(after.rows).toEqual(before.rows)
    expect(after.types).toEqual(before.types)
  })

  it('says what it was, how many rows, and which objects', async () => {
    await lake.table(parquetTable({id: 'string'}, 'said'))

    const {execution} = await lake.ask('INSERT INTO usage.said SELECT id FROM raw WHERE n > ?', {
      ExecutionParameters: ['1'],
    })
    const id = execution.QueryExecutionId ?? ''
    const result = await lake.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    const keys = await keysUnder('said/')

    expect(execution).toMatchObject({StatementType: 'DML', SubstatementType: 'INSERT'})
    expect(execution.ResultConfiguration?.OutputLocation).toBe(`s3://lake/results/${id}`)
    expect(execution.Statistics?.DataManifestLocation).toBe(`s3://lake/results/${id}-manifest.csv`)
    expect(execution.Statistics?.DataScannedInBytes).toBeGreaterThan(0)
    expect(result.UpdateCount).toBe(1)
    expect(keys).toHaveLength(1)
    expect(keys[0]).toMatch(new RegExp(`^said/${id}`))
    expect((await bytesOf(`results/${id}-manifest.csv`)).toString()).toBe(`s3://lake/${keys[0]}\n`)
  })

  it('puts each row into the folder of its partition, as the template of the projection says', async () => {
    await lake.table({
      ...parquetTable({id: 'string', n: 'bigint'}, 'curated'),
      PartitionKeys: [{Name: 'dt', Type: 'string'}],
      Parameters: byDay,
    })

    const {execution, reason} = await lake.ask(
      `INSERT INTO curated SELECT id, n, COALESCE(date_format(seen, '%Y-%m-%d'), '2026-11-03') FROM raw`,
    )
    const answer = await lake.ask('SELECT id, n, dt, "$path" FROM curated ORDER BY id')
    const path = (dt: string) =>
      expect.stringContaining(`s3://lake/curated/days/dt=${dt}/${execution.QueryExecutionId}`)

    expect(reason).toBeUndefined()
    expect(answer.rows).toEqual([
      ['a', '1', '2026-11-01', path('2026-11-01')],
      ['b', '2', '2026-11-02', path('2026-11-02')],
      ['c', null, '2026-11-03', path('2026-11-03')],
    ])
  })

  it('makes partitions known that are new to the catalog, and writes to where known ones lie', async () => {
    await lake.table({
      ...parquetTable({id: 'string'}, 'catalogued'),
      PartitionKeys: [
        {Name: 'dt', Type: 'date'},
        {Name: 'plan', Type: 'string'},
      ],
    })
    await lake.partition('catalogued', ['2026-11-01', 'x/y z'])

    const {reason} = await lake.ask(
      `INSERT INTO catalogued SELECT id, d, CASE id WHEN 'a' THEN 'x/y z' ELSE '' END FROM raw WHERE id < 'c'`,
    )
    const answer = await lake.ask('SELECT id, dt, plan, "$path" FROM catalogued ORDER BY id')
    const partitions = await lake.glue.send(
      new GetPartitionsCommand({DatabaseName: 'usage', TableName: 'catalogued'}),
    )

    expect(reason).toBeUndefined()
    expect(answer.rows).toEqual([
      ['a', '2026-11-01', 'x/y z', expect.stringContaining('/catalogued/dt=2026-11-01/plan=x%2Fy z/')],
      [
        'b',
        null,
        null,
        expect.stringContaining('/catalogued/dt=__HIVE_DEFAULT_PARTITION__/plan=__HIVE_DEFAULT_PARTITION__/'),
      ],
    ])
    expect(partitions.Partitions?.map((partition) => partition.Values)).toEqual([
      ['2026-11-01', 'x/y z'],
      ['__HIVE_DEFAULT_PARTITION__', '__HIVE_DEFAULT_PARTITION__'],
    ])
    expect(partitions.Partitions?.[1]?.StorageDescriptor?.SerdeInfo?.SerializationLibrary).toContain(
      'Parquet',
    )
  })

  it('takes the columns by their places, and NULL for those that are not named', async () => {
    await lake.table(parquetTable({a: 'string', b: 'double', c: 'bigint', d: 'timestamp'}, 'named'))

    const {reason} = await lake.ask(
      `INSERT INTO named (c, a) WITH v AS (SELECT 2.5e0 AS n, 'x' AS t) SELECT n, t FROM v`,
    )
    const values = await lake.ask(
      `INSERT INTO named VALUES ('y', 1, 7, TIMESTAMP '2026-11-01 10:00:00.1236')`,
    )

    expect([reason, values.reason]).toEqual([undefined, undefined])
    expect((await lake.ask('SELECT * FROM named ORDER BY a')).rows).toEqual([
      ['x', null, '3', null],
      ['y', '1.0', '7', '2026-11-01 10:00:00.124'],
    ])
  })

  const orders: [string, string][] = [
    ['k, n DESC', 'by_partition'],
    ['700000 - n', 'by_expression'],
    ['n DESC', 'by_column'],
    ['2 DESC, 1 DESC', 'by_place'],
  ]
  it.each(orders.slice(0, runs(2, 4)))(
    'keeps the order that the query asks for: %s',
    async (order, table) => {
      await lake.table(byText(table))

      const {reason} = await lake.ask(
        `INSERT INTO ${table} SELECT n, k AS dt FROM (SELECT n, CAST(n % 3 AS VARCHAR) AS k FROM UNNEST(sequence(1, 350000)) AS t(n)) ORDER BY ${order}`,
      )
      const keys = await keysUnder(`${table}/`)

      expect(reason).toBeUndefined()
      expect(keys).toHaveLength(3)
      for (const key of keys) expect(await rowsThatRise(await bytesOf(key), 'n')).toBe(0)
    },
  )

  it('keeps the order of a query whose rows cannot be sorted apart', async () => {
    await lake.table(byText('numbered'))

    const {reason} = await lake.ask(
      `INSERT INTO numbered SELECT DISTINCT n, 'x' FROM UNNEST(sequence(1, 200000)) AS t(n) ORDER BY n DESC LIMIT 150000`,
    )
    const [key = ''] = await keysUnder('numbered/dt=x/')

    expect(reason).toBeUndefined()
    expect(await rowsThatRise(await bytesOf(key), 'n')).toBe(0)
    expect((await lake.ask(`SELECT min(n), count(*) FROM numbered WHERE dt = 'x'`)).rows).toEqual([
      ['50001', '150000'],
    ])
  })

  it.each([
    [{}, 'GZIP'],
    [{'parquet.compression': 'ZSTD', compression_level: '4'}, 'ZSTD'],
    [{'write.compression': 'snappy'}, 'SNAPPY'],
    [{'parquet.compression': 'NONE'}, 'UNCOMPRESSED'],
  ])('packs as the properties of the table say: %j', async (properties, codec) => {
    const name = `packed_${codec.toLowerCase()}`
    await lake.table({...parquetTable({id: 'string'}, name), Parameters: properties})

    const {reason} = await lake.ask(`INSERT INTO ${name} SELECT id FROM raw`)
    const [key = ''] = await keysUnder(`${name}/`)

    expect(reason).toBeUndefined()
    expect(await parquetCodecs(await bytesOf(key))).toEqual([codec])
  })

  it('writes no object where there are no rows', async () => {
    await lake.table(parquetTable({id: 'string'}, 'nothing'))

    const {state} = await lake.ask(`INSERT INTO nothing SELECT id FROM raw WHERE id = 'none'`)

    expect(state).toBe('SUCCEEDED')
    expect(await keysUnder('nothing/')).toEqual([])
  })
})

describe('an INSERT INTO that fails', () => {
  beforeAll(async () => {
    await lake.table({
      ...parquetTable({id: 'string', n: 'int', short: 'varchar(2)', s: 'struct<a:bigint>'}, 'kept'),
      PartitionKeys: [{Name: 'dt', Type: 'string'}],
    })
  })

  it.each([
    [
      'INSERT INTO kept SELECT id, n FROM raw',
      'TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [varchar, integer, varchar(2), row(a bigint), varchar], Query: [varchar, bigint]',
    ],
    [
      'INSERT INTO kept (n) SELECT id FROM raw',
      'TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [integer], Query: [varchar]',
    ],
    [
      'INSERT INTO kept (n, s) SELECT n, m FROM raw',
      'TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [integer, row(a bigint)], Query: [bigint, map(varchar, varchar)]',
    ],
    [
      'INSERT INTO kept (id, other) SELECT id, id FROM raw',
      'COLUMN_NOT_FOUND: line 1:13: Insert column name does not exist in target table: other',
    ],
    [
      'INSERT INTO kept (id, id) SELECT id, id FROM raw',
      'DUPLICATE_COLUMN_NAME: line 1:13: Insert column name is specified more than once: id',
    ],
    [
      'INSERT INTO\n  kept (id, dt)\nSELECT id, nothing FROM raw',
      "COLUMN_NOT_FOUND: line 3:12: Column 'nothing' cannot be resolved or requester is not authorized to access requested resources",
    ],
    [
      'INSERT INTO gone SELECT 1',
      "TABLE_NOT_FOUND: line 1:13: Table 'awsdatacatalog.usage.gone' does not exist",
    ],
    ['INSERT OVERWRITE kept SELECT 1', "line 1:8: mismatched input 'OVERWRITE'. Expecting: 'INTO'"],
    [
      'INSERT INTO kept PARTITION SELECT 1',
      "line 1:18: mismatched input 'PARTITION'. Expecting: '(', 'SELECT', 'TABLE', 'VALUES', 'WITH'",
    ],
    [
      `INSERT INTO kept (short, dt) VALUES ('abc', '1')`,
      'INVALID_CAST_ARGUMENT: Cannot truncate non-space characters when casting from varchar to varchar(2) on INSERT',
    ],
    ['INSERT INTO kept (n, dt) SELECT 3000000000 + n, id FROM raw', /^INVALID_CAST_ARGUMENT: /],
    [
      'INSERT INTO kept (id, dt) SELECT id, CAST(k AS VARCHAR) FROM raw CROSS JOIN UNNEST(sequence(1, 101)) AS t(k)',
      'HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions/buckets',
    ],
    ['INSERT INTO raw SELECT * FROM raw', /^NOT_SUPPORTED: INSERT INTO a table of the SerDe org\.openx/],
  ])('says why and writes nothing: %s', async (sql, reason) => {
    const answer = await lake.ask(sql)

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toMatch(reason)
    expect(await keysUnder('kept/')).toEqual([])
  })

  it('refuses a codec that it does not know', async () => {
    await lake.table({
      ...parquetTable({id: 'string'}, 'packed_lzo'),
      Parameters: {'parquet.compression': 'LZO'},
    })

    expect((await lake.ask('INSERT INTO packed_lzo SELECT id FROM raw')).reason).toMatch(
      /^NOT_SUPPORTED: The compression LZO of Parquet is not supported/,
    )
  })
})

describe('an INSERT INTO that is stopped', () => {
  it('writes nothing', async () => {
    await lake.table(byText('stopped'))
    const id = await lake.start(
      `INSERT INTO stopped SELECT a.n, 'x' FROM UNNEST(sequence(1, 100000)) AS a(n) CROSS JOIN UNNEST(sequence(1, 100000)) AS b(n) ORDER BY a.n`,
    )
    await lake.athena.send(new StopQueryExecutionCommand({QueryExecutionId: id}))
    const execution = await lake.finished(id)

    expect(execution.Status?.State).toBe('CANCELLED')
    expect((await lake.ask('SELECT count(*) FROM stopped')).rows).toEqual([['0']])
    expect(await keysUnder('stopped/')).toEqual([])
  })
})
