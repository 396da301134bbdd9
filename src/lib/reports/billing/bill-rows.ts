import {addDecimals, compareDecimals} from '../../core/money'
import type {Decimal} from '../../core/money'
import {accountsOf, readingsOf} from '../../pricing/accounts'
import type {Usage} from '../../pricing/accounts'
import {billOf} from '../../pricing/bill'
import type {AccountBill} from '../../pricing/bill'
import type {Bucket} from '../../pricing/buckets'
import type {PricePlan} from '../../pricing/price-plan'
import {combineReadings} from '../../pricing/readings'
import {sumLike} from '../sum-like'

/** One row of the bill, before it is folded and written. */
export interface BillRow {
  customerId: string
  plan: string
  meter?: string
  day?: string
  line?: bigint
  month?: string
  item?: string
  /** The stretch of a line, ISO-8601. */
  from?: string
  to?: string
  reason?: string
  calls?: bigint
  units?: Decimal
  /** Missing where the usage has no price. */
  amount?: Decimal | undefined
  currency?: string | undefined
}

/** One row per customer and plan, highest amount first, then most units, then by name. */
export function accountRows(bills: readonly AccountBill[]): BillRow[] {
  return inOrder(bills).map(({customerId, plan, calls, units, amount, currency}) => ({
    ...{customerId, plan, calls, units},
    ...{amount, currency},
  }))
}

/** Highest amount first, then most units, then by name. */
export function inOrder(bills: readonly AccountBill[]): AccountBill[] {
  return [...bills].sort(
    (a, b) =>
      compareDecimals(b.amount ?? '0', a.amount ?? '0') ||
      compareDecimals(b.units, a.units) ||
      compareText(a.customerId, b.customerId) ||
      compareText(a.plan, b.plan),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The same split by meter: what is owed for its units less discounts on it. What is owed for no meter stands in rows such as `(fee)`, so that
 * amounts add up; usage without a price stands in `units`.
 */
export function meterRows(pricePlan: PricePlan, bills: readonly AccountBill[]): BillRow[] {
  return inOrder(bills).flatMap((bill) => {
    const {customerId, plan, currency, usage, amount} = bill
    if (amount === undefined) return [{customerId, plan, meter: 'units', units: bill.units, currency}]
    const names = [...new Set(bill.lines.map(({kind, meter}) => meter ?? `(${kind})`))]
    return (names.length === 0 ? ['units'] : names).map((name): BillRow => {
      const meter = pricePlan.meters.get(name)
      const lines = bill.lines.filter((line) => (line.meter ?? `(${line.kind})`) === name)
      return {
        ...{customerId, plan, meter: name, currency},
        ...(meter && {units: combineReadings(meter.aggregate, readingsOf(usage, meter))}),
        amount: sumLike(
          amount,
          lines.map((line) => line.amount),
        ),
      }
    })
  })
}

/**
 * The same split by day. A day's amount is what the bill grew by on it, so that days add up to the bill: fees stand on the day on which they
 * begin, and a tier is reached on the day on which it is.
 */
export function dayRows(
  pricePlan: PricePlan,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
): BillRow[] {
  const days = new Map<string, number>()
  buckets.forEach(({date}, place) => days.set(date, place))
  const whole = billOf(pricePlan, buckets, usage)
  const onDays = usageByDay(pricePlan, buckets, usage)
  let before = new Map<string, Decimal>()
  const byAccount = new Map<string, BillRow[]>()
  for (const [day, until] of days) {
    const soFar = usage.filter(({bucket}) => bucket <= until)
    const bills = billOf(pricePlan, buckets, soFar, until)
    for (const bill of bills) {
      const row = dayRow(bill, day, onDays.get(`${day} ${keyOf(bill)}`) ?? [], before.get(keyOf(bill)))
      if (row) byAccount.set(keyOf(bill), [...(byAccount.get(keyOf(bill)) ?? []), row])
    }
    before = new Map(bills.flatMap((bill) => (bill.amount === undefined ? [] : [[keyOf(bill), bill.amount]])))
  }
  return inOrder(whole).flatMap((bill) => byAccount.get(keyOf(bill)) ?? [])
}

function keyOf({customerId, plan}: {customerId: string; plan: string}): string {
  return JSON.stringify([customerId, plan])
}

/** The usage of each day and account. */
function usageByDay(
  pricePlan: PricePlan,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
): Map<string, readonly Usage[]> {
  const found = new Map<string, Usage[]>()
  for (const account of accountsOf(pricePlan, buckets, usage)) {
    for (const [place, own] of account.usage) {
      const key = `${buckets[place]?.date ?? ''} ${keyOf(account)}`
      found.set(key, [...(found.get(key) ?? []), ...own])
    }
  }
  return found
}

function dayRow(
  {customerId, plan, currency, amount}: AccountBill,
  day: string,
  usage: readonly Usage[],
  before: Decimal | undefined,
): BillRow | undefined {
  const calls = usage.reduce((sum, one) => sum + one.calls, 0n)
  const grown = amount === undefined ? undefined : sumLike(amount, [amount, negative(before ?? '0')])
  if (calls === 0n && (grown === undefined || compareDecimals(grown, 0n) === 0)) return undefined
  const units = addDecimals(usage.map((one) => one.units))
  return {customerId, plan, day, calls, units, amount: grown, currency}
}

function negative(value: Decimal): Decimal {
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}
