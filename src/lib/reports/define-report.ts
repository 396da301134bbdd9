import type {Chart} from '../core/chart'
import type {Column, Row} from '../core/column'
import type {Decimal, Rounding} from '../core/money'
import type {Where} from '../core/where'
import {dayMs, formatDay, formatTime} from '../core/time'
import type {TimeRange} from '../core/time'
import type {Sorting} from './arrange-rows'
import type {SqlSource} from './load-sql'

/** A row of a query's answer: everything is text; a NULL's key is missing. */
export type AnswerRow = Readonly<Record<string, string | undefined>>

/** What a user can say about any report. */
export interface ReportOptions extends TimeRange {
  /** Number of rows before the rest is folded into `(others)`. */
  limit?: number | undefined
  /** Count events that are marked `test: true` too. */
  includeTest?: boolean | undefined
  /** Count what had arrived up to this moment alone, milliseconds since 1970. */
  asOf?: number | undefined
  /** Count events of which all of these hold. */
  conditions?: readonly Where[] | undefined
  /** The order of the rows; the report's own where it is not given. */
  sort?: Sorting | undefined
}

/** What a report makes of the query's answer. */
export interface ReportContent {
  rows: Row[]
  totals: Row
  /** Copies of counted identities that were not counted themselves. */
  duplicateCount: bigint
  /** Counted identities whose copies differ in customer, time or quantity. */
  conflictCount: bigint
  /** Counted events without an `eventId`: identified by the envelope's id, so a producer's retry counts twice. */
  unkeyedCount: bigint
  /** Test events in the range, counted or not. */
  testCount: bigint
  warnings: string[]
  /** What all rows come to in each currency, where there are several. */
  totalsByCurrency?: CurrencyTotal[]
  /** How amounts came about, where there are some. */
  pricing?: Pricing
}

/** What rows come to in one currency, and under the other price plan where two are compared. */
export interface CurrencyTotal {
  currency: string
  amount: Decimal
  otherAmount?: Decimal
  difference?: Decimal
}

/** The price plan that amounts were made with, and the rule by which each line of the bill was rounded, once. */
export interface Pricing {
  file: string
  currency: string
  decimals: number
  rounding: Rounding
  timezone: string
  proration: 'days' | 'none'
}

/** A canned report: its query, what is bound to it, and what is made of the answer. */
export interface ReportDefinition<Options extends ReportOptions = ReportOptions> {
  name: string
  summary: string
  /** File in the folder `reports`. */
  sqlFile: string
  columns: readonly Column[]
  /** How the rows are drawn, where somebody wants to see them; none where not given. */
  charts?: readonly Chart[]
  /** Columns of the query's answer, in order. */
  answerColumns: readonly string[]
  /** What stands in place of the query's placeholders, beside the events: names out of a list that the report knows, and SQL made of such. */
  names?: (options: Options) => Readonly<Record<string, string | SqlSource>>
  /** How many of its parameters stand before those of the conditions; not given, the four of partitions and copies. */
  leadingCount?: number
  /** Paths of fields that the query picks of the copy that counts, beside those that conditions look at: a0, a1, ... */
  fields?: (options: Options) => readonly string[]
  /** Values of the query's parameters, in order. */
  bind: (options: Options) => string[]
  shape: (answer: readonly AnswerRow[], options: Options) => ReportContent
}

/** Days beyond the range, on both sides, in which copies of an event are sought. */
export const dedupeDays = 7

/** In place of a feature, customer or plan that an event does not name, so that rows always add up. */
export {none} from '../pricing/price-plan'

/** The row into which `--limit` folds the rest. */
export {others} from '../core/column'

/** Checks nothing and changes nothing: it gives a report its type, so that `bind` and `shape` agree on the options. */
export function defineReport<Options extends ReportOptions>(
  definition: ReportDefinition<Options>,
): ReportDefinition<Options> {
  return definition
}

/**
 * The first six parameters of every report: the first partition, the last one of compacted events, the range in which copies are sought, the
 * range. An event can arrive a day before the time that it claims (a clock that is ahead), so partitions start one day earlier.
 */
export function bindRange(range: TimeRange): string[] {
  const margin = dedupeDays * dayMs
  return [
    formatDay(range.from - margin - dayMs),
    formatDay(range.to + margin),
    toSqlTime(range.from - margin),
    toSqlTime(range.to + margin),
    toSqlTime(range.from),
    toSqlTime(range.to),
  ]
}

/** `2026-11-01 00:00:00.000`: both engines cast this form to a timestamp. */
export function toSqlTime(ms: number): string {
  return formatTime(ms).replace('T', ' ').replace('Z', '')
}
