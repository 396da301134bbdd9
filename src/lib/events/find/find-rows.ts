import {dayMs, formatDay, type TimeRange} from '../../core/time'
import {toSqlTime} from '../../reports/define-report'
import type {AnswerRow} from '../../reports/define-report'
import {identity} from '../../reports/copies'
import {loadSql} from '../../reports/load-sql'
import type {ReportDeps, ReportPlace} from '../../reports/run-report'
import {openQuery} from '../../reports/run-query'
import {sqlLiteral} from '../../reports/sql-literal'

/** What events are looked for; all of it must hold. */
export interface FindQuestion {
  /** `eventId`s, or ids that the bus gave; any event where there are none. */
  ids: readonly string[]
  customer?: string | undefined
  user?: string | undefined
  service?: string | undefined
  feature?: string | undefined
  /** Billing times. */
  range: TimeRange
}

/** A stored copy of an event. */
export interface FoundRow {
  bucket: string
  key: string
  /** The id that the bus gave. */
  id: string
  eventId: string | undefined
  /** ISO-8601. */
  billingTime: string
  isTest: boolean
  /** Copies of the event that arrived before this one. */
  copiesBefore: number
}

interface Condition {
  sql: string
  values: readonly string[]
}

/**
 * The stored copies of events that a question asks for, in the order of their arrival; they are read while they are taken. Throws NOT_BOUND (absent) where the lake is not
 * there, and what `openQuery` throws.
 */
export async function* findRows(
  deps: Pick<ReportDeps, 'athena' | 'results' | 'sleep' | 'signal' | 'lakeSource' | 'sqlFolder'>,
  question: FindQuestion,
  place: Pick<ReportPlace, 'database' | 'workgroup'>,
): AsyncGenerator<FoundRow> {
  const {events} = await deps.lakeSource()
  const conditions = conditionsOf(question)
  const sql = await loadSql(deps.sqlFolder, 'find.sql', {
    ...{events, identity},
    conditions: {sql: conditions.map(({sql: text}) => `AND ${text}`).join('\n  ')},
  })
  const {from, to} = question.range
  // Events arrive a day before the time that they claim at most (a clock that is ahead).
  const values = [
    formatDay(from - dayMs),
    formatDay(to),
    toSqlTime(from),
    toSqlTime(to),
    ...conditions.flatMap((one) => one.values),
  ]
  const {rows} = await openQuery(deps, {...place, sql, parameters: values.map(sqlLiteral)})
  for await (const row of rows) yield toFound(row)
}

function toFound(row: AnswerRow): FoundRow {
  return {
    ...placeOf(row['object'] ?? ''),
    id: row['envelope_id'] ?? '',
    eventId: row['event_id'],
    billingTime: `${(row['billing_time'] ?? '').replace(' ', 'T')}Z`,
    isTest: row['test'] === 'true',
    copiesBefore: Number(row['place'] ?? 1) - 1,
  }
}

function conditionsOf({ids, ...question}: FindQuestion): Condition[] {
  const marks = ids.map(() => '?').join(', ')
  const equals = (column: string, value: string | undefined): Condition[] =>
    value === undefined ? [] : [{sql: `${column} = ?`, values: [value]}]
  return [
    ...(ids.length === 0
      ? []
      : [{sql: `(event_id IN (${marks}) OR envelope_id IN (${marks}))`, values: [...ids, ...ids]}]),
    ...equals('customer_id', question.customer),
    ...equals('user_id', question.user),
    ...equals('service_name', question.service),
    ...equals('feature', question.feature),
  ]
}

function placeOf(path: string): {bucket: string; key: string} {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(path) ?? []
  return {bucket, key}
}
