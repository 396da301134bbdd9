import {GetTableCommand, CreateTableCommand, UpdateTableCommand} from '@aws-sdk/client-glue'
import {GetObjectCommand} from '@aws-sdk/client-s3'
import {jsonTable, Lake, type Answer} from '../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(jsonTable('calls', {id: 'string', n: 'bigint', q: 'decimal(38,9)', tags: 'array<string>'}))
  await lake.put('calls/a', '{"id":"a","n":7,"q":1.5,"tags":["x"]}\n{"id":"b","n":2,"q":2.25}\n{"id":"c"}\n')
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

async function storedView(name: string) {
  const {Table} = await lake.glue.send(new GetTableCommand({DatabaseName: 'usage', Name: name}))
  const text = /^\/\* Presto View: (.*) \*\/$/.exec(Table?.ViewOriginalText ?? '')?.[1] ?? ''
  return {table: Table, definition: JSON.parse(Buffer.from(text, 'base64').toString()) as unknown}
}

/** A view as another program writes it to Glue. */
function viewInput(name: string, originalSql: string, columns: Record<string, string>, schema = 'usage') {
  const list = Object.entries(columns).map(([column, type]) => ({name: column, type}))
  const json = JSON.stringify({originalSql, catalog: 'awsdatacatalog', schema, columns: list})
  return {
    Name: name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: {presto_view: 'true', comment: 'Presto View'},
    ViewOriginalText: `/* Presto View: ${Buffer.from(json).toString('base64')} */`,
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: {Columns: list.map((column) => ({Name: column.name, Type: 'string'}))},
  }
}

async function glueView(...view: Parameters<typeof viewInput>): Promise<void> {
  await lake.glue.send(new CreateTableCommand({DatabaseName: 'usage', TableInput: viewInput(...view)}))
}

describe('CREATE VIEW', () => {
  it('keeps the view in the catalog as Athena does', async () => {
    const {execution, result} = await done(
      `CREATE VIEW stored AS\nSELECT id, n, q * 2 AS "Twice", tags, CAST(ROW(n, id) AS ROW(n bigint, "Id" varchar)) AS both, CAST(now() AS timestamp) AS at FROM calls;`,
    )
    const {table, definition} = await storedView('stored')

    expect(execution).toMatchObject({
      StatementType: 'DDL',
      SubstatementType: 'CREATE_VIEW',
      Statistics: {DataScannedInBytes: 0},
    })
    expect(result).toEqual({Rows: [], ResultSetMetadata: {ColumnInfo: []}})
    expect(table).toMatchObject({
      TableType: 'VIRTUAL_VIEW',
      Parameters: {presto_view: 'true', comment: 'Presto View'},
      PartitionKeys: [],
      ViewExpandedText: '/* Presto View */',
      VersionId: '0',
    })
    expect(table?.StorageDescriptor?.Columns).toEqual([
      {Name: 'id', Type: 'string'},
      {Name: 'n', Type: 'bigint'},
      {Name: 'twice', Type: 'decimal(38,9)'},
      {Name: 'tags', Type: 'array<string>'},
      {Name: 'both', Type: 'struct<n:bigint,id:string>'},
      {Name: 'at', Type: 'timestamp'},
    ])
    expect(definition).toEqual({
      originalSql:
        'SELECT id, n, q * 2 AS "Twice", tags, CAST(ROW(n, id) AS ROW(n bigint, "Id" varchar)) AS both, CAST(now() AS timestamp) AS at FROM calls',
      catalog: 'awsdatacatalog',
      schema: 'usage',
      columns: [
        {name: 'id', type: 'varchar'},
        {name: 'n', type: 'bigint'},
        {name: 'twice', type: 'decimal(38,9)'},
        {name: 'tags', type: 'array(varchar)'},
        {name: 'both', type: 'row(n bigint, id varchar)'},
        {name: 'at', type: 'timestamp(3)'},
      ],
    })
  })

  it('writes an empty text file and reads no object', async () => {
    const {execution} = await done('CREATE OR REPLACE VIEW plain AS SELECT id FROM calls')
    const location = execution.ResultConfiguration?.OutputLocation ?? ''
    const key = location.replace('s3://lake/', '')
    const object = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key: key}))

    expect(location).toBe(`s3://lake/results/${execution.QueryExecutionId ?? ''}.txt`)
    expect(await object.Body?.transformToString()).toBe('')
  })

  it('refuses a second view of a name, replaces one on demand, and never a table', async () => {
    await done('CREATE VIEW once AS SELECT id FROM calls')
    const again = await lake.ask('CREATE VIEW once AS SELECT n FROM calls')
    await done('CREATE OR REPLACE VIEW usage.once AS SELECT n FROM calls')
    const table = await lake.ask('CREATE OR REPLACE VIEW calls AS SELECT 1 AS x')
    const {table: stored} = await storedView('once')

    expect(again.reason).toBe("ALREADY_EXISTS: line 1:1: View already exists: 'usage.once'")
    expect(table.reason).toBe(
      "TABLE_ALREADY_EXISTS: line 1:1: Table already exists: 'awsdatacatalog.usage.calls'",
    )
    expect(stored?.VersionId).toBe('1')
    expect((await done('SELECT * FROM once ORDER BY n NULLS LAST')).rows).toEqual([['2'], ['7'], [null]])
  })

  it.each([
    ['CREATE VIEW bad AS SELECT x FROM calls', /^COLUMN_NOT_FOUND: line 1:27: Column 'x' cannot be resolved/],
    [
      'CREATE VIEW bad AS\n  SELECT 1 AS x FROM nothing',
      /^TABLE_NOT_FOUND: line 2:22: Table 'awsdatacatalog.usage.nothing' does not exist$/,
    ],
    [
      'CREATE VIEW elsewhere.bad AS SELECT 1 AS x',
      /^SCHEMA_NOT_FOUND: line 1:13: Schema 'elsewhere' does not exist$/,
    ],
    [
      'CREATE VIEW bad AS SELECT id, n + 1 FROM calls',
      /^MISSING_COLUMN_NAME: line 1:1: Column name not specified at position 2$/,
    ],
    [
      'CREATE VIEW bad AS SELECT id, n AS "ID" FROM calls',
      /^DUPLICATE_COLUMN_NAME: line 1:1: Column name 'id' specified more than once$/,
    ],
    ['CREATE VIEW bad AS SELECT ROW(id, n) AS r FROM calls', /^NOT_SUPPORTED: Column 'r' has a type/],
    ['CREATE VIEW bad AS SELECT now() AS t', /^NOT_SUPPORTED: Column 't' has a type that Hive has none for/],
    ['CREATE VIEW bad SELECT 1', /^line 1:17: mismatched input 'SELECT'\. Expecting: 'AS'$/],
    ['CREATE VIEW bad AS INSERT INTO calls SELECT 1', /INSERT/],
    ['CREATE MATERIALIZED VIEW bad AS SELECT 1 AS x', /^NOT_SUPPORTED: CREATE MATERIALIZED VIEW/],
    ['CREATE PROTECTED MULTI DIALECT VIEW bad AS SELECT 1 AS x', /^NOT_SUPPORTED: CREATE PROTECTED MULTI/],
  ])('fails on %s', async (sql, reason) => {
    const answer = await lake.ask(sql)

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toMatch(reason)
    await expect(
      lake.glue.send(new GetTableCommand({DatabaseName: 'usage', Name: 'bad'})),
    ).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })

  it('does not let a view read itself', async () => {
    await done('CREATE VIEW self AS SELECT id FROM calls')
    await done('CREATE VIEW over_self AS SELECT id FROM self')

    expect((await lake.ask('CREATE OR REPLACE VIEW self AS SELECT id FROM self')).reason).toBe(
      'VIEW_IS_RECURSIVE: line 1:47: Statement would create a recursive view',
    )
    expect((await lake.ask('CREATE OR REPLACE VIEW self AS SELECT id FROM over_self')).reason).toBe(
      "INVALID_VIEW: line 1:47: Failed analyzing stored view 'awsdatacatalog.usage.over_self': line 1:16: Statement would create a recursive view",
    )
  })
})

describe('DROP VIEW', () => {
  it('takes the view away, and fails where there is none', async () => {
    await done('CREATE VIEW short_lived AS SELECT id FROM calls')
    const {execution} = await done('DROP VIEW short_lived')

    expect(execution).toMatchObject({StatementType: 'DDL', SubstatementType: 'DROP_VIEW'})
    expect((await lake.ask('DROP VIEW short_lived')).reason).toBe(
      "GENERIC_USER_ERROR: line 1:1: View 'awsdatacatalog.usage.short_lived' does not exist",
    )
    await done('DROP VIEW IF EXISTS usage.short_lived')
    expect((await lake.ask('DROP VIEW IF EXISTS calls')).reason).toBe(
      "GENERIC_USER_ERROR: line 1:1: View 'awsdatacatalog.usage.calls' does not exist, but a table with that name exists. Did you mean DROP TABLE awsdatacatalog.usage.calls?",
    )
  })
})

describe('a query over views', () => {
  it('reads views over views, by name, schema and catalog', async () => {
    await done('CREATE VIEW known AS SELECT id, n FROM calls WHERE n IS NOT NULL')
    await done(
      'CREATE VIEW summed AS WITH k AS (SELECT * FROM known) SELECT count(*) AS many, sum(n) AS total FROM k',
    )

    for (const name of ['summed', 'USAGE.Summed', '"usage"."summed"', 'awsdatacatalog.usage.summed']) {
      const answer = await done(`SELECT * FROM ${name} s`, {QueryExecutionContext: {Database: 'usage'}})

      expect(answer.columns).toEqual(['many', 'total'])
      expect(answer.types).toEqual(['bigint', 'bigint'])
      expect(answer.rows).toEqual([['2', '9']])
    }
  })

  it('resolves names inside a view in the schema in which it was made', async () => {
    await lake.database('other')
    await done('CREATE VIEW other.far AS SELECT id FROM calls')

    expect(
      (await done('SELECT count(*) FROM far', {QueryExecutionContext: {Database: 'other'}})).rows,
    ).toEqual([['3']])
    expect((await done('WITH calls AS (SELECT 1 AS x) SELECT count(*) FROM other.far, calls')).rows).toEqual([
      ['3'],
    ])
  })

  it('takes a view that another program wrote to Glue, and its change', async () => {
    await glueView('foreign_view', "SELECT id, n + 1 AS m FROM calls WHERE id < 'c'", {
      id: 'varchar',
      m: 'bigint',
    })
    const before = await done('SELECT * FROM foreign_view ORDER BY 1')
    await lake.glue.send(
      new UpdateTableCommand({
        DatabaseName: 'usage',
        TableInput: viewInput('foreign_view', "SELECT upper(id) FROM calls WHERE id = 'c'", {
          letter: 'varchar',
        }),
      }),
    )
    const after = await done('SELECT * FROM foreign_view')

    expect(before.rows).toEqual([
      ['a', '8'],
      ['b', '3'],
    ])
    expect(after.columns).toEqual(['letter'])
    expect(after.rows).toEqual([['C']])
  })

  it('has functions of Trino inside views', async () => {
    await done(
      `CREATE VIEW trino AS SELECT 7 / 2 AS half, concat('a', CAST(NULL AS varchar)) AS nothing, day_of_week(DATE '2026-11-01') AS d,
       date_diff('hour', TIMESTAMP '2026-01-01 00:59:00', TIMESTAMP '2026-01-01 01:00:00') AS hours, regexp_replace('a1b2', '([0-9])', '<$1>') AS r`,
    )

    expect((await done('SELECT * FROM trino')).rows).toEqual([['3', null, '7', '0', 'a<1>b<2>']])
  })

  it('gives "$path" of its tables as a column', async () => {
    await done('CREATE VIEW placed AS SELECT id, "$path" AS object FROM calls')
    await done('CREATE VIEW paths AS SELECT "$path", id FROM calls')
    await done('CREATE VIEW starred AS SELECT * FROM calls')

    expect((await done("SELECT * FROM placed WHERE id = 'a'")).rows).toEqual([['a', 's3://lake/calls/a']])
    expect((await done(`SELECT * FROM paths WHERE "$path" LIKE '%/a' AND id = 'a'`)).rows).toEqual([
      ['s3://lake/calls/a', 'a'],
    ])
    const both = await done(
      `SELECT s.*, p."$path" FROM starred s JOIN paths p ON s.id = p.id WHERE s.id = 'a'`,
    )
    expect(both.columns).toEqual(['id', 'n', 'q', 'tags', '$path'])
    const nested = await done('SELECT * FROM (SELECT c.*, "$path" FROM calls c) ORDER BY id LIMIT 1')
    expect(nested.columns).toEqual(['id', 'n', 'q', 'tags', '$path'])
  })

  it('fails as Athena does where what a view reads is gone, and where views turn in a circle', async () => {
    await glueView('lost', 'SELECT x FROM nothing', {x: 'varchar'})
    await glueView('over_lost', 'SELECT *\nFROM lost', {x: 'varchar'})
    await glueView('round', 'SELECT x FROM trip', {x: 'varchar'})
    await glueView('trip', 'SELECT x FROM round', {x: 'varchar'})
    await glueView('unknown', 'SELECT nowhere FROM calls', {nowhere: 'varchar'})
    await glueView('unread', 'SELECT FROM WHERE', {x: 'varchar'})

    expect((await lake.ask('SELECT * FROM over_lost')).reason).toBe(
      "INVALID_VIEW: line 1:15: Failed analyzing stored view 'awsdatacatalog.usage.over_lost': line 2:6: Failed analyzing stored view 'awsdatacatalog.usage.lost': line 1:15: Table 'awsdatacatalog.usage.nothing' does not exist",
    )
    expect((await lake.ask('SELECT * FROM round')).reason).toBe(
      "INVALID_VIEW: line 1:15: Failed analyzing stored view 'awsdatacatalog.usage.round': line 1:15: Failed analyzing stored view 'awsdatacatalog.usage.trip': line 1:15: View is recursive",
    )
    expect((await lake.ask('SELECT * FROM unknown')).reason).toMatch(
      /^INVALID_VIEW: line 1:15: Failed analyzing stored view 'awsdatacatalog\.usage\.unknown': Column 'nowhere' cannot be resolved/,
    )
    expect((await lake.ask('SELECT * FROM unread')).reason).toMatch(
      /^INVALID_VIEW: line 1:15: Failed parsing stored view 'awsdatacatalog\.usage\.unread': line 1:13: mismatched input 'WHERE'/,
    )
  })

  it('fails where a view gives other columns than it was made with', async () => {
    await glueView('grown', 'SELECT * FROM calls', {id: 'varchar'})
    await glueView('turned', 'SELECT id FROM calls', {id: 'bigint'})

    expect((await lake.ask('SELECT * FROM grown')).reason).toBe(
      "VIEW_IS_STALE: line 1:15: View 'awsdatacatalog.usage.grown' is stale or in invalid state: stored view column count (1) does not match column count derived from the view query analysis (4)",
    )
    expect((await lake.ask('SELECT * FROM turned')).reason).toBe(
      "VIEW_IS_STALE: line 1:15: View 'awsdatacatalog.usage.turned' is stale or in invalid state: column [id] of type varchar projected from query view at position 0 cannot be coerced to column [id] of type bigint stored in view definition",
    )
  })

  it('refuses views in the language of Hive', async () => {
    const {Name, TableType} = viewInput('hive_view', '', {})
    await lake.glue.send(
      new CreateTableCommand({
        DatabaseName: 'usage',
        TableInput: {Name, TableType, ViewOriginalText: 'SELECT id FROM calls'},
      }),
    )

    expect((await lake.ask('SELECT * FROM hive_view')).reason).toMatch(
      /^NOT_SUPPORTED: A view in the language of Hive \(usage\.hive_view\)/,
    )
  })
})
