import {readFileSync, rmSync} from 'node:fs'
import {temporaryFolder} from '../../../_helpers/endpoint'
import {jsonTable, Lake} from '../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
})

afterAll(async () => {
  await lake.discard()
})

describe('a table of JSON lines', () => {
  it('reads keys in any case, through structs, and NULL where an object is missing', async () => {
    await lake.table(
      jsonTable('cases', {id: 'string', detail: 'struct<eventid:string,customer:struct<id:string>>'}),
    )
    await lake.put('cases/a.gz', '{"id":"1","detail":{"eventId":"e1","customer":{"id":"c1"}}}\n')
    await lake.put('cases/b', '{"ID":"2","Detail":{"EVENTID":"e2","customer":null}}\n{"id":"3"}\n')

    const answer = await lake.ask(
      'SELECT id, detail.eventid, detail.customer.id AS customer FROM cases ORDER BY id',
    )

    expect(answer.reason).toBeUndefined()
    expect(answer.columns).toEqual(['id', 'eventid', 'customer'])
    expect(answer.rows).toEqual([
      ['1', 'e1', 'c1'],
      ['2', 'e2', null],
      ['3', null, null],
    ])
  })

  it.each([
    ['a spelling', '{"id":"1","detail":{"EventID":"odd"}}'],
    ['an escape in a key', '{"id":"1","detail":{"\\u0065ventId":"odd"}}'],
    ['a key that was not there before', '{"id":"1","detail":{"Late":"odd"}}'],
  ])('finds %s in the last line of the second object', async (name, line) => {
    const table = name.replaceAll(' ', '_')
    await lake.table(jsonTable(table, {id: 'string', detail: 'struct<eventid:string,late:string>'}))
    const lines = '{"id":"0","detail":{"eventId":"usual"}}\n'.repeat(2000)
    await lake.put(`${table}/a`, lines)
    await lake.put(`${table}/b`, `${lines}${line}\n`)

    const answer = await lake.ask(
      `SELECT count(*), max(coalesce(detail.eventid, detail.late)) FROM ${table} WHERE id = '1'`,
    )

    expect(answer.rows).toEqual([['1', 'odd']])
  })

  it('maps a column to the key that its SerDe property names', async () => {
    await lake.table(
      jsonTable('mapped', {detail_type: 'string'}, {serde: {'mapping.detail_type': 'detail-type'}}),
    )
    await lake.put('mapped/a', '{"detail-type":"api-usage-event"}\n')

    expect((await lake.ask('SELECT detail_type FROM mapped')).rows).toEqual([['api-usage-event']])
  })

  it('keeps every digit of a number, in a decimal and in a string', async () => {
    await lake.table(
      jsonTable('exact', {q: 'decimal(38,9)', s: 'string', n: 'bigint', d: 'double', o: 'string'}),
    )
    await lake.put(
      'exact/a',
      '{"q":12345678901234567890.123456789,"s":5.10,"n":9007199254740993,"d":0.30000000000000004,"o":{"x":1.50,"y":"say \\"7\\""}}\n' +
        '{"q":123456789.1,"s":"5.10","n":7,"d":2,"o":"plain"}\n',
    )

    const answer = await lake.ask('SELECT q, s, n, d, o FROM exact ORDER BY n')

    expect(answer.reason).toBeUndefined()
    expect(answer.rows).toEqual([
      ['123456789.100000000', '5.10', '7', '2.0', 'plain'],
      [
        '12345678901234567890.123456789',
        '5.10',
        '9007199254740993',
        '0.30000000000000004',
        '{"x":1.50,"y":"say \\"7\\""}',
      ],
    ])
    expect(answer.types).toEqual(['decimal', 'varchar', 'bigint', 'double', 'varchar'])
  })

  it('reads only the first of several objects on one line', async () => {
    await lake.table(jsonTable('joined', {n: 'int'}))
    await lake.put('joined/a', '{"n":1}{"n":2}{"n":3}\n{"n":4}\n')

    expect((await lake.ask('SELECT n FROM joined ORDER BY n')).rows).toEqual([['1'], ['4']])
  })

  it('makes a row of NULLs of a malformed line where the SerDe ignores it', async () => {
    await lake.table(jsonTable('broken', {n: 'int'}))
    await lake.put('broken/a', '{"n":1}\n{"n":\n[5]\n')

    expect((await lake.ask('SELECT n FROM broken ORDER BY n')).rows).toEqual([['1'], [null], [null]])
  })

  it('fails the query on a malformed line where the SerDe does not', async () => {
    await lake.table(jsonTable('strict', {n: 'int'}, {serde: {'ignore.malformed.json': 'false'}}))
    await lake.put('strict/a', '{"n":\n')

    const answer = await lake.ask('SELECT n FROM strict')

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toMatch(
      /^HIVE_BAD_DATA: Error parsing a row of s3:\/\/lake\/strict\/a: Row is not a valid JSON Object/,
    )
  })

  it('gives arrays, maps, structs and times as Athena writes them', async () => {
    await lake.table(
      jsonTable('shapes', {
        tags: 'array<string>',
        m: 'map<string,string>',
        s: 'struct<a:bigint,b:string>',
        items: 'array<struct<sku:string,price:decimal(10,2)>>',
        t: 'timestamp',
        d: 'date',
        ok: 'boolean',
      }),
    )
    await lake.put(
      'shapes/a',
      '{"tags":["x",null],"m":{"Key":"v"},"s":{"A":1},"items":[{"SKU":"k","price":1.10}],"t":"2026-11-01 10:20:30.5","d":"2026-11-01","ok":true}\n',
    )

    const answer = await lake.ask('SELECT * FROM shapes')

    expect(answer.reason).toBeUndefined()
    expect(answer.rows).toEqual([
      [
        '[x, null]',
        '{Key=v}',
        '{a=1, b=null}',
        '[{sku=k, price=1.10}]',
        '2026-11-01 10:20:30.500',
        '2026-11-01',
        'true',
      ],
    ])
    expect(answer.types).toEqual(['array', 'map', 'row', 'array', 'timestamp', 'date', 'boolean'])
  })

  it('has no rows and the right types where there are no objects, and skips hidden ones', async () => {
    await lake.table(jsonTable('empty', {n: 'bigint', q: 'decimal(38,9)'}))
    await lake.put('empty/_SUCCESS', '{"n":1}\n')
    await lake.put('empty/.hidden/a', '{"n":2}\n')

    const answer = await lake.ask('SELECT n, q FROM empty')

    expect(answer.rows).toEqual([])
    expect(answer.types).toEqual(['bigint', 'decimal'])
  })
})

describe('partitions', () => {
  const projected = {
    keys: {dt: 'string', hour: 'string'},
    properties: {
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': '2026-01-01,NOW',
      'projection.hour.type': 'integer',
      'projection.hour.range': '0,23',
      'projection.hour.digits': '2',
      'storage.location.template': 's3://lake/parts/dt=${dt}/hour=${hour}/',
    },
  }

  it('shows projected partitions only, and reads only those that WHERE allows', async () => {
    await lake.table(jsonTable('parts', {n: 'int'}, projected))
    await lake.put('parts/dt=2025-12-31/hour=23/a', '{"n":0}\n')
    const first = await lake.put('parts/dt=2026-01-01/hour=00/a', '{"n":1}\n')
    await lake.put('parts/dt=2026-01-01/hour=7/a', '{"n":7}\n')
    await lake.put('parts/dt=2026-01-02/hour=05/a.gz', '{"n":2}\n')

    const all = await lake.ask('SELECT n, dt, hour, "$path" FROM parts ORDER BY n')
    const one = await lake.ask("SELECT n FROM parts p WHERE p.dt BETWEEN '2026-01-01' AND ? AND n > 0", {
      ExecutionParameters: ["'2026-01-01'"],
    })

    expect(all.rows).toEqual([
      ['1', '2026-01-01', '00', 's3://lake/parts/dt=2026-01-01/hour=00/a'],
      ['2', '2026-01-02', '05', 's3://lake/parts/dt=2026-01-02/hour=05/a.gz'],
    ])
    expect(one.rows).toEqual([['1']])
    expect(one.execution.Statistics?.DataScannedInBytes).toBe(first)
  })
})

describe('a table of Parquet files', () => {
  it('is read by column names, NULL where a file lacks a column', async () => {
    const {DuckDBInstance} = await import('@duckdb/node-api')
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    const folder = temporaryFolder()
    await duck.run(
      `COPY (SELECT 7::BIGINT AS n, 1.5::DECIMAL(38,9) AS "Q") TO '${folder}/a.parquet' (FORMAT parquet)`,
    )
    await duck.run(`COPY (SELECT 'x' AS other, 8::BIGINT AS n) TO '${folder}/b.parquet' (FORMAT parquet)`)
    duck.closeSync()
    const {StorageDescriptor, ...table} = jsonTable(
      'curated',
      {q: 'decimal(38,9)', n: 'bigint'},
      {keys: {dt: 'string'}},
    )
    const SerdeInfo = {SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'}
    await lake.table({...table, StorageDescriptor: {...StorageDescriptor, SerdeInfo}})
    for (const [name, dt] of [
      ['a', '2026-11-01'],
      ['b', '2026-11-02'],
    ] as const) {
      await lake.putBytes(`curated/dt=${dt}/${name}.parquet`, readFileSync(`${folder}/${name}.parquet`))
      await lake.partition('curated', [dt])
    }
    rmSync(folder, {recursive: true, force: true})

    const answer = await lake.ask('SELECT n, q, dt FROM curated ORDER BY n')
    const one = await lake.ask("SELECT n FROM curated WHERE dt > '2026-11-01'")

    expect(answer.reason).toBeUndefined()
    expect(answer.rows).toEqual([
      ['7', '1.500000000', '2026-11-01'],
      ['8', null, '2026-11-02'],
    ])
    expect(one.rows).toEqual([['8']])
  })
})
