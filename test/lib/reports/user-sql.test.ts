import {bindUserSql, namedValues} from '../../../src/lib/reports/user-sql'

const values = namedValues({from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 2), customer: "o'hara"})
const bind = (text: string) => bindUserSql(text, '"usage_events"', values)

describe("a query of the user's own", () => {
  it('reads the events, with values bound in the order of their places', () => {
    expect(
      bind(
        'SELECT :customer, * FROM {{events}} WHERE dt >= :first_dt AND until_dt <= :last_dt AND customer_id = :customer;\n',
      ),
    ).toEqual({
      sql: 'SELECT ?, * FROM "usage_events" WHERE dt >= ? AND until_dt <= ? AND customer_id = ?',
      parameters: ["'o''hara'", "'2026-10-24'", "'2026-11-09'", "'o''hara'"],
    })
  })

  it('keeps what stands in quotes, and loses comments', () => {
    expect(bind(`-- :from\nWITH a AS (SELECT ':to {{x}} --', ":from") /* :nothing */ SELECT 1`)).toEqual({
      sql: `WITH a AS (SELECT ':to {{x}} --', ":from")  SELECT 1`,
      parameters: [],
    })
  })

  it.each([
    ['', 'BAD_SQL'],
    ['-- nothing', 'BAD_SQL'],
    ['DROP TABLE events', 'BAD_SQL'],
    ['INSERT INTO events SELECT 1', 'BAD_SQL'],
    ['SELECT :nobody', 'BAD_SQL'],
    ['SELECT * FROM {{raw}}', 'BAD_SQL'],
    ['SELECT :service', 'VALUE_MISSING'],
  ])('is refused: %j', (text, code) => {
    expect(() => bind(text)).toThrow(expect.objectContaining({kind: 'usage', code}))
  })
})
