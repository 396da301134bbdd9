import type {Column, Row} from '../../core/column'
import {OpError} from '../../core/errors'
import {billedId} from '../../pricing/accounts'
import {noPrices} from '../../pricing/price-plan'
import type {PricePlan} from '../../pricing/price-plan'
import {billingFor} from '../billing'
import {parsePrices} from '../load-price-plan'
import {runReport} from '../run-report'
import type {ReportAnswer, ReportDeps, ReportPlace, ReportResult} from '../run-report'
import {adjustedBill} from '../statements/adjusted-bill'
import {adjustmentsOf} from '../statements/adjustments'
import {fileOfSplit, monthAfter} from '../statements/statement'
import type {Statement} from '../statements/statement'
import {closedMonths, hashOf, readFileOf, readJsonOf, readStatement} from '../statements/statement-store'
import type {StatementPlace} from '../statements/statement-store'
import {adjustedColumns, billingColumns} from './billing-options'
import type {BillingOptions, BillingSplit} from './billing-options'

/** What a bill needs: a report's ports, and where closed months are kept. */
export type BillDeps = ReportDeps & {statements: StatementPlace}

/** A bill as it is asked for. */
export interface BillRequest {
  options: BillingOptions
  /** `2026-11`, where the whole of a month is asked for and not a range. */
  month?: string | undefined
  /** The price plan was named for this run, and is not that of the configuration. */
  arePricesGiven?: boolean
  /** Flags by which only some of the events, or of the customers, are asked for. */
  narrowedBy?: readonly string[]
  /** The events of this line of the customer's invoice. */
  drill?: number | undefined
  /** What another price plan would bill is asked for, too. */
  other?: PricePlan | undefined
}

/** A bill in rows, the columns that they are shown in, and the price plan that it was made with. */
export interface MonthBill extends ReportAnswer {
  columns: readonly Column[]
  pricePlan: PricePlan | undefined
  /** The statement that it is, where the month is closed. */
  statement: Statement | undefined
}

/**
 * The bill that is asked for, all of its rows. A closed month answers with its statement, unless `asOf` asks for the lake. The month after the last closed one
 * has the adjustments of those before it. Any other range is what the lake says. Throws MONTH_IS_CLOSED (usage) where a closed month is
 * asked something that its statement does not say, and what `runReport`, `readStatement` and `adjustmentsOf` throw.
 */
export async function monthBill(
  deps: BillDeps,
  request: BillRequest,
  place: ReportPlace,
  by: BillingSplit | undefined,
): Promise<MonthBill> {
  const {month, options} = request
  const closed = month === undefined ? [] : await closedMonths(deps.statements)
  if (month !== undefined && closed.includes(month) && options.asOf === undefined) {
    return statementBill(deps, request, await readStatement(deps.statements, month), by)
  }
  const own = {...options, by, limit: undefined, sort: undefined}
  const report = billingFor(own)
  const bill = await runReport(deps, report, own, place)
  const {pricePlan} = options
  const open = {...bill, columns: report.columns, pricePlan, statement: undefined}
  const last = closed.at(-1)
  // A customer's bill is whole.
  const others = otherQuestions(request).filter((flag) => flag !== '--customer')
  const isNext = last !== undefined && month === monthAfter(last) && others.length === 0
  if (!isNext) return open
  const {asOf} = options
  const all = await adjustmentsOf(deps, place, closed, {splits: by === undefined ? [] : [by], asOf})
  const rows = new Map([...all.rows].map(([split, ones]) => [split, ofCustomer(ones, options)]))
  const result = adjustedBill(bill.result, {...all, rows}, by)
  const isAdjusted = result.rows.length > bill.result.rows.length
  return {
    ...open,
    result,
    columns: isAdjusted ? adjustedColumns(by) : report.columns,
    warnings: [...bill.warnings, ...all.warnings],
  }
}

async function statementBill(
  deps: BillDeps,
  request: BillRequest,
  statement: Statement,
  by: BillingSplit | undefined,
): Promise<MonthBill> {
  refuseOtherQuestions(request, statement)
  const {statements} = deps
  const result = await readJsonOf<ReportResult>(statements, statement, fileOfSplit(by))
  const text = await readFileOf(statements, statement, 'prices.yaml')
  const pricePlan = await parsePrices(text, statement.pricePlan.file)
  const isAdjusted = result.columns.some(({key}) => key === 'adjusts')
  return {
    result: {...result, rows: ofCustomer(result.rows, {...request.options, pricePlan})},
    columns: isAdjusted ? adjustedColumns(by) : billingColumns(by),
    warnings: [],
    ...{pricePlan, statement},
  }
}

/** The rows of the customer that is asked for, by its id or an alias. */
function ofCustomer(
  rows: readonly Row[],
  {customer, pricePlan = noPrices}: Pick<BillingOptions, 'customer' | 'pricePlan'>,
): Row[] {
  const isIts = (id: unknown) => billedId(pricePlan, String(id)) === billedId(pricePlan, customer ?? '')
  return rows.filter(({customerId}) => customer === undefined || isIts(customerId))
}

/** Flags by which something else is asked than what a month is billed. */
function otherQuestions({options, narrowedBy = [], other}: BillRequest): string[] {
  return [
    ...narrowedBy.map((name) => `--${name}`),
    ...(options.includeTest === true ? ['--include-test'] : []),
    ...(other ? ['--compare'] : []),
  ]
}

function refuseOtherQuestions(request: BillRequest, {month, pricePlan}: Statement): void {
  const {options, arePricesGiven} = request
  const hasOtherPrices = arePricesGiven === true && hashOf(options.pricePlan?.text ?? '') !== pricePlan.sha256
  const flags = [...otherQuestions(request), ...(hasOtherPrices ? ['--prices'] : [])]
  if (flags.length === 0) return
  throw new OpError(
    'usage',
    'MONTH_IS_CLOSED',
    `${month} is closed: its statement says what was billed, and nothing else (${flags.join(', ')}).`,
    {hint: 'Add --as-of now to compute the month from the lake anew. The statement stays as it is.'},
  )
}
