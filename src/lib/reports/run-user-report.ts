import type {Column, Row} from '../core/column'
import {formatTime} from '../core/time'
import {completeUntil} from './complete-until'
import {runQuery} from './run-query'
import type {ReportDeps, ReportPlace} from './run-report'
import {freshnessWarnings} from './run-report'
import {scanCost} from './scan-cost'
import type {ScanCost} from './scan-cost'
import {bindUserSql, namedValues} from './user-sql'
import type {UserValues} from './user-sql'

/** The `--json` answer of `report run`: values are the engine's texts, and a key without a value is missing. */
export interface UserReportResult {
  report: string
  from: string
  to: string
  columns: {key: string; header: string}[]
  rows: Row[]
  completeUntil: string
  scannedBytes: number
  /** What that costs about; missing where nobody knows the price. */
  scanCost?: ScanCost
  source: ReportPlace & {table: string; queryExecutionId: string}
}

/** Runs a user's query over the lake. Throws what `bindUserSql`, `runQuery` and `completeUntil` throw. */
export async function runUserReport(
  deps: ReportDeps,
  {name, text, values}: {name: string; text: string; values: UserValues},
  place: ReportPlace,
): Promise<{result: UserReportResult; columns: Column[]; warnings: string[]}> {
  const {events, tables, warnings} = await deps.lakeSource()
  const bound = bindUserSql(text, events.sql, namedValues(values))
  const fresh = await completeUntil(deps, deps.now())
  const answer = await runQuery(deps, {...place, ...bound})
  const cost = scanCost(answer.billedBytes, deps.scanPrice)
  const columns = answer.columns.map((key): Column => ({key, header: key, type: 'text'}))
  const result: UserReportResult = {
    report: name,
    from: formatTime(values.from),
    to: formatTime(values.to),
    columns: columns.map(({key, header}) => ({key, header})),
    rows: answer.rows.map((row) => ({...row})),
    completeUntil: formatTime(fresh.completeUntil),
    scannedBytes: answer.scannedBytes,
    ...(cost && {scanCost: cost}),
    source: {...place, table: tables.join(', '), queryExecutionId: answer.queryExecutionId},
  }
  return {result, columns, warnings: [...warnings, ...freshnessWarnings(fresh, values.to)]}
}
