import {OpError} from '../../core/errors'
import {stringifyExact} from '../../core/json'
import {formatTime} from '../../core/time'
import type {TimeRange} from '../../core/time'
import type {PricePlan} from '../../pricing/price-plan'
import {invoicesOf} from '../billing/invoices'
import type {BillDeps} from '../billing/month-bill'
import {completeUntil} from '../complete-until'
import {withoutReuse} from '../run-query'
import type {Asked, ReportPlace, ReportResult} from '../run-report'
import {adjustedBill} from './adjusted-bill'
import {adjustmentsOf} from './adjustments'
import {fileOfSplit, markOf, monthAfter} from './statement'
import type {Statement, StatementFile} from './statement'
import {closedMonths, hashOf} from './statement-store'
import {wholeBill} from './whole-bill'
import type {Split} from './whole-bill'

/** What closing a month would write. */
export interface ClosePlan {
  statement: Omit<Statement, 'files'>
  texts: Record<StatementFile, string>
  rowCount: number
  invoiceCount: number
  warnings: string[]
}

const splits: readonly Split[] = ['bill', 'meter', 'day', 'line']

/**
 * The statement of a month, as known up to the moment up to which the lake is complete. Throws, each with exit code 9: MONTH_CLOSED, MONTH_NOT_NEXT (months are
 * closed one after the other), MONTH_NOT_COMPLETE (events of the month may still be on their way) and USAGE_UNPRICED. Throws what
 * `wholeBill` and `adjustmentsOf` throw.
 */
export async function planClose(
  given: BillDeps,
  {month, range, pricePlan}: {month: string; range: TimeRange; pricePlan: PricePlan},
  place: ReportPlace,
): Promise<ClosePlan> {
  const deps = withoutReuse(given)
  const closed = await closedMonths(deps.statements)
  refuseUnlessNext(month, closed)
  const closedAt = deps.now()
  const fresh = await completeUntil(deps, closedAt)
  if (fresh.completeUntil < range.to) throw notComplete(month, range, fresh)
  const asOf = fresh.completeUntil
  const {bySplit, asked} = await wholeBill(deps, {...range, pricePlan, asOf}, place, splits)
  refuseUnpriced(month, bySplit.get('bill')?.result)
  const adjustments = await adjustmentsOf(deps, place, closed, {splits, asOf})
  const statement = {
    version: 1 as const,
    month,
    ...{from: formatTime(range.from), to: formatTime(range.to), timezone: pricePlan.timezone},
    closedAt: formatTime(closedAt),
    completeUntil: formatTime(asOf),
    pricePlan: {file: pricePlan.file, sha256: hashOf(pricePlan.text)},
    adjusts: adjustments.months,
  }
  const mark = markOf({...statement, totals: {}, files: {} as Statement['files']})
  const results = new Map<Split, ReportResult>()
  for (const [split, {result}] of bySplit) {
    const by = split === 'bill' ? undefined : split
    // `completeUntil` says it.
    const own = {...adjustedBill(result, adjustments, by), statement: mark}
    delete own.asOf
    results.set(split, own)
  }
  const resultOf = (split: Split) => results.get(split) as ReportResult
  const invoices = invoicesOf(resultOf('line'), pricePlan, undefined)
  const {totals, totalsByCurrency, rows} = resultOf('bill')
  const texts = {
    ...Object.fromEntries(
      splits.map((split) => [
        fileOfSplit(split === 'bill' ? undefined : split),
        stringifyExact(resultOf(split)),
      ]),
    ),
    'invoices.json': stringifyExact(invoices),
    'queries.sql': asked.map(queryText).join('\n\n'),
    'prices.yaml': pricePlan.text,
  } as Record<StatementFile, string>
  return {
    statement: {...statement, totals, ...(totalsByCurrency && {totalsByCurrency})},
    texts,
    rowCount: rows.length,
    invoiceCount: invoices.invoices.length,
    warnings: adjustments.warnings,
  }
}

function queryText({sql, parameters}: Asked): string {
  return `${parameters.map((value, i) => `-- ${i + 1}: ${value.replace(/[\r\n]/g, ' ')}`).join('\n')}\n${sql};`
}

/** MONTH_CLOSED (differs). */
export function alreadyClosed(month: string): OpError {
  return new OpError('differs', 'MONTH_CLOSED', `${month} is closed already, once and for all.`, {
    hint: `usage-tracker report billing --month ${month} prints its statement. What arrives later is billed in the next month.`,
  })
}

function refuseUnlessNext(month: string, closed: readonly string[]): void {
  if (closed.includes(month)) throw alreadyClosed(month)
  const last = closed.at(-1)
  const next = last === undefined ? month : monthAfter(last)
  if (month === next) return
  throw new OpError('differs', 'MONTH_NOT_NEXT', `${month} cannot be closed: the next one is ${next}.`, {
    hint: `Months are closed one after the other: usage-tracker report billing --month ${next} --close`,
  })
}

function notComplete(
  month: string,
  {to}: TimeRange,
  fresh: {completeUntil: number; undeliveredCount: number},
): OpError {
  const waiting = fresh.undeliveredCount > 0
  return new OpError(
    'differs',
    'MONTH_NOT_COMPLETE',
    `${month} is not complete: it ends at ${formatTime(to)}, and the lake has everything up to ${formatTime(fresh.completeUntil)}.`,
    {
      hint: waiting
        ? '"usage-tracker local flush" delivers the events that wait.'
        : 'Close it when the stream has delivered what arrived before its end.',
    },
  )
}

function refuseUnpriced(month: string, bill: ReportResult | undefined): void {
  const units = bill?.totals['unpricedUnits']
  if (units === undefined) return
  throw new OpError('differs', 'USAGE_UNPRICED', `${month} has ${String(units)} units without a price.`, {
    hint: `usage-tracker report billing --month ${month} shows whose they are. Add their plans to the price plan, or a default.`,
  })
}
