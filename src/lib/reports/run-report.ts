import type {Row} from '../core/column'
import type {Now} from '../core/clock'
import {formatTime} from '../core/time'
import {completeUntil} from './complete-until'
import type {Freshness} from './complete-until'
import type {CurrencyTotal, Pricing, ReportDefinition, ReportOptions} from './define-report'
import {exactCount} from './exact'
import {loadSql} from './load-sql'
import type {LakeSource} from './lake-source'
import {reportQuery} from './report-query'
import {runQuery} from './run-query'
import type {QueryAnswer, QueryDeps} from './run-query'
import {scanCost} from './scan-cost'
import type {ScanCost, ScanPrice} from './scan-cost'
import {sqlLiteral} from './sql-literal'

export interface ReportDeps extends QueryDeps, Freshness {
  now: Now
  /** Looks where the events are. */
  lakeSource: () => Promise<LakeSource>
  /** What a terabyte costs; undefined where nobody knows. */
  scanPrice?: ScanPrice | undefined
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

/** A closed month, as its answers name it. */
export interface StatementMark {
  month: string
  closedAt: string
  /** Of the price plan's text. */
  pricesSha256: string
}

/** The `--json` answer of a report. Times are ISO-8601, UTC; counts are exact integers; decimals are strings. */
export interface ReportResult {
  report: string
  from: string
  to: string
  /** Where the range is not one of billing time but of arrival. */
  by?: 'arrival'
  /** Where only what had arrived up to a time was asked for: that time. */
  asOf?: string
  /** Where only some events were asked for: the conditions, all of which hold. */
  conditions?: string[]
  /** Where it is what a closed month was billed: its statement. */
  statement?: StatementMark
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
  /** What that costs about; missing where nobody knows the price. */
  scanCost?: ScanCost
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

/** What a report says, and what the user must know about it. */
export interface ReportAnswer {
  result: ReportResult
  warnings: string[]
}

/** A query of a report, and what it answered. */
export interface Asked {
  sql: string
  parameters: string[]
  tables: readonly string[]
  answer: QueryAnswer
  cost: ScanCost | undefined
  fresh: {completeUntil: number; undeliveredCount: number}
  warnings: readonly string[]
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
): Promise<ReportAnswer> {
  return answerReport(await askReport(deps, definition, options, place), definition, options, place)
}

/** A report's query over the lake as it is, and not run yet. Throws what `loadSql` and `readLakeSource` throw. */
export async function composeQuery<Options extends ReportOptions>(
  deps: Pick<ReportDeps, 'lakeSource' | 'sqlFolder'>,
  definition: ReportDefinition<Options>,
  options: Options,
): Promise<{sql: string; parameters: string[]; source: LakeSource}> {
  const source = await deps.lakeSource()
  const {names, values} = reportQuery(definition, options, source.events)
  const sql = await loadSql(deps.sqlFolder, definition.sqlFile, names)
  return {sql, parameters: values.map(sqlLiteral), source}
}

/** Asks a report's query, of which `answerReport` makes one answer or several. Throws what `runReport` throws. */
export async function askReport<Options extends ReportOptions>(
  deps: ReportDeps,
  definition: ReportDefinition<Options>,
  options: Options,
  place: ReportPlace,
): Promise<Asked> {
  const {sql, parameters, source} = await composeQuery(deps, definition, options)
  const {tables, warnings} = source
  // Asked before the query: what arrives while it runs may be counted or not.
  const fresh = await completeUntil(deps, deps.now())
  const {database, workgroup} = place
  const answer = await runQuery(deps, {sql, parameters, database, workgroup})
  // An earlier answer knows of nothing that arrived after it was given.
  const known = answer.isReused ? deps.now() - (deps.reuseMinutes ?? 0) * 60_000 : Infinity
  const until = Math.min(fresh.completeUntil, options.asOf ?? Infinity, known)
  return {
    ...{sql, parameters, tables, answer, cost: scanCost(answer.billedBytes, deps.scanPrice)},
    fresh: {...fresh, completeUntil: until},
    warnings: [...warnings, ...(answer.isReused ? [reusedWarning(deps.reuseMinutes)] : [])],
  }
}

function reusedWarning(minutes = 0): string {
  return `This is the answer of an earlier run of the same query, ${minutes === 1 ? 'a minute' : `${minutes} minutes`} old at most. Nothing was scanned.`
}

/** What a report says of an answer of its query. Pure. */
export function answerReport<Options extends ReportOptions>(
  {answer, cost, fresh, tables, warnings}: Asked,
  definition: ReportDefinition<Options>,
  options: Options,
  place: ReportPlace,
): ReportAnswer {
  const content = definition.shape(answer.rows, options)
  const result: ReportResult = {
    report: definition.name,
    from: formatTime(options.from),
    to: formatTime(options.to),
    ...(options.asOf !== undefined && {asOf: formatTime(options.asOf)}),
    ...(options.conditions?.length && {conditions: options.conditions.map(({text}) => text)}),
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
    ...(cost && {scanCost: cost}),
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
