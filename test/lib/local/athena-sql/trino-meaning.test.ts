import {jsonTable, Lake} from '../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(
    jsonTable('calls', {id: 'string', n: 'bigint', x: 'double', q: 'decimal(9,9)', moment: 'timestamp'}),
  )
  await lake.put(
    'calls/a',
    '{"id":"7","n":0,"x":2.5,"q":0.5,"moment":"2026-11-01 10:00:00"}\n{"id":"7.0","n":2,"x":-1.2345678e7,"q":-0.25,"moment":"2026-11-01 10:00:00.25"}\n{}\n',
  )
})

afterAll(async () => {
  await lake.discard()
})

// What Trino 483 answers to the same (test/peers/trino).
describe('words that mean something else to DuckDB', () => {
  it('divides by zero as Trino does', async () => {
    const [whole, rest, quotients] = await Promise.all([
      lake.ask('SELECT 1 / n FROM calls'),
      lake.ask('SELECT 1 % n FROM calls'),
      lake.ask('SELECT x / 0, 0e0 / n, TRY(7 / n) FROM calls ORDER BY id NULLS LAST'),
    ])

    expect([whole.reason, rest.reason]).toEqual(Array(2).fill('DIVISION_BY_ZERO: Division by zero'))
    expect(quotients.rows).toEqual([
      ['Infinity', 'NaN', null],
      ['-Infinity', '0.0', '3'],
      [null, null, null],
    ])
  })

  it('refuses to divide decimals, whose digits it cannot know', async () => {
    const {reason} = await lake.ask('SELECT q / 3 FROM calls')

    expect(reason).toMatch(/^NOT_SUPPORTED: Division of decimals/)
    expect((await lake.ask('SELECT CAST(q AS DOUBLE) / 2 FROM calls ORDER BY 1 LIMIT 1')).rows).toEqual([
      ['-0.125'],
    ])
  })

  it('writes times, doubles and decimals as text as Trino does', async () => {
    const {rows, reason} = await lake.ask(
      `SELECT CAST(moment AS VARCHAR), CAST(x AS VARCHAR), CAST(q AS VARCHAR), CAST(n AS VARCHAR) FROM calls
       GROUP BY CAST(moment AS VARCHAR), CAST(x AS VARCHAR), CAST(q AS VARCHAR), CAST(n AS VARCHAR) ORDER BY 4 NULLS LAST`,
    )

    expect(reason).toBeUndefined()
    expect(rows).toEqual([
      ['2026-11-01 10:00:00.000', '2.5E0', '0.500000000', '0'],
      ['2026-11-01 10:00:00.250', '-1.2345678E7', '-0.250000000', '2'],
      [null, null, null, null],
    ])
  })

  it('casts to whole numbers: halves away from zero, text of digits alone', async () => {
    const [casts, failed] = await Promise.all([
      lake.ask('SELECT CAST(x AS BIGINT), TRY_CAST(id AS INTEGER) FROM calls ORDER BY id NULLS LAST'),
      lake.ask('SELECT CAST(id AS BIGINT) FROM calls'),
    ])

    expect(casts.rows).toEqual([
      ['3', '7'],
      ['-12345678', null],
      [null, null],
    ])
    expect(failed.reason).toMatch(/^INVALID_CAST_ARGUMENT: Cannot cast '7.0' to /)
  })

  it('gives DECIMAL literals the digits that they have', async () => {
    const {rows} = await lake.ask("SELECT DECIMAL '0.000000001', DECIMAL '1.5' * DECIMAL '1.50'")

    expect(rows).toEqual([['0.000000001', '2.250']])
  })

  it('still says where a mistake is', async () => {
    const {reason} = await lake.ask('SELECT 1 / 2,\n CAST(nothing AS VARCHAR) FROM calls')

    expect(reason).toMatch(/^COLUMN_NOT_FOUND: line 2:7: Column 'nothing'/)
  })
})
