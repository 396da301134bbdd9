import {parseRange} from '../../../../src/lib/core/time'
import {parsePricePlan} from '../../../../src/lib/pricing/parse-price-plan'
import {billingFor} from '../../../../src/lib/reports/billing'
import type {BillingOptions} from '../../../../src/lib/reports/billing'
import {RawTable} from '../../reports/_helpers/raw-table'
import {makeMarket, marketMonths, priceFileOf} from './market'
import {naiveBill} from './naive-bill'
import type {NaiveRow} from './naive-bill'

const market = makeMarket(20280229, 200)
const pricePlan = parsePricePlan(priceFileOf(market), 'prices.yaml')

let table: RawTable
beforeAll(async () => {
  table = await RawTable.of(market.events)
}, 60_000)
afterAll(() => table.close())

type Line = Record<string, string>

interface Asked {
  by?: BillingOptions['by']
  month?: string
  from?: string
  to?: string
}

/** Events and prices stay as they are, and so does a bill. */
const made = new Map<string, ReturnType<typeof makeBill>>()

function bill(asked: Asked): ReturnType<typeof makeBill> {
  const key = JSON.stringify(asked)
  const known = made.get(key) ?? makeBill(asked)
  made.set(key, known)
  return known
}

async function makeBill({month, from, to, ...more}: Asked) {
  const range = parseRange({month, from, to}, 0, 'Europe/Berlin')
  const all: BillingOptions = {pricePlan, ...more, ...range}
  const report = billingFor(all)
  return report.shape(await table.answer(report, all), all)
}

/** `customer plan`: calls, units and amount, as the report's query and its pricing have them. */
async function linesOf(month: string): Promise<Line> {
  const {rows} = await bill({month})
  return Object.fromEntries(
    rows.map(({customerId, plan, calls, units, amount, currency}) => [
      `${customerId} ${plan}`,
      `${calls} calls, ${units} units, ${amount === undefined ? 'no price' : `${amount} ${currency}`}`,
    ]),
  )
}

function naiveLines(rows: Map<string, NaiveRow>): Line {
  return Object.fromEntries(
    [...rows].map(([key, {calls, units, amount, currency}]) => [
      key,
      `${calls} calls, ${point(units, 9)} units, ${amount === undefined ? 'no price' : `${money(amount, currency)} ${currency}`}`,
    ]),
  )
}

/** A whole number of the smallest parts with a point before the last `places` digits, without zeros at the end. */
function point(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}

function money(amount: bigint, currency: string | undefined): string {
  if (currency === 'JPY') return amount.toString()
  const digits = amount.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

describe('the bill of 200 customers over three months', () => {
  it.each(marketMonths)(
    'is in %s what a plain program makes of the same events, to the cent',
    async (month) => {
      const naive = naiveLines(naiveBill(market, month))

      expect(Object.keys(naive).length).toBeGreaterThan(200)
      expect(await linesOf(month)).toEqual(naive)
    },
    60_000,
  )

  it('has every tier model, plan changes, aliases, credits, conflicts, duplicates and customers without events in it', async () => {
    const {rows, duplicateCount, conflictCount, unkeyedCount, testCount} = await bill({month: '2028-03'})
    const plans = new Set(rows.map((row) => row['plan']))

    expect([...plans].sort()).toEqual([
      '(none)',
      'free',
      'graduated',
      'levels',
      'metered',
      'package',
      'unknown',
      'volume',
      'yen',
    ])
    expect([duplicateCount, conflictCount, unkeyedCount, testCount].every((count) => count > 10n)).toBe(true)
    expect(rows.filter((row) => row['calls'] === 0 && Number(row['amount']) > 0).length).toBeGreaterThan(5)
  }, 60_000)

  it('is for three months together the sum of the three', async () => {
    const whole = await bill({from: '2028-02-01', to: '2028-05-01'})
    const months = await Promise.all(marketMonths.map((month) => bill({month})))

    for (const {currency, amount} of whole.totalsByCurrency ?? []) {
      const parts = months.map(
        (month) => month.totalsByCurrency?.find((one) => one.currency === currency)?.amount,
      )
      expect(cents(amount)).toBe(parts.reduce((sum, part) => sum + cents(part ?? '0'), 0n))
    }
    expect(whole.totalsByCurrency?.map(({currency}) => currency)).toEqual(['EUR', 'JPY', 'USD'])
  }, 60_000)

  it.each(['meter', 'day'] as const)(
    'comes to the same by %s',
    async (by) => {
      const whole = await bill({month: '2028-03'})
      const split = await bill({month: '2028-03', by})

      const sums = (rows: typeof whole.rows) => {
        const found = new Map<string, bigint>()
        for (const {customerId, plan, amount} of rows) {
          if (amount === undefined) continue
          const key = `${customerId} ${plan}`
          found.set(key, (found.get(key) ?? 0n) + cents(String(amount)))
        }
        return Object.fromEntries([...found].filter(([, sum]) => sum !== 0n))
      }
      expect(sums(split.rows)).toEqual(sums(whole.rows))
      expect(split.totals).toEqual(whole.totals)
    },
    60_000,
  )
})

/** The digits of an amount: comparing is enough, for each currency has one number of decimals. */
function cents(amount: string): bigint {
  return BigInt(amount.replace('.', ''))
}
