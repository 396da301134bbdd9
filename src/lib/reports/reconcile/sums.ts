import type {AnswerRow} from '../define-report'
import {sumCounts} from '../exact'

/** What the answer of the query says of one service, or of all; counts are of the range of arrival unless said otherwise. */
export type Sums = Readonly<Record<keyof typeof columns, bigint>>

const columns = {
  /** Lines of raw objects. */
  raw: 'raw_count',
  /** Rows that are compacted, and rows that are not yet. */
  compacted: 'compacted_count',
  open: 'open_count',
  /** Lines that are no events: of raw objects, and of what reports read. */
  malformedRaw: 'malformed_raw_count',
  malformed: 'malformed_count',
  /** Events without a time, which no bill has. */
  timeless: 'timeless_count',
  /** Events of days whose compacted rows were not read: of raw objects, and of what was read beside them. */
  beyondRaw: 'beyond_raw_count',
  beyond: 'beyond_count',
  /** Copies: sent again by a producer, under another id of the envelope, and delivered again, under the same. */
  retried: 'retried_count',
  redelivered: 'redelivered_count',
  /** Identities that count here: tests, and those that are billed, of them some without an eventId and some much like another one. */
  tests: 'test_count',
  billed: 'billed_count',
  unkeyed: 'unkeyed_count',
  suspected: 'suspected_count',
  /** Identities, tests too, that have a number in the sequence of an instance. */
  numbered: 'numbered_count',
  conflicts: 'conflict_count',
  /** Rows whose objects arrived shortly before the range, and at the end of it: what a stream's buffer may have moved across a border. */
  head: 'head_count',
  tail: 'tail_count',
} as const

/** Columns of the query's answer. */
export const answerColumns: readonly string[] = ['service', 'late_day', ...Object.values(columns)]

export function sumsOf(rows: readonly AnswerRow[]): Sums {
  const entries = Object.entries(columns).map(([key, column]) => [
    key,
    sumCounts(rows.map((row) => row[column])),
  ])
  return Object.fromEntries(entries) as Sums
}

/** Events that arrived, each once: those that are billed, and those that are not. */
export function arrivedIn({billed, tests, timeless}: Sums): bigint {
  return billed + tests + timeless
}

/** How many events came late for each day (of billing time, UTC), oldest first. */
export function lateDays(rows: readonly AnswerRow[]): {day: string; count: bigint}[] {
  const byDay = new Map<string, bigint>()
  for (const row of rows) {
    const day = row['late_day'] ?? ''
    if (day !== '') byDay.set(day, (byDay.get(day) ?? 0n) + BigInt(row['billed_count'] ?? '0'))
  }
  return [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({day, count}))
}

/** The rows of each service, in the order of their names. */
export function byService(rows: readonly AnswerRow[]): Map<string, AnswerRow[]> {
  const found = new Map<string, AnswerRow[]>()
  for (const row of rows) {
    const service = row['service'] ?? ''
    found.set(service, [...(found.get(service) ?? []), row])
  }
  return found
}
