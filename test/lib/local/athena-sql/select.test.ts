import {jsonTable, Lake} from '../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(jsonTable('calls', {id: 'string', n: 'bigint', q: 'decimal(38,9)'}))
  await lake.put('calls/a', '{"id":"a","n":7,"q":1.5}\n{"id":"b","n":2,"q":2.25}\n{"id":"c"}\n')
})

afterAll(async () => {
  await lake.discard()
})

describe('SELECT', () => {
  it('finds a table by name, by schema and by catalog', async () => {
    for (const name of [
      'calls',
      'usage.calls',
      '"usage"."calls"',
      'awsdatacatalog.usage.calls',
      'USAGE.Calls',
    ]) {
      const answer = await lake.ask(`SELECT count(*) FROM ${name}`, {
        QueryExecutionContext: name === 'calls' ? {Database: 'usage'} : {},
      })

      expect(answer.reason).toBeUndefined()
      expect(answer.rows).toEqual([['3']])
      expect(answer.columns).toEqual(['_col0'])
    }
  })

  it('computes as Trino does: integer division, whole hours, weekdays, NULL in concat', async () => {
    const answer =
      await lake.ask(`SELECT 7 / 2, date_diff('hour', TIMESTAMP '2026-01-01 00:59:00', TIMESTAMP '2026-01-01 01:00:00'),
      day_of_week(DATE '2026-11-01'), concat('a', NULL), regexp_replace('a1b2', '([0-9])', '<$1>'), greatest(1, 2)`)

    expect(answer.reason).toBeUndefined()
    expect(answer.rows).toEqual([['3', '0', '7', null, 'a<1>b<2>', '2']])
  })

  it('takes CTEs, windows, FILTER and ordinals, and names the types as Athena does', async () => {
    const answer =
      await lake.ask(`WITH ranked AS (SELECT id, n, q, row_number() OVER (ORDER BY id) AS place FROM calls)
      SELECT place, sum(n) AS total, sum(q) AS units, count(*) FILTER (WHERE n > 3) AS many, try_cast(id AS BIGINT) AS nothing
      FROM ranked GROUP BY 1, id ORDER BY 1 NULLS LAST`)

    expect(answer.reason).toBeUndefined()
    expect(answer.types).toEqual(['bigint', 'bigint', 'decimal', 'bigint', 'bigint'])
    expect(answer.rows).toEqual([
      ['1', '7', '1.500000000', '1', null],
      ['2', '2', '2.250000000', '0', null],
      ['3', null, null, '0', null],
    ])
  })

  it('gives NULL for malformed text in TRY(from_iso8601_timestamp(...))', async () => {
    const answer = await lake.ask(
      `SELECT TRY(from_iso8601_timestamp(x)) AT TIME ZONE 'UTC' AS t FROM (VALUES ('2026-11-01T10:00:00.5+02:00'), ('soon')) AS v(x) ORDER BY 1`,
    )

    expect(answer.rows).toEqual([['2026-11-01 08:00:00.500 UTC'], [null]])
    expect(answer.types).toEqual(['timestamp with time zone'])
  })

  it('puts parameters in place of question marks that are no part of a text', async () => {
    const answer = await lake.ask("SELECT '?' || id AS x FROM calls WHERE n > ? AND id <> ?", {
      ExecutionParameters: ['1', "'it''s'"],
    })

    expect(answer.rows).toEqual([['?a'], ['?b']])
  })

  it('keeps "$path" out of a star and gives it where it is named', async () => {
    const answer = await lake.ask(`SELECT *, "$path" FROM calls WHERE id = 'a'`)

    expect(answer.columns).toEqual(['id', 'n', 'q', '$path'])
    expect(answer.rows).toEqual([['a', '7', '1.500000000', 's3://lake/calls/a']])
  })

  it('writes doubles as Java does', async () => {
    const answer = await lake.ask('SELECT 1e0, 1.5e7, 1e-5, CAST(0.1 AS REAL), 12345.678e0, infinity()')

    expect(answer.reason).toBeUndefined()
    expect(answer.rows[0]?.slice(0, 5)).toEqual(['1.0', '1.5E7', '1.0E-5', '0.1', '12345.678'])
  })
})

describe('a query that fails', () => {
  const reasons: [string, string, number | undefined][] = [
    ['SELEC 1', "line 1:1: mismatched input 'SELEC'. Expecting: 'SELECT', 'VALUES', 'WITH', <query>", 1006],
    ['SELECT 1 FROM calls WHERE n form', "line 1:29: mismatched input 'form'", 1006],
    [
      'SELECT 1 FROM nothing',
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.usage.nothing' does not exist",
      1110,
    ],
    ['SELECT 1 FROM no.calls', "SCHEMA_NOT_FOUND: line 1:15: Schema 'no' does not exist", 1110],
    [
      'SELECT id,\n  nothing FROM calls',
      "COLUMN_NOT_FOUND: line 2:3: Column 'nothing' cannot be resolved or requester is not authorized to access requested resources",
      1006,
    ],
    ['SELECT nosuch(1)', "FUNCTION_NOT_FOUND: line 1:8: Function 'nosuch' not registered", 1006],
    [
      'SELECT id, count(*) FROM calls',
      "EXPRESSION_NOT_AGGREGATE: line 1:8: 'id' must be an aggregate expression or appear in GROUP BY clause",
      1006,
    ],
    [
      "SELECT CAST(id AS BIGINT) FROM calls WHERE id = 'a'",
      "INVALID_CAST_ARGUMENT: Cannot cast 'a' to INT64",
      undefined,
    ],
    [
      "SELECT * FROM read_text('/etc/hostname')",
      "FUNCTION_NOT_FOUND: line 1:15: Table function 'read_text' not registered",
      1006,
    ],
    [
      "SELECT * FROM '/etc/hostname'",
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.usage./etc/hostname' does not exist",
      1110,
    ],
  ]

  it.each(reasons)('says why: %s', async (sql, reason, errorType) => {
    const answer = await lake.ask(sql)

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toBe(reason)
    expect(answer.execution.Status?.AthenaError).toMatchObject({ErrorCategory: 2, ErrorMessage: reason})
    expect(answer.execution.Status?.AthenaError?.ErrorType).toBe(errorType)
  })

  it.each([
    'CREATE TABLE x (id string)',
    'MERGE INTO calls',
    'SHOW FUNCTIONS',
    'DROP FUNCTION calls',
    'EXPLAIN SELECT 1',
  ])('names the construct that is not there: %s', async (sql) => {
    const answer = await lake.ask(sql)

    expect(answer.state).toBe('FAILED')
    expect(answer.reason).toMatch(
      /^NOT_SUPPORTED: (CREATE TABLE without EXTERNAL or AS|MERGE|SHOW|DROP FUNCTION|EXPLAIN) is not supported by this local endpoint/,
    )
  })

  it.each([
    "COPY calls TO '/tmp/x'",
    "ATTACH '/tmp/x'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET threads = 1',
    'PRAGMA version',
  ])('takes no statement of DuckDB: %s', async (sql) => {
    expect((await lake.ask(sql)).reason).toMatch(
      /^line 1:1: mismatched input '(COPY|ATTACH|INSTALL|LOAD|SET|PRAGMA)'/,
    )
  })

  it('counts its parameters', async () => {
    const answer = await lake.ask('SELECT id FROM calls WHERE n = ? AND id = ?', {ExecutionParameters: ['1']})

    expect(answer.reason).toBe(
      'INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 2 but found 1',
    )
  })

  it('takes nothing but a literal as a parameter', async () => {
    const answer = await lake.ask('SELECT id FROM calls WHERE n = ?', {ExecutionParameters: ['1 OR true']})

    expect(answer.reason).toMatch(
      /^INVALID_PARAMETER_USAGE: line 1:1: The parameter 1 OR true is not a literal/,
    )
  })
})
