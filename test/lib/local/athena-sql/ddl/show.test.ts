import {GetQueryResultsCommand} from '@aws-sdk/client-athena'
import {GetObjectCommand} from '@aws-sdk/client-s3'
import {GetTableCommand} from '@aws-sdk/client-glue'
import {Lake, type Answer} from '../../services/athena/lake'

let lake: Lake

const create = `CREATE EXTERNAL TABLE calls (id string, a_rather_long_column_name int COMMENT 'n')
  COMMENT 'it\\'s calls' PARTITIONED BY (dt string COMMENT 'day')
  ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('ignore.malformed.json'='true')
  LOCATION 's3://lake/calls/' TBLPROPERTIES ('x'='1','classification'='json')`

beforeAll(async () => {
  lake = await Lake.open()
  await done(create)
  await done(
    "CREATE EXTERNAL TABLE packed (id string, q decimal(38,9)) STORED AS PARQUET LOCATION 's3://lake/p/'",
  )
  await done('CREATE VIEW seen AS\nSELECT id\nFROM calls')
  await lake.database('other')
})

afterAll(async () => {
  await lake.discard()
})

async function done(sql: string): Promise<Answer> {
  const answer = await lake.ask(sql)
  expect({sql, reason: answer.reason, state: answer.state}).toEqual({
    sql,
    reason: undefined,
    state: 'SUCCEEDED',
  })
  return answer
}

describe('SHOW', () => {
  it.each([
    ['SHOW DATABASES', 'database_name', ['other', 'usage']],
    ["SHOW SCHEMAS LIKE 'us*'", 'database_name', ['usage']],
    ['SHOW TABLES', 'tab_name', ['calls', 'packed', 'seen']],
    ["SHOW TABLES IN usage 'p*|seen'", 'tab_name', ['packed', 'seen']],
    ["show tables '.*a.*'", 'tab_name', ['calls', 'packed']],
    ['SHOW TABLES IN other', 'tab_name', []],
    ['SHOW VIEWS', 'views', ['seen']],
    ["SHOW VIEWS IN usage LIKE 'x*'", 'views', []],
    [
      'SHOW COLUMNS IN calls',
      'field',
      ['id                  ', 'a_rather_long_column_name', 'dt                  '],
    ],
    ['SHOW COLUMNS FROM packed FROM usage', 'field', ['id                  ', 'q                   ']],
    ['SHOW CREATE VIEW seen', 'Create View', ['CREATE VIEW "usage"."seen" AS', 'SELECT id', 'FROM calls']],
  ])('%s', async (sql, column, lines) => {
    const answer = await done(sql)

    expect(answer.execution.StatementType).toBe('UTILITY')
    expect(answer.columns).toEqual([column])
    expect(answer.types).toEqual(['string'])
    expect(answer.lines).toEqual(lines)
  })

  it('writes its lines to a text file without a header, and hands them out in pages', async () => {
    const {execution} = await done('SHOW TABLES')
    const id = execution.QueryExecutionId ?? ''
    const object = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key: `results/${id}.txt`}))
    const first = await lake.athena.send(new GetQueryResultsCommand({QueryExecutionId: id, MaxResults: 2}))
    const second = await lake.athena.send(
      new GetQueryResultsCommand({QueryExecutionId: id, NextToken: first.NextToken}),
    )

    expect(await object.Body?.transformToString()).toBe('calls\npacked\nseen')
    expect(first.ResultSet?.Rows).toEqual([
      {Data: [{VarCharValue: 'calls'}]},
      {Data: [{VarCharValue: 'packed'}]},
    ])
    expect(second.ResultSet?.Rows).toEqual([{Data: [{VarCharValue: 'seen'}]}])
    expect(second.NextToken).toBeUndefined()
  })

  it('shows the properties of a table', async () => {
    const all = await done('SHOW TBLPROPERTIES calls')
    const one = await done("SHOW TBLPROPERTIES calls('x')")

    expect(all.columns).toEqual(['prpt_name', 'prpt_value'])
    expect(all.lines.map((line) => line.replace(/\d{10}/, 'TIME'))).toEqual([
      'EXTERNAL\tTRUE',
      'classification\tjson',
      "comment\tit's calls",
      'transient_lastDdlTime\tTIME',
      'x\t1',
    ])
    expect(one.lines).toEqual(['1'])
  })

  it('shows the statement that makes a table, which makes the same table again', async () => {
    const {lines, columns} = await done('SHOW CREATE TABLE calls')
    const before = await lake.glue.send(new GetTableCommand({DatabaseName: 'usage', Name: 'calls'}))
    await done('DROP TABLE calls')
    await done(lines.join('\n'))
    const after = await lake.glue.send(new GetTableCommand({DatabaseName: 'usage', Name: 'calls'}))

    expect(columns).toEqual(['createtab_stmt'])
    expect(lines.map((line) => line.replace(/\d{10}/, 'TIME'))).toEqual([
      'CREATE EXTERNAL TABLE `calls`(',
      '  `id` string, ',
      "  `a_rather_long_column_name` int COMMENT 'n')",
      "COMMENT 'it\\'s calls'",
      'PARTITIONED BY ( ',
      "  `dt` string COMMENT 'day')",
      'ROW FORMAT SERDE ',
      "  'org.openx.data.jsonserde.JsonSerDe' ",
      'WITH SERDEPROPERTIES ( ',
      "  'ignore.malformed.json'='true', ",
      "  'serialization.format'='1')",
      'STORED AS INPUTFORMAT ',
      "  'org.apache.hadoop.mapred.TextInputFormat' ",
      'OUTPUTFORMAT ',
      "  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
      'LOCATION',
      "  's3://lake/calls'",
      'TBLPROPERTIES (',
      "  'classification'='json', ",
      "  'transient_lastDdlTime'='TIME', ",
      "  'x'='1')",
    ])
    const withoutTimes = ({Table}: typeof before) => ({
      ...Table,
      CreateTime: undefined,
      UpdateTime: undefined,
      Parameters: {...Table?.Parameters, transient_lastDdlTime: ''},
    })
    expect(withoutTimes(after)).toEqual(withoutTimes(before))
  })

  it.each([
    ['SHOW TABLES IN nowhere', /Database does not exist: nowhere$/],
    ['SHOW COLUMNS IN nothing', /Table not found usage\.nothing$/],
    ['SHOW CREATE TABLE seen', /usage\.seen is a view/],
    ['SHOW CREATE VIEW calls', /View 'awsdatacatalog\.usage\.calls' does not exist$/],
    ["SHOW TABLES '('", /\( is no pattern of names$/],
    ['SHOW FUNCTIONS', /^NOT_SUPPORTED: SHOW/],
    ['DESCRIBE nothing', /Table not found usage\.nothing$/],
    ['DESCRIBE EXTENDED calls', /^NOT_SUPPORTED: DESCRIBE EXTENDED/],
    ['DESCRIBE calls id', /^NOT_SUPPORTED: DESCRIBE of a column/],
  ])('fails on %s', async (sql, reason) => {
    expect((await lake.ask(sql)).reason).toMatch(reason)
  })
})

describe('a table that is shown', () => {
  it('shows columns, then partition columns, each line one cell', async () => {
    const answer = await done('DESCRIBE usage.calls')

    expect(answer.columns).toEqual(['col_name', 'data_type', 'comment'])
    expect(answer.lines).toEqual([
      'id                  \tstring              \tfrom deserializer   ',
      'a_rather_long_column_name\tint                 \tn                   ',
      'dt                  \tstring              \tday                 ',
      '\t \t ',
      '# Partition Information\t \t ',
      '# col_name          \tdata_type           \tcomment             ',
      '\t \t ',
      'dt                  \tstring              \tday                 ',
    ])
    expect((await done('DESC packed')).lines).toEqual([
      'id                  \tstring              \t                    ',
      'q                   \tdecimal(38,9)       \t                    ',
    ])
    expect((await done('DESCRIBE seen')).lines).toEqual([
      'id                  \tstring              \t                    ',
    ])
  })

  it('shows everything of a table that is formatted', async () => {
    const {lines} = await done('DESCRIBE FORMATTED packed')

    expect(lines.slice(0, 8)).toEqual([
      '# col_name          \tdata_type           \tcomment             ',
      '\t \t ',
      'id                  \tstring              \t                    ',
      'q                   \tdecimal(38,9)       \t                    ',
      '\t \t ',
      '# Detailed Table Information\t \t ',
      'Database:           \tusage               \t ',
      'Owner:              \thadoop              \t ',
    ])
    expect(lines[8]).toMatch(
      /^CreateTime: {9}\t(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}\t $/,
    )
    expect(lines).toContain('Location:           \ts3://lake/p         \t ')
    expect(lines).toContain('\tserialization.format\t1                   ')
  })
})
