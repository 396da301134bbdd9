import type {Chart} from '../../core/chart'
import type {Column} from '../../core/column'
import {OpError} from '../../core/errors'
import {noPrices} from '../../pricing/price-plan'
import type {PricePlan} from '../../pricing/price-plan'
import {billedId} from '../../pricing/accounts'
import {arrangeRows} from '../arrange-rows'
import {runReport} from '../run-report'
import type {ReportPlace, ReportResult} from '../run-report'
import type {Statement} from '../statements/statement'
import {readJsonOf} from '../statements/statement-store'
import {billFolding, billingCharts} from './billing-options'
import {compareBills, compareCharts, compareColumns} from './compare'
import {drillFor, lineNumbered} from './drill'
import {customerAbsent, invoicesOf} from './invoices'
import type {InvoiceResult} from './invoices'
import {monthBill} from './month-bill'
import type {BillDeps, BillRequest} from './month-bill'

interface Answer<R> {
  result: R
  warnings: string[]
}

/** Rows of a report, the columns that they are shown in, and how they are drawn. */
type Rows = Answer<ReportResult> & {columns: readonly Column[]; charts?: readonly Chart[] | undefined}

/** A bill that has prices. */
type PricedRequest = BillRequest & {options: {pricePlan: PricePlan}}

/**
 * The invoices of every customer, or of the one in `options.customer`: one query in all, and none for a closed month. Throws NO_PRICES (usage) without a price
 * plan, CUSTOMER_ABSENT (absent) where that customer has none, and what `monthBill` throws.
 */
export async function runInvoices(
  deps: BillDeps,
  request: BillRequest,
  place: ReportPlace,
): Promise<Answer<InvoiceResult>> {
  const {customer} = request.options
  const {result, warnings, pricePlan, statement} = await monthBill(deps, request, place, 'line')
  if (statement) return {result: await closedInvoices(deps, statement, {customer, pricePlan}), warnings}
  return {result: invoicesOf(result, withPrices(request).options.pricePlan, customer), warnings}
}

async function closedInvoices(
  {statements}: BillDeps,
  statement: Statement,
  {customer, pricePlan = noPrices}: {customer: string | undefined; pricePlan: PricePlan | undefined},
): Promise<InvoiceResult> {
  const all = await readJsonOf<InvoiceResult>(statements, statement, 'invoices.json')
  if (customer === undefined) return all
  const invoices = all.invoices.filter(({customerId}) => customerId === billedId(pricePlan, customer))
  if (invoices.length === 0) throw customerAbsent(customer, all)
  return {...all, invoices}
}

/**
 * The bill in rows; with `drill` the events of that line of the customer's invoice; with `other` what that price plan would bill beside this one.
 * Throws NO_PRICES (usage) where one of these has no price plan, DRILL_OF_ALL (usage) where no customer is named, CUSTOMER_ABSENT and
 * LINE_ABSENT (absent), and what `monthBill` throws.
 */
export async function runBilling(deps: BillDeps, request: BillRequest, place: ReportPlace): Promise<Rows> {
  const {by} = request.options
  if (request.drill !== undefined) return runDrill(deps, request, place, request.drill)
  if (request.other) return runComparison(deps, withPrices(request), place, request.other)
  const {result, columns, warnings} = await monthBill(deps, request, place, by)
  const rows = arrangeRows(result.rows, request.options, billFolding(by))
  return {columns, charts: billingCharts(by), result: {...result, rows}, warnings}
}

/** Of a closed month, the events that were known when it was closed. */
async function runDrill(
  deps: BillDeps,
  request: BillRequest,
  place: ReportPlace,
  number: number,
): Promise<Rows> {
  const {customer} = request.options
  if (customer === undefined) {
    throw new OpError('usage', 'DRILL_OF_ALL', 'Lines are numbered on the invoice of one customer.', {
      hint: `Name the customer: --invoice CUSTOMER --drill ${number}.`,
    })
  }
  const {result, pricePlan, statement} = await monthBill(deps, request, place, 'line')
  const priced = pricePlan ?? withPrices(request).options.pricePlan
  if (result.rows.length === 0) throw customerAbsent(customer, result)
  const range = statement
    ? {
        from: Date.parse(statement.from),
        to: Date.parse(statement.to),
        asOf: Date.parse(statement.completeUntil),
      }
    : request.options
  const report = drillFor(priced, lineNumbered(result.rows, number), range)
  return {columns: report.columns, ...(await runReport(deps, report, range, place))}
}

async function runComparison(
  deps: BillDeps,
  request: PricedRequest,
  place: ReportPlace,
  pricePlan: PricePlan,
): Promise<Rows> {
  const bill = await monthBill(deps, request, place, undefined)
  const otherRequest = {options: {...request.options, pricePlan}}
  const other = await monthBill(deps, otherRequest, place, undefined)
  return {
    columns: compareColumns,
    charts: compareCharts,
    result: compareBills(bill.result, other.result),
    warnings: [...new Set([...bill.warnings, ...other.warnings])],
  }
}

function withPrices(request: BillRequest): PricedRequest {
  const {pricePlan} = request.options
  if (pricePlan) return {...request, options: {...request.options, pricePlan}}
  throw new OpError('usage', 'NO_PRICES', 'There is no price plan, so nothing can be invoiced or compared.', {
    hint: 'Name one with --prices, or as pricePlan in usage-tracker.yaml. docs/examples/prices.yaml is one.',
  })
}
