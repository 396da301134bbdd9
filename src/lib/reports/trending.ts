import type {Row} from '../core/column'
import {compareDecimals} from '../core/money'
import {arrangeRows} from './arrange-rows'
import {defineReport} from './define-report'
import type {AnswerRow, ReportOptions} from './define-report'
import {exactCount, sumCounts} from './exact'
import type {Folding} from './fold-rows'
import {bindSpans, growthOf, growthPercent, leadingOfSpans, pairSpans, spanCounts} from './spans'
import type {Spans} from './spans'

/** What can be compared, and the column of the lake's view that has it. */
export const trendKeys = {
  feature: 'feature',
  customer: 'customer_id',
  service: 'service_name',
  route: 'api_route',
  operation: 'api_operation',
} as const

export type TrendKey = keyof typeof trendKeys

export interface TrendOptions extends ReportOptions {
  by: TrendKey
  /** Calls that something must have had in one of both ranges to be listed: small numbers grow fast and mean nothing. */
  minCalls: number
}

interface Trend {
  name: string
  now: bigint
  before: bigint
  customers: number | bigint
}

/**
 * What grows: one row for each feature (or customer, service, route, operation), fastest growth first; what is new stands before all that was there.
 * `growthPercent` is against the range of the same length before, and missing where there was nothing; `isNew` says so.
 */
export const trendingReport = defineReport<TrendOptions>({
  name: 'trending',
  summary: 'what grows and what shrinks, against the range before',
  sqlFile: 'trending.sql',
  columns: [
    {key: 'name', header: 'name', type: 'text'},
    {key: 'calls', header: 'calls', type: 'integer'},
    {key: 'callsBefore', header: 'before', type: 'integer'},
    {key: 'growthPercent', header: 'growth', unit: '%', type: 'decimal'},
    {key: 'customers', header: 'customers', type: 'integer'},
  ],
  charts: [
    {
      kind: 'bars',
      title: 'Growth in percent',
      names: ['name'],
      values: ['growthPercent'],
      rest: 'leave',
      missing: 'new',
    },
    {
      kind: 'bars',
      title: 'Calls, now and before',
      names: ['name'],
      values: ['calls', 'callsBefore'],
      rest: 'sum',
    },
  ],
  answerColumns: [
    'part',
    'span',
    'key_value',
    'calls',
    'customers',
    'duplicate_count',
    'conflict_count',
    'unkeyed_count',
  ],
  names: ({by}) => ({key: trendKeys[by]}),
  leadingCount: leadingOfSpans,
  bind: bindSpans,
  shape: (answer, options) => {
    const {minCalls} = options
    const all = pairSpans(answer, ['key_value']).map(toTrend)
    const large = all.filter(({now, before}) => now >= BigInt(minCalls) || before >= BigInt(minCalls))
    const small = all.length - large.length
    const rows = large.sort(byGrowth).map(toRow)
    return {
      rows: arrangeRows(rows, options, folding),
      totals: totalsOf(answer),
      ...spanCounts(answer),
      warnings:
        small > 0
          ? [`${small} with fewer than ${minCalls} calls in both ranges are not listed (--min-calls).`]
          : [],
    }
  },
})

const folding: Folding = {
  names: ['name'],
  sums: {calls: 'count', callsBefore: 'count'},
  derived: growthOf,
}

function toTrend({now, before}: Spans): Trend {
  return {
    name: (now ?? before)?.['key_value'] ?? '',
    now: BigInt(now?.['calls'] ?? '0'),
    before: BigInt(before?.['calls'] ?? '0'),
    customers: exactCount(now?.['customers'] ?? '0'),
  }
}

/** New ones first, by calls; then by growth, calls and name. */
function byGrowth(a: Trend, b: Trend): number {
  if ((a.before === 0n) !== (b.before === 0n)) return a.before === 0n ? -1 : 1
  // Growth a.now / a.before against b.now / b.before, without dividing.
  const growth = a.before === 0n ? 0 : compareDecimals(b.now * a.before, a.now * b.before)
  return growth || compareDecimals(b.now, a.now) || (a.name < b.name ? -1 : 1)
}

function toRow({name, now, before, customers}: Trend): Row {
  const growth = growthPercent(String(now), String(before))
  return {
    name,
    calls: exactCount(now),
    callsBefore: exactCount(before),
    ...(growth !== undefined && {growthPercent: growth}),
    ...(before === 0n && {isNew: true}),
    customers,
  }
}

function totalsOf(answer: readonly AnswerRow[]): Row {
  const calls = (span: string) =>
    sumCounts(
      answer.filter((row) => row['part'] === 'counted' && row['span'] === span).map((row) => row['calls']),
    )
  const growth = growthPercent(String(calls('now')), String(calls('before')))
  return {
    calls: exactCount(calls('now')),
    callsBefore: exactCount(calls('before')),
    ...(growth !== undefined && {growthPercent: growth}),
  }
}
