import type {DuckDBValue} from '@duckdb/node-api'
import {SqlFailure} from './sql-failure'

type Render = (value: unknown) => string

const int64 = {low: -(2n ** 63n), high: 2n ** 63n - 1n}

/**
 * A value as Athena writes it in its results; undefined for NULL. Rows are `{a=1, b=null}`, arrays `[1, 2]`, times carry at
 * least milliseconds, doubles are Java's text. Throws SqlFailure where a sum is beyond bigint.
 */
export function renderValue(value: DuckDBValue): string | undefined {
  return value === null ? undefined : renderers(value)
}

function renderers(value: NonNullable<DuckDBValue>): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return String(value)
    case 'number':
      return javaDouble(value)
    case 'bigint':
      return bigint(value)
    default:
      return (byClass[value.constructor.name] ?? String)(value)
  }
}

/** Integers of 32 bits and less come as numbers, as doubles do; only the column knows which. */
export function renderInteger(value: DuckDBValue): string | undefined {
  return value === null ? undefined : typeof value === 'bigint' ? bigint(value) : String(value)
}

/** A float's text, the shortest that gives it back. */
export function renderFloat(value: DuckDBValue): string | undefined {
  if (typeof value !== 'number') return renderValue(value)
  for (let digits = 1; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return javaDouble(short)
  }
  return javaDouble(value)
}

const list: Render = (value) => `[${(value as {items: readonly DuckDBValue[]}).items.map(inside).join(', ')}]`

/** By the names of DuckDB's classes, so that DuckDB itself need not be loaded here. */
const byClass: Record<string, Render> = {
  DuckDBListValue: list,
  DuckDBArrayValue: list,
  DuckDBMapValue: (value) => {
    const entries = (value as {entries: readonly {key: DuckDBValue; value: DuckDBValue}[]}).entries
    return `{${entries.map((entry) => `${inside(entry.key)}=${inside(entry.value)}`).join(', ')}}`
  },
  DuckDBStructValue: (value) => {
    const fields = Object.entries((value as {entries: Readonly<Record<string, DuckDBValue>>}).entries)
    return `{${fields.map(([name, field]) => `${name.toLowerCase()}=${inside(field)}`).join(', ')}}`
  },
  DuckDBTimestampValue: (value) => withMilliseconds(String(value)),
  DuckDBTimestampTZValue: (value) =>
    `${withMilliseconds(String(value).replace(/[+-]\d\d(?::\d\d)*$/, ''))} UTC`,
  DuckDBTimeValue: (value) => withMilliseconds(String(value)),
  DuckDBBlobValue: (value) =>
    [...(value as {bytes: Uint8Array}).bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
}

/** Inside of rows and arrays integers cannot be told from doubles with an integral value; both are written as integers. */
function inside(value: DuckDBValue): string {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value)
  return renderValue(value) ?? 'null'
}

function bigint(value: bigint): string {
  if (value < int64.low || value > int64.high) {
    throw new SqlFailure(`NUMERIC_VALUE_OUT_OF_RANGE: bigint overflow: ${value}`)
  }
  return String(value)
}

function withMilliseconds(text: string): string {
  const [, whole = text, fraction = ''] = /^(.*?)(?:\.(\d+))?$/.exec(text) ?? []
  return `${whole}.${fraction.padEnd(3, '0')}`
}

/** Java's Double.toString: decimal from 10^-3 up to 10^7, else `1.0E7`. */
function javaDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`
}
