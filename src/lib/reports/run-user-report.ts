import type {Column, Row} from '../core/column'
import {formatTime} from '../core/time'
import {completeUntil} from './complete-until'
import {openQuery} from './run-query'
import type {ReportDeps, ReportPlace} from './run-report'
import {freshnessWarnings} from './run-report'
import {scanCost} from './scan-cost'
import type {ScanCost} from './scan-cost'
import {bindUserSql, namedValues} from './user-sql'
import type {UserValues} from './user-sql'

/** The `--json` answer of `report run`, whose `rows` stand behind the columns: values are the engine's texts, and a key without a value is missing. */
export interface UserReportResult {
  report: string
  from: string
  to: string
  columns: {key: string; header: string}[]
  completeUntil: string
  scannedBytes: number
  /** What that costs about; missing where nobody knows the price. */
  scanCost?: ScanCost
  source: ReportPlace & {table: string; queryExecutionId: string}
}

/** A user's answer as it is written: the keys of its JSON before and behind the rows, which are read while they are taken. */
export interface UserAnswer {
  result: UserReportResult
  columns: Column[]
  rows: AsyncIterable<Row>
  before: object
  after: () => object
  warnings: string[]
}

/** Runs a user's query over the lake. Its rows are read while they are taken. Throws what `bindUserSql`, `runQuery` and `completeUntil` throw. */
export async function runUserReport(
  deps: ReportDeps,
  {name, text, values}: {name: string; text: string; values: UserValues},
  place: ReportPlace,
): Promise<UserAnswer> {
  const {events, tables, warnings} = await deps.lakeSource()
  const bound = bindUserSql(text, events.sql, namedValues(values))
  const fresh = await completeUntil(deps, deps.now())
  const answer = await openQuery(deps, {...place, ...bound})
  const cost = scanCost(answer.billedBytes, deps.scanPrice)
  const columns = answer.columns.map((key): Column => ({key, header: key, type: 'text'}))
  const before = {
    report: name,
    from: formatTime(values.from),
    to: formatTime(values.to),
    columns: columns.map(({key, header}) => ({key, header})),
  }
  const after = {
    completeUntil: formatTime(fresh.completeUntil),
    scannedBytes: answer.scannedBytes,
    ...(cost && {scanCost: cost}),
    source: {...place, table: tables.join(', '), queryExecutionId: answer.queryExecutionId},
  }
  return {
    result: {...before, ...after},
    ...{columns, rows: answer.rows, before, after: () => after},
    warnings: [...warnings, ...freshnessWarnings(fresh, values.to)],
  }
}
