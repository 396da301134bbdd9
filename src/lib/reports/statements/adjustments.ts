import type {Row} from '../../core/column'
import {groupDigits, normalDecimal} from '../../core/money'
import {parsePrices} from '../load-price-plan'
import {withoutReuse} from '../run-query'
import type {ReportDeps, ReportPlace, ReportResult} from '../run-report'
import {sumOfCosts} from '../scan-cost'
import type {ScanCost} from '../scan-cost'
import {differencesOf} from './difference'
import type {Difference} from './difference'
import {lateMonths} from './late-months'
import {fileOfSplit} from './statement'
import type {Statement} from './statement'
import {readFileOf, readJsonOf, readStatement} from './statement-store'
import type {StatementPlace} from './statement-store'
import {wholeBill} from './whole-bill'
import type {Split} from './whole-bill'

/** What closed months come to more, or less, than was billed for them: rows of the next bill, by split. */
export interface Adjustments {
  rows: ReadonlyMap<Split, Row[]>
  months: string[]
  warnings: string[]
  scannedBytes: number
  cost: ScanCost | undefined
}

const keysOf: Readonly<Record<Split, readonly string[]>> = {
  bill: ['customerId', 'plan', 'currency'],
  line: ['customerId', 'plan', 'currency'],
  meter: ['customerId', 'plan', 'meter', 'currency'],
  day: ['customerId', 'plan', 'day', 'currency'],
}

/**
 * The adjustments of closed months as known now (or as of `asOf`): each of which something has arrived since is billed again with the prices that it was closed
 * with, and what its statement and the adjustments of later statements said is taken off. Throws what `lateMonths`, `wholeBill` and
 * `readStatement` throw.
 */
export async function adjustmentsOf(
  given: ReportDeps & {statements: StatementPlace},
  place: ReportPlace,
  months: readonly string[],
  {splits, asOf}: {splits: readonly Split[]; asOf?: number | undefined},
): Promise<Adjustments> {
  const deps = withoutReuse(given)
  const closed: Statement[] = []
  for (const month of months) {
    const statement = await readStatement(deps.statements, month)
    // A statement that was written later was not known then.
    if (Date.parse(statement.completeUntil) <= (asOf ?? Infinity)) closed.push(statement)
  }
  const found = await lateMonths(deps, closed, {asOf}, place)
  const rows = new Map<Split, Row[]>()
  const warnings: string[] = []
  let {scannedBytes, cost} = found
  const adjusted = new Set<string>()
  for (const statement of found.late) {
    const bill = await billAgain(deps, place, statement, {splits, asOf})
    scannedBytes += bill.scannedBytes
    cost = sumOfCosts([cost, bill.cost])
    const later = closed.filter(({month}) => month > statement.month)
    for (const split of new Set<Split>(['bill', ...splits])) {
      const differences = await differencesBy(deps.statements, statement, later, split, bill.rowsOf(split))
      const own = differences.map((one) => adjustmentRow(one, split, statement, bill.completeUntil))
      rows.set(split, [...(rows.get(split) ?? []), ...own])
      if (own.length > 0) adjusted.add(statement.month)
    }
    if (adjusted.has(statement.month) && bill.hasUnpriced) warnings.push(unpricedWarning(statement))
  }
  return {rows, months: [...adjusted], warnings, scannedBytes, cost}
}

async function billAgain(
  deps: ReportDeps & {statements: StatementPlace},
  place: ReportPlace,
  statement: Statement,
  {splits, asOf}: {splits: readonly Split[]; asOf?: number | undefined},
) {
  const text = await readFileOf(deps.statements, statement, 'prices.yaml')
  const pricePlan = await parsePrices(text, statement.pricePlan.file)
  const range = {from: Date.parse(statement.from), to: Date.parse(statement.to)}
  const {bySplit, asked} = await wholeBill(deps, {...range, pricePlan, asOf}, place, splits)
  const resultOf = (split: Split) => bySplit.get(split === 'line' ? 'bill' : split)?.result
  const bill = resultOf('bill')
  return {
    rowsOf: (split: Split): readonly Row[] => resultOf(split)?.rows ?? [],
    completeUntil: bill?.completeUntil ?? '',
    hasUnpriced: bill?.totals['unpricedUnits'] !== undefined,
    scannedBytes: asked.reduce((sum, {answer}) => sum + answer.scannedBytes, 0),
    cost: sumOfCosts(asked.map((one) => one.cost)),
  }
}

/** Against the statement's own rows, and those by which later statements have adjusted it. */
async function differencesBy(
  place: StatementPlace,
  statement: Statement,
  later: readonly Statement[],
  split: Split,
  known: readonly Row[],
): Promise<Difference[]> {
  // Lines are those of the bill: one for each customer and plan.
  const name = fileOfSplit(split === 'bill' || split === 'line' ? undefined : split)
  const {rows} = await readJsonOf<ReportResult>(place, statement, name)
  const billed = rows.filter((row) => row['adjusts'] === undefined)
  for (const one of later.filter(({adjusts}) => adjusts.includes(statement.month))) {
    const {rows: theirs} = await readJsonOf<ReportResult>(place, one, name)
    billed.push(...theirs.filter((row) => row['adjusts'] === statement.month))
  }
  return differencesOf(known, billed, keysOf[split])
}

function adjustmentRow(
  {row, billed, known}: Difference,
  split: Split,
  {month, from, to}: Statement,
  completeUntil: string,
): Row {
  if (split !== 'line') return {...row, adjusts: month}
  const {calls, ...line} = row
  const reason = `${moneyWords(known)} as known on ${completeUntil}, ${moneyWords(billed)} billed so far, ${groupDigits(normalDecimal(String(calls ?? 0)))} calls more`
  return {...line, month, item: `Adjustment of ${month}`, from, to, reason, adjusts: month}
}

function moneyWords(amount: string | undefined): string {
  return amount === undefined ? 'no amount' : groupDigits(amount)
}

function unpricedWarning({month, pricePlan}: Statement): string {
  return `Late usage of ${month} has no price in ${pricePlan.file} as it was when the month was closed: it is shown and never billed.`
}
