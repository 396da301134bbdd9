import fc from 'fast-check'
import {Lake} from '../services/athena/lake'
import cases from './cases/trino.json'

let lake: Lake

beforeAll(async () => (lake = await Lake.open()))
afterAll(async () => lake.discard())

// Each expression has the type and the value that Trino 483 gives it (test/peers/trino).
describe('what Trino makes of expressions', () => {
  it.each(Object.entries(cases))('%s', async (_, expressions) => {
    const list = Object.entries<{type: string; value: string | null}>(expressions)
    const {types, rows, reason} = await lake.ask(`SELECT\n${list.map(([sql]) => sql).join(',\n')}`)

    expect(reason).toBeUndefined()
    const answers = list.map(([sql], place) => [sql, {type: types[place], value: rows[0]?.[place]}])
    expect(Object.fromEntries(answers)).toEqual(expressions)
  })

  it('averages decimals to the digits that they have', async () => {
    const {rows, types} = await lake.ask(
      "SELECT avg(d), avg(-d), avg(n) FROM (VALUES (DECIMAL '1.10', 1), (DECIMAL '2.25', 2), (DECIMAL '2.25', 2)) AS t (d, n)",
    )

    expect([types, rows]).toEqual([
      ['decimal', 'decimal', 'double'],
      [['1.87', '-1.87', '1.6666666666666667']],
    ])
  })

  it('reads the same moment out of every spelling of it', async () => {
    const part = (digits: number, most: number) =>
      fc.integer({min: 0, max: most}).map((value) => String(value).padStart(digits, '0'))
    const offset = fc.constantFrom('Z', 'z', '+00:00', '+02:00', '-0530', '+14')
    const time = fc.tuple(
      part(2, 23),
      part(2, 59),
      part(2, 59),
      fc.constantFrom('', '.5', ',123', '.123456789'),
      offset,
    )
    const texts = fc
      .sample(time, 40)
      .map(([h, m, s, fraction, zone]) => `2026-11-01T${h}:${m}:${s}${fraction}${zone}`)
    const {rows} = await lake.ask(
      `SELECT to_unixtime(from_iso8601_timestamp(t)) * 1000, t FROM (VALUES ${texts.map((text) => `('${text}')`).join(', ')}) AS v (t)`,
    )

    expect(rows).toHaveLength(texts.length)
    for (const [milliseconds, text = ''] of rows) {
      const plain = String(text)
        .replace(',', '.')
        .replace(/(\.\d{3})\d*/, '$1')
        .replace('z', 'Z')
      const iso = plain.replace(
        /([+-]\d\d)(\d\d)?$/,
        (_, hours: string, minutes = '00') => `${hours}:${minutes}`,
      )
      expect([text, Math.round(Number(milliseconds))]).toEqual([text, Date.parse(iso)])
    }
  })
})

describe('what is refused by name rather than answered otherwise than Trino does', () => {
  it.each([
    ["TIMESTAMP '2026-11-01 10:00:00' AT TIME ZONE 'Europe/Paris'", 'A time in a zone other than UTC'],
    ["from_iso8601_timestamp('2026-11-01T10:00:00+02:00')", 'A time with an offset other than UTC'],
    ["date_format(now(), concat('%', 'Y'))", 'A format of dates that is not a literal'],
    ["DATE '2026-11-02' - date('2026-11-01')", 'The interval between two dates'],
    ["INTERVAL '1' MONTH", 'An interval of months or years'],
    ["json_value('{}', 'lax $.a')", 'json_value()'],
    ['CAST(2 AS DECIMAL(38,9)) * CAST(n AS DECIMAL(9,2))', 'A product of decimals'],
    ["format('%x', n)", '%x in format()'],
    ["CAST('a' AS CHAR(2))", 'CHAR'],
    ['sum(n) FROM (SELECT 1) CROSS JOIN UNNEST(ARRAY[ROW(1, 2)]) AS u (n, m)', 'UNNEST of rows'],
  ])('%s', async (expression, named) => {
    const from = expression.includes(' FROM ') ? '' : ' FROM (SELECT 1 AS n) AS t'
    const {reason} = await lake.ask(`SELECT ${expression}${from}`)

    expect(reason).toContain(`NOT_SUPPORTED: ${named}`)
  })

  it.each([
    ["date_trunc('decade', now())", 'INVALID_FUNCTION_ARGUMENT'],
    ["date_format(now(), '%U')", 'INVALID_FUNCTION_ARGUMENT'],
    ["TIMESTAMP '2026-11-01T10:00:00'", 'INVALID_LITERAL'],
    ["date_parse('soon', '%Y')", 'INVALID_FUNCTION_ARGUMENT'],
    ["split_part('a', ',', 0)", 'INVALID_FUNCTION_ARGUMENT'],
    ["json_extract_scalar('{}', '$..a')", 'INVALID_FUNCTION_ARGUMENT'],
  ])('fails as Trino does: %s', async (expression, named) => {
    expect((await lake.ask(`SELECT ${expression}`)).reason).toMatch(new RegExp(`^${named}: `))
  })
})
