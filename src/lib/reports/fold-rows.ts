import type {Row} from '../core/column'
import {addDecimals} from '../core/money'
import {others} from './define-report'
import {exactCount, exactQuantity} from './exact'
import {sumLike} from './sum-like'

/** How the rows beyond a limit become one. */
export interface Folding {
  /** Keys that say `(others)`. */
  names: readonly string[]
  /** Keys that add up. What does not (distinct customers, percentiles) is missing from the row. */
  sums: Readonly<Record<string, 'count' | 'quantity' | 'money'>>
  /** Rows that differ in this key are folded apart: money of two currencies does not add up. */
  apart?: string
  /** What follows from the sums. */
  derived?: (row: Row) => Row
}

/** The first `limit` rows, and the rest together in one row, or in one for each value of `apart`. Nothing is left out silently. */
export function foldRows(rows: readonly Row[], limit: number | undefined, folding: Folding): Row[] {
  if (limit === undefined || rows.length <= limit) return [...rows]
  const {apart} = folding
  const byKey = new Map<unknown, Row[]>()
  for (const row of rows.slice(limit)) {
    const key = apart === undefined ? undefined : row[apart]
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  return [...rows.slice(0, limit), ...[...byKey.values()].map((rest) => fold(rest, folding))]
}

function fold(rows: readonly Row[], {names, sums, apart, derived}: Folding): Row {
  const named = names.map((name) => [name, others])
  const summed = Object.entries(sums).flatMap(([key, kind]) => {
    const values = rows.flatMap((row) => (row[key] === undefined ? [] : [String(row[key])]))
    return values.length === 0 ? [] : [[key, sumOf(kind, values)]]
  })
  const kept = apart === undefined || rows[0]?.[apart] === undefined ? [] : [[apart, rows[0][apart]]]
  const row = Object.fromEntries([...named, ...summed, ...kept]) as Row
  return {...row, ...derived?.(row)}
}

function sumOf(kind: 'count' | 'quantity' | 'money', values: readonly string[]) {
  if (kind === 'money') return sumLike(values[0] ?? '0', values)
  return kind === 'count'
    ? exactCount(values.reduce((sum, value) => sum + BigInt(value), 0n))
    : exactQuantity(addDecimals(values))
}
