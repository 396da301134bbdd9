import type {Row} from '../core/column'
import {addDecimals, groupDigits, normalDecimal} from '../core/money'
import {billedId} from '../pricing/accounts'
import type {Usage} from '../pricing/accounts'
import {billOf} from '../pricing/bill'
import type {AccountBill} from '../pricing/bill'
import {bucketsOf} from '../pricing/buckets'
import type {Bucket} from '../pricing/buckets'
import {noPrices} from '../pricing/price-plan'
import type {PricePlan} from '../pricing/price-plan'
import {accountRows, meterRows} from './billing/bill-rows'
import type {BillRow} from './billing/bill-rows'
import {lineRows, linesOf} from './billing/bill-lines'
import {dayRows} from './billing/day-rows'
import {billFolding, billingCharts, billingColumns} from './billing/billing-options'
import type {BillingOptions} from './billing/billing-options'
import {measuredMeters, meterQuery} from './billing/meter-query'
import {isEveryEvent, readUsage} from './billing/read-usage'
import {arrangeRows} from './arrange-rows'
import {bindRange, defineReport} from './define-report'
import type {AnswerRow, Pricing, ReportContent, ReportDefinition} from './define-report'
import {exactCount, exactQuantity, sumCounts} from './exact'
import {sumLike} from './sum-like'

export type {BillingOptions} from './billing/billing-options'

const countColumns = ['duplicate_count', 'conflict_count', 'unkeyed_count']

/** The bill of usage that costs by the unit in one month: its query counts calls and units alone. */
export const billingReport = defineReport<BillingOptions>({
  name: 'billing',
  summary: 'calls, units and amount of each customer and plan',
  sqlFile: 'billing.sql',
  columns: billingColumns(undefined),
  charts: billingCharts(undefined),
  answerColumns: ['customer_id', 'plan', 'test', 'calls', 'units', ...countColumns],
  leadingCount: 6,
  bind: (options) => {
    const values = bindRange(options)
    return [...values, ...values.slice(4)]
  },
  shape: (answer, options) => billContent(answer, options, stretchesOf(options)),
})

/**
 * The bill: one row per customer and plan, highest amount first (then units, customer, plan), `(others)` last; `by` splits them. Each line
 * is rounded once, by the price plan's rule, and everything else is a sum of lines, so that rows add up. Usage without a price has no
 * amount and stands in `totals.unpricedUnits`. Meters, and a range in which months, plans or prices change, have a query of their own.
 */
export function billingFor(options: BillingOptions): ReportDefinition<BillingOptions> {
  const {pricePlan = noPrices, by} = options
  const columns = billingColumns(by)
  const charts = billingCharts(by)
  const buckets = stretchesOf(options)
  const meters = measuredMeters(pricePlan)
  if (buckets.length === 1 && meters.length === 0) return {...billingReport, columns, charts}
  const {sources, values, leadingCount} = meterQuery(options, buckets, meters)
  return {
    ...billingReport,
    sqlFile: 'meters.sql',
    leadingCount,
    names: () => sources,
    columns,
    charts,
    answerColumns: [
      ...['customer_id', 'plan', 'test', 'bucket', 'meter', 'distinct_value', 'calls', 'units'],
      ...['total', 'highest', 'latest', 'latest_at', ...countColumns],
    ],
    bind: () => values,
    shape: (answer, given) => billContent(answer, given, buckets),
  }
}

/** Without prices nothing changes within the range. */
function stretchesOf({pricePlan, by, from, to, timezone = 'UTC'}: BillingOptions): Bucket[] {
  const buckets = bucketsOf(pricePlan ?? {...noPrices, timezone}, {from, to}, {byDay: by === 'day'})
  const [first] = buckets
  return pricePlan || by === 'day' || !first ? buckets : [{...first, to}]
}

function billContent(
  answer: readonly AnswerRow[],
  options: BillingOptions,
  buckets: readonly Bucket[],
): ReportContent {
  const {pricePlan} = options
  const isAskedFor = ({customerId}: {customerId: string}) => isBilled(customerId, options)
  const usage = usageIn(answer, options)
  const bills = billOf(pricePlan ?? noPrices, buckets, usage).filter(isAskedFor)
  const rows = splitRows(options, buckets, usage, bills).filter(isAskedFor)
  const events = answer.filter((row) => isEveryEvent(row) && isBilled(row['customer_id'] ?? '', options))
  const counted = events.filter((row) => options.includeTest === true || row['test'] !== 'true')
  const count = (key: string) => sumCounts(counted.map((row) => row[key]))
  const sums = sumsByCurrency(bills)
  const unpriced = bills.filter(({billable, unpriced: parts}) => billable && parts.length > 0)
  return {
    rows: arrangeRows(
      rows.map((row) => toRow(row, pricePlan?.currency)),
      options,
      billFolding(options.by),
    ),
    totals: totalsOf(bills, pricePlan),
    ...(sums.length > 1 && {totalsByCurrency: sums}),
    duplicateCount: count('duplicate_count'),
    conflictCount: count('conflict_count'),
    unkeyedCount: count('unkeyed_count'),
    testCount: sumCounts(events.filter((row) => row['test'] === 'true').map((row) => row['calls'])),
    warnings: unpriced.length === 0 ? [] : [unpricedWarning(unpriced, pricePlan)],
    ...(pricePlan && {pricing: pricingOf(pricePlan)}),
  }
}

/** Whether the customer, by id or alias, is the one that is asked for. */
function isBilled(id: string, {customer, pricePlan = noPrices}: BillingOptions): boolean {
  return customer === undefined || billedId(pricePlan, customer) === billedId(pricePlan, id)
}

/** What the answer says of events that count. */
export function usageIn(answer: readonly AnswerRow[], {pricePlan, includeTest}: BillingOptions): Usage[] {
  const counted = answer.filter((row) => includeTest === true || row['test'] !== 'true')
  return readUsage(counted, pricePlan ? measuredMeters(pricePlan) : [])
}

function splitRows(
  {pricePlan = noPrices, by}: BillingOptions,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
  bills: readonly AccountBill[],
): BillRow[] {
  if (by === 'meter') return meterRows(pricePlan, bills)
  if (by === 'line') return lineRows(linesOf(bills))
  return by === 'day' ? dayRows(pricePlan, buckets, usage, bills) : accountRows(bills)
}

function pricingOf({file, currency, decimals, rounding, timezone, proration}: PricePlan): Pricing {
  return {file, currency, decimals, rounding, timezone, proration}
}

function toRow(
  {calls, units, amount, currency, line, ...names}: BillRow,
  planCurrency: string | undefined,
): Row {
  const named = currency ?? planCurrency
  return {
    ...names,
    ...(line !== undefined && {line: exactCount(line)}),
    ...(calls !== undefined && {calls: exactCount(calls)}),
    ...(units !== undefined && {units: exactQuantity(units)}),
    ...(amount !== undefined && {amount}),
    ...(named !== undefined && {currency: named}),
  }
}

function sumsByCurrency(bills: readonly AccountBill[]): {currency: string; amount: string}[] {
  const amounts = new Map<string, string[]>()
  for (const {currency, amount} of bills) {
    if (currency === undefined || amount === undefined) continue
    amounts.set(currency, [...(amounts.get(currency) ?? []), amount])
  }
  return [...amounts]
    .map(([currency, all]) => ({currency, amount: sumLike(all[0] ?? '0', all)}))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** An amount stands here where there is one currency; `totalsByCurrency` has several. */
function totalsOf(bills: readonly AccountBill[], pricePlan: PricePlan | undefined): Row {
  const sums = sumsByCurrency(bills)
  const [sum, another] = sums
  const without = bills.filter(({unpriced}) => unpriced.length > 0)
  const unpriced = without.filter(({billable}) => billable)
  const notBillable = without.filter(({billable}) => !billable)
  const currency = sum?.currency ?? pricePlan?.currency
  return {
    calls: exactCount(bills.reduce((calls, bill) => calls + bill.calls, 0n)),
    units: exactQuantity(addDecimals(bills.map((bill) => bill.units))),
    ...(sum && !another && {amount: sum.amount}),
    ...(!another && currency !== undefined && {currency}),
    ...(unpriced.length > 0 && {unpricedUnits: exactQuantity(unpricedUnitsOf(unpriced))}),
    ...(notBillable.length > 0 && {notBillableUnits: exactQuantity(unpricedUnitsOf(notBillable))}),
  }
}

function unpricedUnitsOf(bills: readonly AccountBill[]): string {
  return addDecimals(bills.flatMap(({unpriced}) => unpriced.map(({units}) => units)))
}

function unpricedWarning(unpriced: readonly AccountBill[], pricePlan: PricePlan | undefined): string {
  const units = groupDigits(normalDecimal(unpricedUnitsOf(unpriced)))
  if (!pricePlan) {
    return `Nothing has a price: ${units} units stand without an amount. Give a price plan with --prices FILE.`
  }
  const plans = [...new Set(unpriced.map((one) => one.plan))].sort()
  const named =
    plans.length > 5 ? `${plans.slice(0, 5).join(', ')} and ${plans.length - 5} more` : plans.join(', ')
  return `${units} units have no price: ${pricePlan.file} has none for ${named}. Add it under plans, or a default.`
}
