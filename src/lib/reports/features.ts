import type {Row} from '../core/column'
import {percentOf} from '../core/money'
import {arrangeRows} from './arrange-rows'
import {bindRange, defineReport, others} from './define-report'
import type {AnswerRow} from './define-report'
import {exactCount} from './exact'
import type {Folding} from './fold-rows'

/** More features than any table has rows: no limit. */
const unlimited = '9223372036854775807'

/**
 * What is used: one row per feature, most calls first, `(others)` last. `customers` and `users` are distinct ones that events
 * name; `errors` are calls answered with status 400 or above; `sharePercent` is of all calls counted, with two decimals.
 */
export const featuresReport = defineReport({
  name: 'features',
  summary: 'calls, customers, users and errors of each feature',
  sqlFile: 'features.sql',
  columns: [
    {key: 'feature', header: 'feature', type: 'text'},
    {key: 'calls', header: 'calls', type: 'integer'},
    {key: 'sharePercent', header: 'share', unit: '%', type: 'decimal'},
    {key: 'customers', header: 'customers', type: 'integer'},
    {key: 'users', header: 'users', type: 'integer'},
    {key: 'errors', header: 'errors', type: 'integer'},
  ],
  answerColumns: [
    'part',
    'feature',
    'is_total',
    'calls',
    'customers',
    'users',
    'errors',
    'duplicate_count',
    'conflict_count',
    'unkeyed_count',
  ],
  bind: (options) => {
    const isWhole = options.limit === undefined || options.sort !== undefined
    const limit = isWhole ? unlimited : String(options.limit)
    return [...bindRange(options), String(options.includeTest === true), limit, limit]
  },
  shape: (answer, options) => {
    const total = answer.find((row) => row['part'] === 'counted' && row['is_total'] === '1')
    const tests = answer.find((row) => row['part'] === 'test' && row['is_total'] === '1')
    const named = answer.filter((row) => row['part'] === 'counted' && row['is_total'] === '0')
    const ordered = [...named.filter((row) => !isOthers(row)), ...named.filter(isOthers)]
    return {
      // In its own order the query folds, and counts the customers and users of the rest once.
      rows: options.sort
        ? arrangeRows(
            ordered.map((row) => toRow(row, total)),
            options,
            foldingOf(total),
          )
        : ordered.map((row) => toRow(row, total)),
      totals: countsOf(total),
      duplicateCount: BigInt(total?.['duplicate_count'] ?? '0'),
      conflictCount: BigInt(total?.['conflict_count'] ?? '0'),
      unkeyedCount: BigInt(total?.['unkeyed_count'] ?? '0'),
      testCount: BigInt(tests?.['calls'] ?? '0'),
      warnings: [],
    }
  },
})

function foldingOf(total: AnswerRow | undefined): Folding {
  return {
    names: ['feature'],
    sums: {calls: 'count', errors: 'count'},
    derived: ({calls}) => shareOf(String(calls), total),
  }
}

function shareOf(calls: string, total: AnswerRow | undefined): Row {
  const share = percentOf(calls, total?.['calls'] ?? '0', 2)
  return share === undefined ? {} : {sharePercent: share}
}

function isOthers(row: AnswerRow): boolean {
  return row['feature'] === others
}

function toRow(row: AnswerRow, total: AnswerRow | undefined): Row {
  return {feature: row['feature'] ?? '', ...countsOf(row), ...shareOf(row['calls'] ?? '0', total)}
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
