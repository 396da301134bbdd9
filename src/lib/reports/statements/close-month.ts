import {groupDigits} from '../../core/money'
import {placeText} from '../../core/place-text'
import type {Row} from '../../core/column'
import type {ReportPlace} from '../run-report'
import {alreadyClosed} from './plan-close'
import type {ClosePlan} from './plan-close'
import {statementKey} from './statement'
import type {Statement} from './statement'
import {writeStatement} from './statement-store'
import type {StatementPlace} from './statement-store'

/** The `--json` answer of `--close`: what the statement says of itself. */
export type CloseResult = Omit<Statement, 'version' | 'files'> & {
  /** True where the month was closed; with --dry-run, where it would be. */
  changed: boolean
  rowCount: number
  invoiceCount: number
  location: string
}

/** The answer to a plan. */
export function closeResult({bucket}: StatementPlace, plan: ClosePlan): CloseResult {
  const {month, from, to, timezone, closedAt, completeUntil, ...rest} = plan.statement
  const {pricePlan, adjusts, totals, totalsByCurrency} = rest
  return {
    changed: true,
    ...{month, from, to, timezone, closedAt, completeUntil, pricePlan, adjusts},
    ...{rowCount: plan.rowCount, invoiceCount: plan.invoiceCount, totals},
    ...(totalsByCurrency && {totalsByCurrency}),
    location: `s3://${bucket}/${statementKey(month)}`,
  }
}

/** The plan of a close, as a command shows it and carries it out. */
export function shownClose(statements: StatementPlace, plan: ClosePlan, place: ReportPlace) {
  const result = closeResult(statements, plan)
  const {month} = result
  return {
    result,
    changed: true,
    text: ({isDone}: {isDone?: boolean}) => closeText(result, place, isDone),
    summary: () => `Closed ${month}.`,
    question: `Close ${month}? Its statement cannot be changed any more.`,
    apply: () => closeMonth(statements, plan),
  }
}

/** Writes the statement. From then on the month is closed. Throws MONTH_CLOSED (differs) where another one has closed it meanwhile, and what S3 refuses. */
export async function closeMonth(place: StatementPlace, {statement, texts}: ClosePlan): Promise<void> {
  if (!(await writeStatement(place, statement, texts))) throw alreadyClosed(statement.month)
}

/** The plan, or what was done, for a person. */
export function closeText(result: CloseResult, place: ReportPlace, isDone = false): string {
  const sums = result.totalsByCurrency ?? [result.totals]
  const amounts = sums.map(amountText).join(', ')
  const {timezone, adjusts} = result
  return [
    isDone
      ? `Closed ${result.month}.`
      : `Close ${result.month} (${result.from} to ${result.to}, ${timezone}), once and for all.`,
    placeText(place),
    `  billed        ${amounts}`,
    `  rows          ${groupDigits(result.rowCount)}, invoices ${groupDigits(result.invoiceCount)}`,
    ...(adjusts.length > 0 ? [`  adjusts       ${adjusts.join(', ')}`] : []),
    `  prices        ${result.pricePlan.file}, sha256 ${result.pricePlan.sha256}`,
    `  arrived until ${result.completeUntil}; what comes later is billed in the next month`,
    `  statement     ${result.location}`,
  ].join('\n')
}

function amountText({amount, currency}: Row | {amount: string; currency: string}): string {
  return amount === undefined ? 'nothing' : `${groupDigits(String(amount))} ${String(currency)}`
}
