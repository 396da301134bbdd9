import type {Chart} from '../../core/chart'
import type {Column} from '../../core/column'
import {OpError} from '../../core/errors'
import type {PricePlan} from '../../pricing/price-plan'
import {billingFor} from '../billing'
import {runReport} from '../run-report'
import type {ReportDeps, ReportPlace, ReportResult} from '../run-report'
import type {BillingOptions} from './billing-options'
import {compareBills, compareCharts, compareColumns} from './compare'
import {drillFor, lineNumbered} from './drill'
import {invoicesOf} from './invoices'
import type {InvoiceResult} from './invoices'

interface Answer<R> {
  result: R
  warnings: string[]
}

/** Options of a bill that has prices. */
type PricedOptions = BillingOptions & {pricePlan: PricePlan}

/**
 * The invoices of every customer, or of the one in `options.customer`: one query in all. Throws NO_PRICES (usage) without a price plan, CUSTOMER_ABSENT
 * (absent) where that customer has none, and what `runReport` throws.
 */
export async function runInvoices(
  deps: ReportDeps,
  options: BillingOptions,
  place: ReportPlace,
): Promise<Answer<InvoiceResult>> {
  const priced = withPrices(options)
  const {result, warnings} = await runLines(deps, priced, place)
  return {result: invoicesOf(result, priced.pricePlan, priced.customer), warnings}
}

/** Rows of a report, the columns that they are shown in, and how they are drawn. */
type Rows = Answer<ReportResult> & {columns: readonly Column[]; charts?: readonly Chart[] | undefined}

/**
 * The bill in rows; with `drill` the events of that line of the customer's invoice; with `other` what that price plan would bill beside this one.
 * Throws NO_PRICES (usage) where one of these has no price plan, DRILL_OF_ALL (usage) where no customer is named, CUSTOMER_ABSENT and
 * LINE_ABSENT (absent), and what `runReport` throws.
 */
export async function runBilling(
  deps: ReportDeps,
  options: BillingOptions,
  place: ReportPlace,
  {drill, other}: {drill?: number | undefined; other?: PricePlan | undefined},
): Promise<Rows> {
  if (drill !== undefined) return runDrill(deps, withPrices(options), place, drill)
  if (other) return runComparison(deps, withPrices(options), place, other)
  const report = billingFor(options)
  const {columns, charts} = report
  return {columns, charts, ...(await runReport(deps, report, options, place))}
}

async function runDrill(
  deps: ReportDeps,
  options: PricedOptions,
  place: ReportPlace,
  number: number,
): Promise<Rows> {
  const {customer, pricePlan} = options
  if (customer === undefined) {
    throw new OpError('usage', 'DRILL_OF_ALL', 'Lines are numbered on the invoice of one customer.', {
      hint: `Name the customer: --invoice CUSTOMER --drill ${number}.`,
    })
  }
  const lines = await runLines(deps, options, place)
  invoicesOf(lines.result, pricePlan, customer)
  const report = drillFor(pricePlan, lineNumbered(lines.result.rows, number), options)
  return {columns: report.columns, ...(await runReport(deps, report, options, place))}
}

async function runComparison(
  deps: ReportDeps,
  options: PricedOptions,
  place: ReportPlace,
  pricePlan: PricePlan,
): Promise<Rows> {
  const otherOptions = {...options, pricePlan}
  const bill = await runReport(deps, billingFor(options), options, place)
  const other = await runReport(deps, billingFor(otherOptions), otherOptions, place)
  return {
    columns: compareColumns,
    charts: compareCharts,
    result: compareBills(bill.result, other.result),
    warnings: [...new Set([...bill.warnings, ...other.warnings])],
  }
}

function runLines(
  deps: ReportDeps,
  options: PricedOptions,
  place: ReportPlace,
): Promise<Answer<ReportResult>> {
  const all: BillingOptions = {...options, by: 'line', limit: undefined}
  return runReport(deps, billingFor(all), all, place)
}

function withPrices(options: BillingOptions): PricedOptions {
  const {pricePlan} = options
  if (pricePlan) return {...options, pricePlan}
  throw new OpError('usage', 'NO_PRICES', 'There is no price plan, so nothing can be invoiced or compared.', {
    hint: 'Name one with --prices, or as pricePlan in usage-tracker.yaml. docs/examples/prices.yaml is one.',
  })
}
