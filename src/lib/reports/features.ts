import type {Column, Row} from '../core/column'
import {percentOf} from '../core/money'
import {arrangeRows} from './arrange-rows'
import {defineReport, none, others} from './define-report'
import type {AnswerRow, ReportDefinition, ReportOptions} from './define-report'
import {exactCount} from './exact'
import {catalogueSql, featureName} from './feature-catalogue'
import type {Catalogue} from './feature-catalogue'
import {splits, splitSql} from './features-split'
import type {FeatureSplit} from './features-split'
import type {Folding} from './fold-rows'
import {growthOf, leadingOfSpans, spanCounts, spanParameters} from './spans'
import type {SpanParameters} from './spans'

export interface FeaturesOptions extends ReportOptions {
  /** Every feature that there is; undefined where nobody says. */
  catalogue?: Catalogue | undefined
  /** Rows of a feature are split by this. */
  by?: FeatureSplit | undefined
  /** Where days begin; UTC where nothing is said. */
  timezone?: string | undefined
}

/** More features than any table has rows: no limit. */
const unlimited = '9223372036854775807'

const columns: readonly Column[] = [
  {key: 'feature', header: 'feature', type: 'text'},
  {key: 'calls', header: 'calls', type: 'integer'},
  {key: 'sharePercent', header: 'share', unit: '%', type: 'decimal'},
  {key: 'callsBefore', header: 'before', type: 'integer'},
  {key: 'growthPercent', header: 'growth', unit: '%', type: 'decimal'},
  {key: 'customers', header: 'customers', type: 'integer'},
  {key: 'adoptionPercent', header: 'adoption', unit: '%', type: 'decimal'},
  {key: 'users', header: 'users', type: 'integer'},
  {key: 'callsPerUser', header: 'per user', type: 'decimal'},
  {key: 'errors', header: 'errors', type: 'integer'},
]

/**
 * What is used: one row per feature, most calls first, `(others)` last. `customers` and `users` are distinct ones that events name; `errors` are calls answered with
 * status 400 or above; `sharePercent` is of all calls counted; `adoptionPercent` is the share of all customers that used the feature; `callsPerUser`
 * is how often one of its users did; `growthPercent` is against the range of the same length before. Two decimals, growth has one.
 */
export const featuresReport = defineReport<FeaturesOptions>({
  name: 'features',
  summary: 'calls, customers, users and errors of each feature, how it grows, and what is never used',
  sqlFile: 'features.sql',
  columns,
  charts: [
    {kind: 'bars', title: 'Calls by feature', names: ['feature'], values: ['calls'], rest: 'sum'},
    {kind: 'bars', title: 'Customers by feature', names: ['feature'], values: ['customers'], rest: 'leave'},
  ],
  answerColumns: [
    ...['part', 'span', 'feature', 'by_value', 'is_total', 'calls', 'customers', 'users', 'errors'],
    ...['duplicate_count', 'conflict_count', 'unkeyed_count'],
  ],
  names: (options) => ({
    ...catalogueSql(options.catalogue ?? []).names,
    ...splitSql(options, options.timezone ?? 'UTC'),
  }),
  fields: ({by}) => (by === undefined ? [] : splits[by].fields),
  leadingCount: leadingOfSpans,
  bind: (options) => {
    const {leading, ranges, tests} = spansOf(options)
    const isWhole = options.limit === undefined || options.sort !== undefined
    const limit = isWhole ? unlimited : String(options.limit)
    const {values} = catalogueSql(options.catalogue ?? [])
    return [...leading, ...ranges, ...ranges, ...values, tests, limit, limit]
  },
  shape: (answer, options) => {
    const totalOf = (span: string) =>
      answer.find((row) => row['part'] === 'counted' && row['span'] === span && row['is_total'] === '1')
    const total = totalOf('now')
    const used = usedRows(answer, options, total)
    const unused = options.limit === undefined ? unusedRows(answer, options, used) : []
    // In its own order the query folds, and counts the customers and users of the rest once.
    const rows = options.sort
      ? arrangeRows([...used, ...unused], options, foldingOf(total, options))
      : [...used, ...unused]
    const counts = {...countsOf(total), callsBefore: exactCount(totalOf('before')?.['calls'] ?? '0')}
    return {
      rows: options.by === 'day' && !options.sort ? byDay(rows) : rows,
      totals: {
        ...shown({...counts, ...growthOf(counts)}, options),
        ...(options.catalogue && options.limit === undefined && {unusedFeatures: unused.length}),
      },
      ...spanCounts(answer.filter((row) => row['is_total'] === '1' && row['span'] === 'now')),
      warnings: [],
    }
  },
})

/** The same as it is shown: with the mark of each feature where there is a catalogue, split where that is asked for. */
export function featuresFor(
  catalogue: Catalogue | undefined,
  by?: FeatureSplit,
): ReportDefinition<FeaturesOptions> {
  const [first, ...rest] = columns
  const split = by && splits[by]
  const numbers = rest.filter(({key}) => !split?.hides.includes(key))
  const status: Column[] = catalogue ? [{key: 'status', header: 'status', type: 'text'}] : []
  return {
    ...featuresReport,
    columns: [...(first ? [first] : []), ...(split ? [split.column] : []), ...numbers, ...status],
    ...(split && {charts: split.charts}),
  }
}

/** A day has none before it to be compared with, so no more is read than the range needs. */
function spansOf(options: FeaturesOptions): SpanParameters {
  return options.by === 'day'
    ? spanParameters(options, {from: options.from, to: options.from})
    : spanParameters(options)
}

function usedRows(
  answer: readonly AnswerRow[],
  options: FeaturesOptions,
  total: AnswerRow | undefined,
): Row[] {
  const {catalogue = [], by} = options
  const named = answer.filter((row) => row['span'] === 'now' && isFeature(row))
  const before = callsBefore(answer, partOf)
  const ordered = [...named.filter((row) => !isOthers(row)), ...named.filter(isOthers)]
  return ordered.map((row) => {
    const feature = featureName(catalogue, row['feature'] ?? '')
    const counts = {...countsOf(row), callsBefore: exactCount(before.get(partOf(row)) ?? 0n)}
    const all = {
      feature,
      ...(by && {[splits[by].column.key]: row['by_value'] ?? ''}),
      ...{...counts, ...growthOf(counts)},
      ...shareOf(row['calls'] ?? '0', total),
      ...percentIn('adoptionPercent', row['customers'], total?.['customers']),
      ...perUser(row),
      ...statusOf(feature, catalogue),
    }
    return shown(all, options)
  })
}

/** Without the numbers that say nothing of a part. */
function shown(row: Row, {by}: FeaturesOptions): Row {
  const hidden = by ? splits[by].hides : []
  return Object.fromEntries(Object.entries(row).filter(([key]) => !hidden.includes(key)))
}

/** In the order of their days, the ones of a day as they are; `(others)` and what has no day last. */
function byDay(rows: readonly Row[]): Row[] {
  const dayOf = ({day}: Row) => (day === undefined || day === others ? '~' : String(day))
  return [...rows].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0))
}

/** Features of the catalogue that nobody used in the range, and that are not retired. */
function unusedRows(answer: readonly AnswerRow[], options: FeaturesOptions, used: readonly Row[]): Row[] {
  const {catalogue = []} = options
  const names = new Set(used.map(({feature}) => feature))
  const before = callsBefore(answer, (row) => featureName(catalogue, row['feature'] ?? ''))
  const unused = catalogue.filter(({name, isRetired}) => !isRetired && !names.has(name))
  return unused.map(({name}) => {
    const counts = {calls: 0, callsBefore: exactCount(before.get(name) ?? 0n)}
    const row = {
      feature: name,
      ...counts,
      ...growthOf(counts),
      customers: 0,
      users: 0,
      errors: 0,
      status: 'unused',
    }
    return shown(row, options)
  })
}

/** Calls in the range before, summed by what `keyOf` says of a row. */
function callsBefore(answer: readonly AnswerRow[], keyOf: (row: AnswerRow) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const row of answer) {
    if (row['span'] !== 'before' || !isFeature(row)) continue
    sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0n) + BigInt(row['calls'] ?? '0'))
  }
  return sums
}

function partOf(row: AnswerRow): string {
  return JSON.stringify([row['feature'], row['by_value']])
}

function statusOf(feature: string, catalogue: Catalogue): Row {
  if (catalogue.length === 0 || feature === others || feature === none) return {}
  const known = catalogue.find(({name}) => name === feature)
  if (!known) return {status: 'unknown'}
  return known.isRetired ? {status: 'retired'} : {}
}

function foldingOf(total: AnswerRow | undefined, options: FeaturesOptions): Folding {
  const {by} = options
  return {
    names: ['feature', ...(by ? [splits[by].column.key] : [])],
    sums: {calls: 'count', callsBefore: 'count', errors: 'count'},
    derived: (row) => shown({...growthOf(row), ...shareOf(String(row['calls']), total)}, options),
  }
}

function shareOf(calls: string, total: AnswerRow | undefined): Row {
  return percentIn('sharePercent', calls, total?.['calls'])
}

function percentIn(key: string, part = '0', whole = '0'): Row {
  const percent = percentOf(part, whole, 2)
  return percent === undefined ? {} : {[key]: percent}
}

/** Calls of events without a user are nobody's, so this is more than they made where some name none. */
function perUser({calls = '0', users = '0'}: AnswerRow): Row {
  if (users === '0') return {}
  const hundredths = String((BigInt(calls) * 200n + BigInt(users)) / (2n * BigInt(users))).padStart(3, '0')
  return {callsPerUser: `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`}
}

function isFeature(row: AnswerRow): boolean {
  return row['part'] === 'counted' && row['is_total'] === '0'
}

function isOthers(row: AnswerRow): boolean {
  return row['feature'] === others
}

function countsOf(row: AnswerRow | undefined): Row {
  const count = (key: string) => exactCount(row?.[key] ?? '0')
  return {
    calls: count('calls'),
    customers: count('customers'),
    users: count('users'),
    errors: count('errors'),
  }
}
