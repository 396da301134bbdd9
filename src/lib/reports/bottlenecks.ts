import type {Row} from '../core/column'
import {compareDecimals, normalDecimal, percentOf} from '../core/money'
import {arrangeRows} from './arrange-rows'
import {defineReport} from './define-report'
import type {AnswerRow} from './define-report'
import {exactCount, sumCounts} from './exact'
import type {Folding} from './fold-rows'
import {bindSpans, growthPercent, leadingOfSpans, pairSpans, spanCounts} from './spans'
import type {Spans} from './spans'

const route = ['service', 'method', 'route']

/**
 * Where it is slow: one row for each route that was called, slowest 95th percentile first. Latencies are those of single calls, in milliseconds;
 * `p95GrowthPercent` is against the range of the same length before. `errors` are calls answered with status 400 or above.
 */
export const bottlenecksReport = defineReport({
  name: 'bottlenecks',
  summary: 'calls, errors and latency of each route, and where latency grows',
  sqlFile: 'bottlenecks.sql',
  columns: [
    {key: 'service', header: 'service', type: 'text'},
    {key: 'method', header: 'method', type: 'text'},
    {key: 'route', header: 'route', type: 'text'},
    {key: 'calls', header: 'calls', type: 'integer'},
    {key: 'errorPercent', header: 'errors', unit: '%', type: 'decimal'},
    {key: 'p50Ms', header: 'p50', unit: 'ms', type: 'decimal'},
    {key: 'p95Ms', header: 'p95', unit: 'ms', type: 'decimal'},
    {key: 'p99Ms', header: 'p99', unit: 'ms', type: 'decimal'},
    {key: 'p95GrowthPercent', header: 'p95 growth', unit: '%', type: 'decimal'},
  ],
  charts: [
    {
      kind: 'bars',
      title: 'Slowest routes, latency in ms',
      names: route,
      values: ['p50Ms', 'p95Ms', 'p99Ms'],
      by: 'p95Ms',
      rest: 'leave',
    },
    {
      kind: 'bars',
      title: 'Calls with errors, in percent',
      names: route,
      values: ['errorPercent'],
      rest: 'leave',
    },
  ],
  answerColumns: [
    ...['part', 'span', 'service', 'method', 'route', 'calls', 'errors', 'p50_ms', 'p95_ms', 'p99_ms'],
    ...['duplicate_count', 'conflict_count', 'unkeyed_count'],
  ],
  leadingCount: leadingOfSpans,
  bind: bindSpans,
  shape: (answer, options) => {
    const routes = pairSpans(answer, ['service', 'method', 'route']).filter(({now}) => now !== undefined)
    const rows = routes.sort(bySlowness).map(toRow)
    return {
      rows: arrangeRows(rows, options, folding),
      totals: totalsOf(answer),
      ...spanCounts(answer),
      warnings: [],
    }
  },
})

const folding: Folding = {
  names: ['service', 'method', 'route'],
  sums: {calls: 'count', errors: 'count'},
  derived: ({calls, errors}) => countsOf(String(calls), String(errors)),
}

/** Routes without a latency come last; then by calls and name. */
function bySlowness(a: Spans, b: Spans): number {
  const value = ({now}: Spans, key: string) => now?.[key] ?? '-1'
  const name = ({now}: Spans) => JSON.stringify([now?.['service'], now?.['method'], now?.['route']])
  return (
    compareDecimals(value(b, 'p95_ms'), value(a, 'p95_ms')) ||
    compareDecimals(value(b, 'calls'), value(a, 'calls')) ||
    (name(a) < name(b) ? -1 : 1)
  )
}

function toRow({now, before}: Spans): Row {
  const text = (key: string) => now?.[key] ?? ''
  const growth = growthPercent(text('p95_ms') || '0', before?.['p95_ms'] ?? '0')
  return {
    service: text('service'),
    method: text('method'),
    route: text('route'),
    ...countsOf(text('calls'), text('errors')),
    ...msOf('p50Ms', now?.['p50_ms']),
    ...msOf('p95Ms', now?.['p95_ms']),
    ...msOf('p99Ms', now?.['p99_ms']),
    ...(growth !== undefined && now?.['p95_ms'] !== undefined && {p95GrowthPercent: growth}),
  }
}

function msOf(key: string, value: string | undefined): Row {
  return value === undefined ? {} : {[key]: normalDecimal(value)}
}

function countsOf(calls: string, errors: string): Row {
  const share = percentOf(errors, calls, 2)
  return {
    calls: exactCount(calls),
    errors: exactCount(errors),
    ...(share !== undefined && {errorPercent: share}),
  }
}

function totalsOf(answer: readonly AnswerRow[]): Row {
  const rows = answer.filter((row) => row['part'] === 'counted' && row['span'] === 'now')
  const sum = (key: string) => String(sumCounts(rows.map((row) => row[key])))
  return countsOf(sum('calls'), sum('errors'))
}
