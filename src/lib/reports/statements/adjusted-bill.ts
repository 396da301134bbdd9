import type {Row} from '../../core/column'
import {addDecimals} from '../../core/money'
import {adjustedColumns} from '../billing/billing-options'
import type {BillingSplit} from '../billing/billing-options'
import {exactCount, exactQuantity} from '../exact'
import type {ReportResult} from '../run-report'
import {sumOfCosts} from '../scan-cost'
import {sumLike} from '../sum-like'
import type {Adjustments} from './adjustments'

/** A month's bill with the adjustments of closed months behind its own rows, and in its totals. Pure. */
export function adjustedBill(
  result: ReportResult,
  {rows, scannedBytes, cost}: Adjustments,
  by: BillingSplit | undefined,
): ReportResult {
  const scanCost = sumOfCosts([result.scanCost, cost])
  const all = {
    ...result,
    scannedBytes: result.scannedBytes + scannedBytes,
    ...(scanCost && {scanCost}),
  }
  const accounts = rows.get('bill') ?? []
  const own = rows.get(by ?? 'bill') ?? []
  if (accounts.length === 0 && own.length === 0) return all
  return {
    ...all,
    columns: adjustedColumns(by).map(({key, header, unit}) => ({
      ...{key, header},
      ...(unit !== undefined && {unit}),
    })),
    rows: [...result.rows, ...(by === 'line' ? numbered(own, result.rows) : own)],
    ...totalsWith(result, accounts),
  }
}

/** Lines go on from the last one of each customer's invoice. */
function numbered(adjustments: readonly Row[], lines: readonly Row[]): Row[] {
  const counts = new Map<unknown, number>()
  for (const {customerId} of lines) counts.set(customerId, (counts.get(customerId) ?? 0) + 1)
  return adjustments.map((row) => {
    const line = (counts.get(row['customerId']) ?? 0) + 1
    counts.set(row['customerId'], line)
    return {...row, line}
  })
}

function totalsWith(
  {totals, totalsByCurrency}: ReportResult,
  adjustments: readonly Row[],
): Pick<ReportResult, 'totals' | 'totalsByCurrency'> {
  const {calls, units, amount, currency, ...rest} = totals
  const before =
    totalsByCurrency ?? (amount === undefined ? [] : [{currency: String(currency), amount: String(amount)}])
  const amounts = new Map(before.map((one) => [one.currency, [one.amount]]))
  for (const row of adjustments.filter((one) => one['amount'] !== undefined)) {
    const key = String(row['currency'])
    amounts.set(key, [...(amounts.get(key) ?? []), String(row['amount'])])
  }
  const sums = [...amounts]
    .map(([name, all]) => ({currency: name, amount: sumLike(all[0] ?? '0', all)}))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
  const [sum, another] = sums
  return {
    totals: {
      calls: exactCount(
        adjustments.reduce((all, row) => all + BigInt(String(row['calls'] ?? 0)), BigInt(String(calls))),
      ),
      units: exactQuantity(
        addDecimals([String(units), ...adjustments.map((row) => String(row['units'] ?? 0))]),
      ),
      ...(sum && !another && {amount: sum.amount}),
      ...(!another && (sum !== undefined || currency !== undefined) && {currency: sum?.currency ?? currency}),
      ...rest,
    },
    ...(another && {totalsByCurrency: sums}),
  }
}
