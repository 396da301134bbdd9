import {compareDecimals} from '../../core/money'
import type {Decimal} from '../../core/money'
import {readingsOf} from '../../pricing/accounts'
import type {AccountBill} from '../../pricing/bill'
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
