import {dayMs, formatDay, hourMs} from '../../core/time'
import {arrivalText, arrivedAt, knownEvents} from '../as-of'
import {toSqlTime} from '../define-report'
import {loadSql} from '../load-sql'
import {runQuery} from '../run-query'
import type {ReportDeps, ReportPlace} from '../run-report'
import {scanCost} from '../scan-cost'
import type {ScanCost} from '../scan-cost'
import {sqlLiteral} from '../sql-literal'
import type {Statement} from './statement'

/** Firehose tries S3 for a day before it gives up, and names an object after its oldest record even then. */
const lateObjectMs = 25 * hourMs

/** The closed months of which something has arrived since the last one was closed, and what it took to find out. */
export interface LateMonths {
  late: Statement[]
  scannedBytes: number
  cost: ScanCost | undefined
}

/**
 * Looks which closed months are not settled: the statement of the last one has settled all of them up to its own `completeUntil`. `statements` are in the
 * order of their months. A month more than need be costs one query, and no cent. Throws what `runQuery` and `loadSql` throw.
 */
export async function lateMonths(
  deps: ReportDeps,
  statements: readonly Statement[],
  {asOf}: {asOf?: number | undefined},
  {database, workgroup}: ReportPlace,
): Promise<LateMonths> {
  const [first, last] = [statements[0], statements.at(-1)]
  if (!first || !last) return {late: [], scannedBytes: 0, cost: undefined}
  const since = Date.parse(last.completeUntil) - lateObjectMs
  const [from, to] = [Date.parse(first.from), Date.parse(last.to)]
  const {events} = await deps.lakeSource()
  const known = knownEvents(events, {asOf})
  const sql = await loadSql(deps.sqlFolder, 'late.sql', {events: known.source, arrived: {sql: arrivedAt}})
  const values = [
    ...known.values,
    ...[formatDay(from - dayMs), formatDay(to), formatDay(since - dayMs), arrivalText(since)],
    ...[toSqlTime(from), toSqlTime(to)],
  ]
  const {rows, scannedBytes, billedBytes} = await runQuery(deps, {
    ...{sql, database, workgroup},
    parameters: values.map(sqlLiteral),
  })
  const days = rows.map((row) => Date.parse(`${row['day']}T00:00:00Z`))
  const isLate = (statement: Statement) =>
    days.some((day) => day < Date.parse(statement.to) && day + dayMs > Date.parse(statement.from))
  return {late: statements.filter(isLate), scannedBytes, cost: scanCost(billedBytes, deps.scanPrice)}
}
