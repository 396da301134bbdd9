import type {Row} from '../core/column'
import {percentOf} from '../core/money'
import type {Decimal} from '../core/money'
import type {TimeRange} from '../core/time'
import {bindRange, toSqlTime} from './define-report'
import type {AnswerRow, ReportContent, ReportOptions} from './define-report'
import {sumCounts} from './exact'

/** What a query answered for one thing: in the range, and in the range of the same length before it. */
export interface Spans {
  now: AnswerRow | undefined
  before: AnswerRow | undefined
}

/** The range of the same length before a range. */
export function rangeBefore({from, to}: TimeRange): TimeRange {
  return {from: from - (to - from), to: from}
}

/** Parameters of queries that compare a range with another one, mostly that of the same length before it. */
export interface SpanParameters {
  /** The four of partitions and of the range in which copies are sought. */
  leading: string[]
  /** Start and end of the range, then of the other one. */
  ranges: string[]
  /** `true` to count test events too. */
  tests: string
}

/** What such a query binds, in the order that it likes; `before` is the other range. */
export function spanParameters(options: ReportOptions, before = rangeBefore(options)): SpanParameters {
  return {
    leading: bindRange({from: before.from, to: options.to}).slice(0, 4),
    ranges: [options.from, options.to, before.from, before.to].map(toSqlTime),
    tests: String(options.includeTest === true),
  }
}

/** Binds a query in which events without copies find their range first, and the others behind the conditions. */
export function bindSpans(options: ReportOptions): string[] {
  const {leading, ranges, tests} = spanParameters(options)
  return [...leading, ...ranges, tests, ...ranges]
}

/** How many parameters of such a query stand before those of the conditions. */
export const leadingOfSpans = 8

/** The rows of an answer that count, both ranges of a thing together; things are told apart by the columns `keys`. */
export function pairSpans(answer: readonly AnswerRow[], keys: readonly string[]): Spans[] {
  const pairs = new Map<string, Spans>()
  for (const row of answer.filter(isCounted)) {
    const key = JSON.stringify(keys.map((name) => row[name] ?? ''))
    const pair = pairs.get(key) ?? {now: undefined, before: undefined}
    pairs.set(key, row['span'] === 'now' ? {...pair, now: row} : {...pair, before: row})
  }
  return [...pairs.values()]
}

/** What every report says of its events; of the range alone. */
export function spanCounts(
  answer: readonly AnswerRow[],
): Pick<ReportContent, 'duplicateCount' | 'conflictCount' | 'unkeyedCount' | 'testCount'> {
  const counted = answer.filter((row) => isCounted(row) && row['span'] === 'now')
  const tests = answer.filter((row) => row['part'] === 'test')
  const sum = (rows: readonly AnswerRow[], key: string) => sumCounts(rows.map((row) => row[key]))
  return {
    duplicateCount: sum(counted, 'duplicate_count'),
    conflictCount: sum(counted, 'conflict_count'),
    unkeyedCount: sum(counted, 'unkeyed_count'),
    testCount: sum(tests, 'calls'),
  }
}

/** By how much something grew, in percent with one decimal: `-12.5`; undefined where there was nothing before. */
export function growthPercent(now: Decimal, before: Decimal): Decimal | undefined {
  const ratio = percentOf(now, before, 1)
  if (ratio === undefined) return undefined
  const tenths = BigInt(ratio.replace('.', '')) - 1000n
  const digits = String(tenths < 0n ? -tenths : tenths).padStart(2, '0')
  return `${tenths < 0n ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`
}

/** The growth of a row that has `calls` and `callsBefore`. */
export function growthOf({calls, callsBefore}: Row): Row {
  const growth = growthPercent(String(calls ?? 0), String(callsBefore ?? 0))
  return growth === undefined ? {} : {growthPercent: growth}
}

function isCounted(row: AnswerRow): boolean {
  return row['part'] === 'counted'
}
