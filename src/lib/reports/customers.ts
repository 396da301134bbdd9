import type {Row} from '../core/column'
import {addDecimals, compareDecimals} from '../core/money'
import {formatTime} from '../core/time'
import {arrangeRows} from './arrange-rows'
import {defineReport, none} from './define-report'
import type {AnswerRow, ReportOptions} from './define-report'
import {exactCount, exactQuantity, sumCounts} from './exact'
import type {Folding} from './fold-rows'
import {bindSpans, growthOf, growthPercent, leadingOfSpans, pairSpans, spanCounts} from './spans'
import type {Spans} from './spans'

export interface CustomersOptions extends ReportOptions {
  /** A customer whose calls fell by so many percent or more is at risk. */
  atRiskPercent: number
}

/**
 * Who uses it: one row for each customer that called in the range or in the one of the same length before, most calls first. `atRisk` is true for one whose
 * calls fell by the percentage asked for, or who did not call any more; `lastSeen` is the billing time of the last call of both ranges.
 */
export const customersReport = defineReport<CustomersOptions>({
  name: 'customers',
  summary: 'usage of each customer, when it was seen last, and who is at risk',
  sqlFile: 'customers.sql',
  columns: [
    {key: 'customerId', header: 'customer', type: 'text'},
    {key: 'calls', header: 'calls', type: 'integer'},
    {key: 'units', header: 'units', type: 'decimal'},
    {key: 'features', header: 'features', type: 'integer'},
    {key: 'users', header: 'users', type: 'integer'},
    {key: 'callsBefore', header: 'before', type: 'integer'},
    {key: 'growthPercent', header: 'growth', unit: '%', type: 'decimal'},
    {key: 'lastSeen', header: 'last seen', type: 'time'},
    {key: 'atRisk', header: 'at risk', type: 'text'},
  ],
  charts: [
    {kind: 'bars', title: 'Units by customer', names: ['customerId'], values: ['units'], rest: 'sum'},
    {
      kind: 'bars',
      title: 'Calls, now and before',
      names: ['customerId'],
      values: ['calls', 'callsBefore'],
      rest: 'sum',
    },
  ],
  answerColumns: [
    ...['part', 'span', 'customer_id', 'calls', 'units', 'features', 'users', 'last_seen'],
    ...['duplicate_count', 'conflict_count', 'unkeyed_count'],
  ],
  leadingCount: leadingOfSpans,
  bind: bindSpans,
  shape: (answer, options) => {
    const rows = pairSpans(answer, ['customer_id'])
      .map((pair) => toRow(pair, options.atRiskPercent))
      .sort(byCalls)
    return {
      rows: arrangeRows(rows, options, folding),
      totals: totalsOf(answer),
      ...spanCounts(answer),
      warnings: [],
    }
  },
})

const folding: Folding = {
  names: ['customerId'],
  sums: {calls: 'count', units: 'quantity', callsBefore: 'count'},
  derived: growthOf,
}

function toRow({now, before}: Spans, atRiskPercent: number): Row {
  const customerId = (now ?? before)?.['customer_id'] ?? ''
  const [calls, callsBefore] = [valueOf(now, 'calls'), valueOf(before, 'calls')]
  const growth = growthPercent(calls, callsBefore)
  return {
    customerId,
    calls: exactCount(calls),
    units: exactQuantity(valueOf(now, 'units')),
    features: exactCount(valueOf(now, 'features')),
    users: exactCount(valueOf(now, 'users')),
    callsBefore: exactCount(callsBefore),
    ...(growth !== undefined && {growthPercent: growth}),
    ...lastSeenOf(now ?? before),
    ...(customerId !== none && fellBy(growth, atRiskPercent) && {atRisk: true}),
  }
}

function valueOf(row: AnswerRow | undefined, key: string): string {
  return row?.[key] ?? '0'
}

function fellBy(growth: string | undefined, percent: number): boolean {
  return growth !== undefined && compareDecimals(growth, String(-percent)) <= 0
}

/** Engines write a time with as many digits as they like. */
function lastSeenOf(row: AnswerRow | undefined): Row {
  const at = Date.parse(`${(row?.['last_seen'] ?? '').replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? {} : {lastSeen: formatTime(at)}
}

function byCalls(a: Row, b: Row): number {
  const calls = (row: Row, key: string) => String(row[key])
  return (
    compareDecimals(calls(b, 'calls'), calls(a, 'calls')) ||
    compareDecimals(calls(b, 'callsBefore'), calls(a, 'callsBefore')) ||
    (String(a['customerId']) < String(b['customerId']) ? -1 : 1)
  )
}

function totalsOf(answer: readonly AnswerRow[]): Row {
  const rows = (span: string) => answer.filter((row) => row['part'] === 'counted' && row['span'] === span)
  const calls = (span: string) => sumCounts(rows(span).map((row) => row['calls']))
  return {
    calls: exactCount(calls('now')),
    units: exactQuantity(addDecimals(rows('now').map((row) => row['units'] ?? '0'))),
    callsBefore: exactCount(calls('before')),
    customers: rows('now').filter((row) => row['customer_id'] !== none).length,
  }
}
