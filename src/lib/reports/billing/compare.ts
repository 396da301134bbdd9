import type {Chart} from '../../core/chart'
import type {Column, Row} from '../../core/column'
import {compareDecimals, subtractDecimals} from '../../core/money'
import type {Decimal} from '../../core/money'
import type {ReportResult} from '../run-report'
import {sumOfCosts} from '../scan-cost'
import {sumLike} from '../sum-like'

/** Columns of two bills beside each other. */
export const compareColumns: readonly Column[] = [
  {key: 'customerId', header: 'customer', type: 'text'},
  {key: 'currency', header: 'currency', type: 'text'},
  {key: 'amount', header: 'amount', type: 'money'},
  {key: 'otherAmount', header: 'other amount', type: 'money'},
  {key: 'difference', header: 'difference', type: 'money'},
]

/** How they are drawn: each currency apart. */
export const compareCharts: readonly Chart[] = [
  {
    kind: 'bars',
    title: 'Amount under each price plan',
    ...{names: ['customerId'], values: ['amount', 'otherAmount'], rest: 'sum', apartBy: 'currency'},
  },
  {
    kind: 'bars',
    title: 'What the other plan changes',
    ...{names: ['customerId'], values: ['difference'], rest: 'sum', apartBy: 'currency'},
  },
]

/** What one plan bills a customer in one currency. */
interface Side {
  amounts: Decimal[]
  /** Whether there is usage that it has no price for, or does not bill. */
  hasUnpriced: boolean
}

interface Pair {
  customerId: string
  currency: string
  bill: Side
  other: Side
}

/**
 * What another price plan would bill beside this one: one row per customer and currency, what would grow most first. `bill` and `other` are answers of
 * the bill of the same range under each plan. A customer that one of them does not have owes nothing there; one whose usage has no price there
 * has no amount, and no difference.
 */
export function compareBills(bill: ReportResult, other: ReportResult): ReportResult {
  const pairs = new Map<string, Pair>()
  const add = (rows: readonly Row[], side: 'bill' | 'other') => {
    for (const {customerId, currency, amount} of rows) {
      const key = JSON.stringify([customerId, currency])
      const pair = pairs.get(key) ?? newPair(String(customerId), String(currency))
      if (amount === undefined) pair[side].hasUnpriced = true
      else pair[side].amounts.push(String(amount))
      pairs.set(key, pair)
    }
  }
  add(bill.rows, 'bill')
  add(other.rows, 'other')
  const rows = [...pairs.values()].map(toRow).sort(byDifference)
  const sums = sumsOf(rows)
  const scanCost = sumOfCosts([bill.scanCost, other.scanCost])
  return {
    ...bill,
    scannedBytes: bill.scannedBytes + other.scannedBytes,
    ...(scanCost && {scanCost}),
    columns: compareColumns.map(({key, header}) => ({key, header})),
    rows,
    totals: totalsOf(bill, other, rows),
    ...(sums.length > 1 && {totalsByCurrency: sums}),
    source: {...bill.source, ...(other.source.pricing && {comparedWith: other.source.pricing})},
  }
}

function newPair(customerId: string, currency: string): Pair {
  const side = (): Side => ({amounts: [], hasUnpriced: false})
  return {customerId, currency, bill: side(), other: side()}
}

function toRow({customerId, currency, bill, other}: Pair): Row {
  const like = bill.amounts[0] ?? other.amounts[0]
  const [amount, otherAmount] = [bill, other].map((side) =>
    like === undefined || (side.amounts.length === 0 && side.hasUnpriced)
      ? undefined
      : sumLike(like, side.amounts),
  )
  return {
    ...{customerId, currency},
    ...(amount !== undefined && {amount}),
    ...(otherAmount !== undefined && {otherAmount}),
    ...(amount !== undefined && otherAmount !== undefined && {difference: lessBy(otherAmount, amount)}),
  }
}

function lessBy(otherAmount: Decimal, amount: Decimal): Decimal {
  return sumLike(amount, [subtractDecimals(otherAmount, amount)])
}

function byDifference(a: Row, b: Row): number {
  return (
    compareDecimals(String(b['difference'] ?? '0'), String(a['difference'] ?? '0')) ||
    (String(a['customerId']) < String(b['customerId']) ? -1 : 1)
  )
}

function sumsOf(rows: readonly Row[]) {
  const currencies = [...new Set(rows.map(({currency}) => String(currency)))].sort()
  return currencies.map((currency) => {
    const own = rows.filter((row) => row['currency'] === currency)
    const all = (key: string) => own.flatMap((row) => (row[key] === undefined ? [] : String(row[key])))
    const like = all('amount')[0] ?? all('otherAmount')[0] ?? '0'
    const [amount, otherAmount] = [sumLike(like, all('amount')), sumLike(like, all('otherAmount'))]
    return {currency, amount, otherAmount, difference: lessBy(otherAmount, amount)}
  })
}

function totalsOf(bill: ReportResult, other: ReportResult, rows: readonly Row[]): Row {
  const {calls, units, unpricedUnits} = bill.totals
  const [sum, another] = sumsOf(rows)
  const otherUnpriced = other.totals['unpricedUnits']
  return {
    ...{calls, units},
    ...(sum && !another && sum),
    ...(unpricedUnits !== undefined && {unpricedUnits}),
    ...(otherUnpriced !== undefined && {otherUnpricedUnits: otherUnpriced}),
  }
}
