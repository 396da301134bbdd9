import type {Row} from '../core/column'
import type {Now} from '../core/clock'
import {formatTime} from '../core/time'
import {completeUntil} from './complete-until'
import type {Freshness} from './complete-until'
import type {CurrencyTotal, Pricing, ReportDefinition, ReportOptions} from './define-report'
import {exactCount} from './exact'
import {loadSql} from './load-sql'
import type {LakeSource} from './lake-source'
import {runQuery} from './run-query'
import type {QueryDeps} from './run-query'
import {sqlLiteral} from './sql-literal'

export interface ReportDeps extends QueryDeps, Freshness {
  now: Now
  /** Looks where the events are. */
  lakeSource: () => Promise<LakeSource>
  /** Folder of the canned queries. */
  sqlFolder: string
}

/** Where a report reads, and how messages name it. */
export interface ReportPlace {
  accountId: string
  region: string
  endpoint?: string | undefined
  database: string
  workgroup: string
}

/** The `--json` answer of a report. Times are ISO-8601, UTC; counts are exact integers; decimals are strings. */
export interface ReportResult {
  report: string
  from: string
  to: string
  columns: {key: string; header: string; unit?: string}[]
  rows: Row[]
  totals: Row
  totalsByCurrency?: CurrencyTotal[]
  completeUntil: string
  duplicateCount: number | bigint
  conflictCount: number | bigint
  unkeyedCount: number | bigint
  testCount: number | bigint
  scannedBytes: number
  source: {
    accountId: string
    region: string
    endpoint?: string
    database: string
    /** The view over the lake; where there is none the raw table, or both with a comma where a stream has changed its form. */
    table: string
    workgroup: string
    queryExecutionId: string
    /** The price plan and its rounding rule, where there is one. */
    pricing?: Pricing
    /** The price plan of the other amounts, where two are compared. */
    comparedWith?: Pricing
  }
}

/**
 * Runs a canned report in Athena: one query, which scans the range once. Returns the answer and what the user must know about it
 * (events that are not in the lake yet, usage without a price), as sentences. Throws what `runQuery`, `loadSql` and
 * `completeUntil` throw.
 */
export async function runReport<Options extends ReportOptions>(
  deps: ReportDeps,
  definition: ReportDefinition<Options>,
  options: Options,
  place: ReportPlace,
): Promise<{result: ReportResult; warnings: string[]}> {
  const {events, tables, warnings} = await deps.lakeSource()
  const sql = await loadSql(deps.sqlFolder, definition.sqlFile, {...definition.names?.(options), events})
  // Asked before the query: what arrives while it runs may be counted or not.
  const fresh = await completeUntil(deps, deps.now())
  const answer = await runQuery(deps, {
    sql,
    parameters: definition.bind(options).map(sqlLiteral),
    database: place.database,
    workgroup: place.workgroup,
  })
  const content = definition.shape(answer.rows, options)
  const result: ReportResult = {
    report: definition.name,
    from: formatTime(options.from),
    to: formatTime(options.to),
    columns: definition.columns.map(({key, header, unit}) => ({
      key,
      header,
      ...(unit !== undefined && {unit}),
    })),
    rows: content.rows,
    totals: content.totals,
    ...(content.totalsByCurrency && {totalsByCurrency: content.totalsByCurrency}),
    completeUntil: formatTime(fresh.completeUntil),
    duplicateCount: exactCount(content.duplicateCount),
    conflictCount: exactCount(content.conflictCount),
    unkeyedCount: exactCount(content.unkeyedCount),
    testCount: exactCount(content.testCount),
    scannedBytes: answer.scannedBytes,
    source: sourceOf(place, tables, answer.queryExecutionId, content.pricing),
  }
  return {
    result,
    warnings: [...warnings, ...freshnessWarnings(fresh, options.to), ...content.warnings],
  }
}

function sourceOf(
  place: ReportPlace,
  tables: readonly string[],
  queryExecutionId: string,
  pricing?: Pricing,
): ReportResult['source'] {
  return {
    accountId: place.accountId,
    region: place.region,
    ...(place.endpoint !== undefined && {endpoint: place.endpoint}),
    database: place.database,
    table: tables.join(', '),
    workgroup: place.workgroup,
    queryExecutionId,
    ...(pricing && {pricing}),
  }
}

/** What a user must know of events that are not in the lake yet, for a range that ends at `to`. */
export function freshnessWarnings(
  fresh: {completeUntil: number; undeliveredCount: number},
  to: number,
): string[] {
  if (fresh.undeliveredCount > 0) {
    const events = fresh.undeliveredCount === 1 ? '1 event waits' : `${fresh.undeliveredCount} events wait`
    return [`${events} for delivery and may be missing. "usage-tracker local flush" delivers them now.`]
  }
  if (to <= fresh.completeUntil) return []
  return [
    `The range ends after ${formatTime(fresh.completeUntil)}, up to which the lake is complete: events that arrive later are not counted yet.`,
  ]
}
