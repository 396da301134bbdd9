import type {Column, Row} from '../core/column'
import {percentOf} from '../core/money'
import {arrangeRows} from './arrange-rows'
import {defineReport, none, others} from './define-report'
import type {AnswerRow, ReportDefinition, ReportOptions} from './define-report'
import {exactCount} from './exact'
import {catalogueSql, featureName} from './feature-catalogue'
import type {Catalogue} from './feature-catalogue'
import type {Folding} from './fold-rows'
import {bindSpans, growthOf, spanCounts} from './spans'

export interface FeaturesOptions extends ReportOptions {
  /** Every feature that there is; undefined where nobody says. */
  catalogue?: Catalogue | undefined
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
    ...['part', 'span', 'feature', 'is_total', 'calls', 'customers', 'users', 'errors'],
    ...['duplicate_count', 'conflict_count', 'unkeyed_count'],
  ],
  names: ({catalogue = []}) => catalogueSql(catalogue).names,
  leadingCount: 8,
  bind: (options) => {
    const [tests = 'false', start = '', to = '', from = ''] = bindSpans(options).slice(4)
    const spans = [from, to, start, from]
    const isWhole = options.limit === undefined || options.sort !== undefined
    const limit = isWhole ? unlimited : String(options.limit)
    const {values} = catalogueSql(options.catalogue ?? [])
    return [...bindSpans(options).slice(0, 4), ...spans, ...spans, ...values, tests, limit, limit]
  },
  shape: (answer, options) => {
    const totalOf = (span: string) =>
      answer.find((row) => row['part'] === 'counted' && row['span'] === span && row['is_total'] === '1')
    const total = totalOf('now')
    const used = usedRows(answer, options, total)
    const unused = options.limit === undefined ? unusedRows(answer, options, used) : []
    // In its own order the query folds, and counts the customers and users of the rest once.
    const rows = options.sort
      ? arrangeRows([...used, ...unused], options, foldingOf(total))
      : [...used, ...unused]
    const counts = {...countsOf(total), callsBefore: exactCount(totalOf('before')?.['calls'] ?? '0')}
    return {
      rows,
      totals: {
        ...{...counts, ...growthOf(counts)},
        ...(options.catalogue && options.limit === undefined && {unusedFeatures: unused.length}),
      },
      ...spanCounts(answer.filter((row) => row['is_total'] === '1' && row['span'] === 'now')),
      warnings: [],
    }
  },
})

/** The same, with the mark of each feature where there is a catalogue. */
export function featuresFor(catalogue: Catalogue | undefined): ReportDefinition<FeaturesOptions> {
  if (!catalogue) return featuresReport
  return {...featuresReport, columns: [...columns, {key: 'status', header: 'status', type: 'text'}]}
}

function usedRows(
  answer: readonly AnswerRow[],
  {catalogue = []}: FeaturesOptions,
  total: AnswerRow | undefined,
): Row[] {
  const named = answer.filter((row) => row['span'] === 'now' && isFeature(row))
  const before = callsBefore(answer)
  const ordered = [...named.filter((row) => !isOthers(row)), ...named.filter(isOthers)]
  return ordered.map((row) => {
    const key = row['feature'] ?? ''
    const feature = featureName(catalogue, key)
    const counts = {...countsOf(row), callsBefore: exactCount(before.get(key) ?? '0')}
    return {
      ...{feature, ...counts, ...growthOf(counts)},
      ...shareOf(row['calls'] ?? '0', total),
      ...percentIn('adoptionPercent', row['customers'], total?.['customers']),
      ...perUser(row),
      ...statusOf(feature, catalogue),
    }
  })
}

/** Features of the catalogue that nobody used in the range, and that are not retired. */
function unusedRows(
  answer: readonly AnswerRow[],
  {catalogue = []}: FeaturesOptions,
  used: readonly Row[],
): Row[] {
  const names = new Set(used.map(({feature}) => feature))
  const before = new Map(
    [...callsBefore(answer)].map(([key, calls]) => [featureName(catalogue, key), calls] as const),
  )
  const unused = catalogue.filter(({name, isRetired}) => !isRetired && !names.has(name))
  return unused.map(({name}) => {
    const counts = {calls: 0, callsBefore: exactCount(before.get(name) ?? '0')}
    return {
      feature: name,
      ...counts,
      ...growthOf(counts),
      customers: 0,
      users: 0,
      errors: 0,
      status: 'unused',
    }
  })
}

function callsBefore(answer: readonly AnswerRow[]): Map<string, string> {
  const rows = answer.filter((row) => row['span'] === 'before' && isFeature(row))
  return new Map(rows.map((row) => [row['feature'] ?? '', row['calls'] ?? '0']))
}

function statusOf(feature: string, catalogue: Catalogue): Row {
  if (catalogue.length === 0 || feature === others || feature === none) return {}
  const known = catalogue.find(({name}) => name === feature)
  if (!known) return {status: 'unknown'}
  return known.isRetired ? {status: 'retired'} : {}
}

function foldingOf(total: AnswerRow | undefined): Folding {
  return {
    names: ['feature'],
    sums: {calls: 'count', callsBefore: 'count', errors: 'count'},
    derived: (row) => ({...growthOf(row), ...shareOf(String(row['calls']), total)}),
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
