import {DuckDBInstance, type DuckDBConnection} from '@duckdb/node-api'
import {dateAt} from '../../../src/lib/core/zone'
import {daySql} from '../../../src/lib/reports/day-sql'
import {toSqlTime} from '../../../src/lib/reports/define-report'
import fc from '../../_helpers/properties'

let instance: DuckDBInstance
let connection: DuckDBConnection

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  connection = await instance.connect()
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
]
const hourMs = 3_600_000

describe('the date of a time in a zone', () => {
  it('is what the clocks there say, over changes of the clocks too', async () => {
    const hours = fc.integer({min: Date.UTC(2026, 0, 1) / hourMs, max: Date.UTC(2027, 11, 31) / hourMs})
    const some = {minLength: 1, maxLength: 40}
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        hours,
        fc.array(fc.nat(24 * 370), some),
        async (zone, start, ages) => {
          const from = start * hourMs
          const moments = ages.flatMap((age) => [from + age * hourMs - 1, from + age * hourMs])
          const range = {from, to: Math.max(...moments) + 1}
          const values = moments.map((ms) => `(CAST('${toSqlTime(ms)}' AS TIMESTAMP))`).join(', ')
          const inside = moments.filter((ms) => ms >= from)

          const sql = `SELECT ${daySql('t', range, zone)} FROM (VALUES ${values}) AS times (t) WHERE t >= CAST('${toSqlTime(from)}' AS TIMESTAMP)`
          const rows = (await connection.runAndReadAll(sql)).getRowsJson()

          expect(rows.map(([day]) => day)).toEqual(inside.map((ms) => dateAt(ms, zone)))
        },
      ),
      {numRuns: 40},
    )
  })

  it('has few stretches, whatever the range', () => {
    const year = {from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1)}

    expect(daySql('t', year, 'UTC')).toBe('CAST(CAST(t AS DATE) AS VARCHAR)')
    expect(daySql('t', year, 'Europe/Berlin').split('WHEN')).toHaveLength(5)
  })
})
