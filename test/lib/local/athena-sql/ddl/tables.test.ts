import {GetDatabaseCommand, GetTableCommand, type Table} from '@aws-sdk/client-glue'
import {Lake, type Answer} from '../../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
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

async function stored(name: string, database = 'usage'): Promise<Table> {
  const {Table: table} = await lake.glue.send(new GetTableCommand({DatabaseName: database, Name: name}))
  if (!table) throw new Error(name)
  return table
}

describe('databases', () => {
  it('are made, changed and dropped', async () => {
    const {execution} = await done(
      `CREATE DATABASE IF NOT EXISTS Shop COMMENT 'it''s' ' a shop' LOCATION 's3://lake/shop/' WITH DBPROPERTIES ('a'='1')`,
    )
    await done('CREATE SCHEMA IF NOT EXISTS shop')
    await done("ALTER DATABASE shop SET DBPROPERTIES ('b' = '2')")
    const {Database} = await lake.glue.send(new GetDatabaseCommand({Name: 'shop'}))

    expect(execution).toMatchObject({StatementType: 'DDL', SubstatementType: 'CREATE_DATABASE'})
    expect(Database).toMatchObject({
      Name: 'shop',
      Description: 'its a shop',
      LocationUri: 's3://lake/shop/',
      Parameters: {a: '1', b: '2'},
    })
    expect((await lake.ask('CREATE DATABASE shop')).reason).toMatch(/Database shop already exists$/)
    await done('DROP DATABASE shop')
    await done('DROP SCHEMA IF EXISTS shop')
    expect((await lake.ask('DROP SCHEMA shop')).reason).toBe(
      'FAILED: SemanticException [Error 10072]: Database does not exist: shop',
    )
  })

  it('are dropped with their tables on demand alone', async () => {
    await done('CREATE DATABASE crowded')
    await done("CREATE EXTERNAL TABLE crowded.calls (id string) LOCATION 's3://lake/crowded/'")

    expect((await lake.ask('DROP DATABASE crowded')).reason).toMatch(/Database crowded is not empty/)
    await done('DROP DATABASE crowded CASCADE')
    await expect(stored('calls', 'crowded')).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })
})

describe('CREATE EXTERNAL TABLE', () => {
  it('keeps the table in the catalog as Athena does', async () => {
    const {execution, result} = await done(`
      CREATE EXTERNAL TABLE IF NOT EXISTS usage.\`Calls\` ( -- the calls
        id string COMMENT 'who''s\\'s',
        \`Time\` timestamp,
        units DECIMAL(38, 9),
        n integer,
        detail struct<
          \`user\`: struct<id:string>,
          tags: array<map<string,bigint>>
        >
      )
      COMMENT 'calls; all of them'
      PARTITIONED BY (dt string COMMENT 'day', hour int)
      ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
      WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true', "mapping.id"="ID")
      STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
      OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
      LOCATION 's3://lake/calls/'
      TBLPROPERTIES ('projection.enabled'='true', 'storage.location.template'='s3://lake/calls/\${dt}/');`)

    expect(execution).toMatchObject({
      StatementType: 'DDL',
      SubstatementType: 'CREATE_TABLE',
      Statistics: {DataScannedInBytes: 0},
    })
    expect(result).toEqual({Rows: [], ResultSetMetadata: {ColumnInfo: []}})
    expect(await stored('calls')).toMatchObject({
      Name: 'calls',
      DatabaseName: 'usage',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [
        {Name: 'dt', Type: 'string', Comment: 'day'},
        {Name: 'hour', Type: 'int'},
      ],
      Parameters: {
        EXTERNAL: 'TRUE',
        comment: 'calls; all of them',
        'projection.enabled': 'true',
        'storage.location.template': 's3://lake/calls/${dt}/',
        transient_lastDdlTime: expect.stringMatching(/^\d{10}$/) as unknown,
      },
      StorageDescriptor: {
        Columns: [
          {Name: 'id', Type: 'string', Comment: "whos's"},
          {Name: 'time', Type: 'timestamp'},
          {Name: 'units', Type: 'decimal(38,9)'},
          {Name: 'n', Type: 'int'},
          {Name: 'detail', Type: 'struct<user:struct<id:string>,tags:array<map<string,bigint>>>'},
        ],
        Location: 's3://lake/calls',
        InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        SerdeInfo: {
          SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
          Parameters: {'serialization.format': '1', 'ignore.malformed.json': 'true', 'mapping.id': 'ID'},
        },
      },
    })
  })

  it('knows the formats by name, and delimiters', async () => {
    await done("CREATE EXTERNAL TABLE packed (id string) STORED AS parquet LOCATION 's3://lake/packed'")
    await done(
      `CREATE EXTERNAL TABLE lines (id string, tags array<string>) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'
       COLLECTION ITEMS TERMINATED BY '\\u0002' LINES TERMINATED BY '\\n' NULL DEFINED AS '-' STORED AS TEXTFILE LOCATION 's3://lake/lines/'`,
    )

    expect((await stored('packed')).StorageDescriptor).toMatchObject({
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      SerdeInfo: {SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'},
    })
    expect((await stored('lines')).StorageDescriptor?.SerdeInfo).toEqual({
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
      Parameters: {
        'serialization.format': '\t',
        'field.delim': '\t',
        'escape.delim': '\\',
        'colelction.delim': '\u0002',
        'line.delim': '\n',
        'serialization.null.format': '-',
      },
    })
    expect((await lake.ask('SELECT * FROM lines')).reason).toMatch(
      /^NOT_SUPPORTED: The SerDe .*LazySimpleSerDe/,
    )
  })

  it('makes a table that INSERT INTO writes and SELECT reads', async () => {
    await done("CREATE EXTERNAL TABLE kept (id string, n int) STORED AS PARQUET LOCATION 's3://lake/kept/'")
    await done("INSERT INTO kept VALUES ('a', 1), ('b', NULL)")

    expect((await done('SELECT * FROM kept ORDER BY id')).rows).toEqual([
      ['a', '1'],
      ['b', null],
    ])
  })

  it('takes a name once', async () => {
    await done("CREATE EXTERNAL TABLE once (id string) LOCATION 's3://lake/once/'")
    await done("CREATE EXTERNAL TABLE IF NOT EXISTS once (other string) LOCATION 's3://lake/other/'")

    expect((await stored('once')).StorageDescriptor?.Location).toBe('s3://lake/once')
    expect((await lake.ask("CREATE EXTERNAL TABLE once (x string) LOCATION 's3://lake/x/'")).reason).toBe(
      'FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. AlreadyExistsException(message:Table once already exists)',
    )
  })

  it.each([
    [
      'CREATE EXTERNAL TABLE bad (date string)',
      /ParseException line 1:28 mismatched input 'date' expecting <identifier>$/,
    ],
    [
      'CREATE EXTERNAL TABLE bad (id text)',
      /ParseException line 1:31 mismatched input 'text' expecting <type>$/,
    ],
    [
      'CREATE EXTERNAL TABLE bad (id string',
      /ParseException line 1:37 mismatched input '<EOF>' expecting '\)'$/,
    ],
    [
      "CREATE EXTERNAL TABLE bad-name (id string) LOCATION 's3://lake/x/'",
      /line 1:26 mismatched input '-' expecting '\('/,
    ],
    ['CREATE EXTERNAL TABLE bad (id string)', /SemanticException An external table needs a LOCATION$/],
    [
      "CREATE EXTERNAL TABLE bad (id string) LOCATION '/tmp/x'",
      /SemanticException \/tmp\/x is no LOCATION in S3/,
    ],
    [
      "CREATE EXTERNAL TABLE nowhere.bad (id string) LOCATION 's3://lake/x/'",
      /Database does not exist: nowhere$/,
    ],
    ["CREATE EXTERNAL TABLE bad (id string, ID int) LOCATION 's3://lake/x/'", /Duplicate column name: id/],
    [
      "CREATE EXTERNAL TABLE bad (id string) CLUSTERED BY (id) INTO 4 BUCKETS LOCATION 's3://lake/x/'",
      /^NOT_SUPPORTED: CLUSTERED BY/,
    ],
    [
      "CREATE EXTERNAL TABLE bad (id string) STORED BY 'x' LOCATION 's3://lake/x/'",
      /^NOT_SUPPORTED: STORED BY/,
    ],
    [
      "CREATE EXTERNAL TABLE bad (id string) STORED AS XML LOCATION 's3://lake/x/'",
      /mismatched input 'XML' expecting INPUTFORMAT, TEXTFILE/,
    ],
    [
      "CREATE EXTERNAL TABLE bad (id string) LOCATION 's3://lake/x/' STORED AS PARQUET",
      /mismatched input 'STORED' expecting <EOF>$/,
    ],
    ['CREATE TABLE bad (id string)', /^NOT_SUPPORTED: CREATE TABLE without EXTERNAL or AS is not supported/],
  ])('fails on %s', async (sql, reason) => {
    const answer = await lake.ask(sql)

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toMatch(reason)
    await expect(stored('bad')).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })

  it('takes no parameters', async () => {
    const sql = "CREATE EXTERNAL TABLE IF NOT EXISTS asked (id string) LOCATION 's3://lake/x/'"

    expect((await lake.ask(sql, {ExecutionParameters: ['1']})).reason).toBe(
      'INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 0 but found 1',
    )
  })
})

describe('ALTER TABLE and DROP TABLE', () => {
  it('change columns, properties and place, and keep the version before', async () => {
    await done("CREATE EXTERNAL TABLE grown (id string, n int COMMENT 'many') LOCATION 's3://lake/grown/'")
    await done('ALTER TABLE grown ADD COLUMNS (q decimal(10,2), `Tags` array<string>)')
    await done('ALTER TABLE usage.grown CHANGE COLUMN n m bigint')
    await done("ALTER TABLE grown SET TBLPROPERTIES ('a'='1', 'b'='2')")
    await done("ALTER TABLE grown SET LOCATION 's3://lake/moved/'")
    const table = await stored('grown')

    expect(table).toMatchObject({
      VersionId: '4',
      TableType: 'EXTERNAL_TABLE',
      Parameters: {EXTERNAL: 'TRUE', a: '1', b: '2'},
    })
    expect(table.StorageDescriptor).toMatchObject({
      Location: 's3://lake/moved',
      Columns: [
        {Name: 'id', Type: 'string'},
        {Name: 'm', Type: 'bigint', Comment: 'many'},
        {Name: 'q', Type: 'decimal(10,2)'},
        {Name: 'tags', Type: 'array<string>'},
      ],
    })
    await done('ALTER TABLE grown REPLACE COLUMNS (x string)')
    expect((await stored('grown')).StorageDescriptor?.Columns).toEqual([{Name: 'x', Type: 'string'}])
  })

  it('leave the objects of a dropped table where they are', async () => {
    const table = "CREATE EXTERNAL TABLE shortly (id string) STORED AS PARQUET LOCATION 's3://lake/shortly/'"
    await done(table)
    await done("INSERT INTO shortly VALUES ('a')")
    await done('DROP TABLE shortly')
    await done('DROP TABLE IF EXISTS usage.shortly')
    await done(table)

    expect((await done('SELECT * FROM shortly')).rows).toEqual([['a']])
  })

  it.each([
    ['DROP TABLE nothing', 'FAILED: SemanticException [Error 10001]: Table not found usage.nothing'],
    ['DROP TABLE seen', 'FAILED: SemanticException [Error 10127]: Cannot drop a view with DROP TABLE'],
    [
      'ALTER TABLE nothing ADD COLUMNS (x int)',
      'FAILED: SemanticException [Error 10001]: Table not found usage.nothing',
    ],
    [
      'ALTER TABLE still CHANGE x y int',
      'FAILED: SemanticException [Error 10002]: Invalid column reference x',
    ],
    [
      'ALTER TABLE still SIT LOCATION',
      "FAILED: ParseException line 1:19 mismatched input 'SIT' expecting ADD, CHANGE, DROP, PARTITION, REPLACE, SET",
    ],
  ])('fail on %s', async (sql, reason) => {
    await done(
      "CREATE EXTERNAL TABLE IF NOT EXISTS still (id string) STORED AS PARQUET LOCATION 's3://lake/still/'",
    )
    await done('CREATE OR REPLACE VIEW seen AS SELECT id FROM still')

    expect((await lake.ask(sql)).reason).toBe(reason)
  })

  it('refuse by name what Athena does not do or the endpoint does not', async () => {
    await done(
      "CREATE EXTERNAL TABLE IF NOT EXISTS still (id string) STORED AS PARQUET LOCATION 's3://lake/still/'",
    )

    expect((await lake.ask('ALTER TABLE still RENAME TO other')).reason).toMatch(
      /^NOT_SUPPORTED: ALTER TABLE \.\.\. RENAME TO/,
    )
    expect((await lake.ask('ALTER TABLE still CHANGE id id string FIRST')).reason).toMatch(
      /^NOT_SUPPORTED: FIRST or AFTER/,
    )
  })
})
