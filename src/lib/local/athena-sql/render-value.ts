import type {DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBType, DuckDBValue} from '@duckdb/node-api'
import {parseExact, stringifyExact} from '../../core/json'
import {notSupported, SqlFailure} from './sql-failure'

/** A value as Athena writes it; undefined for NULL. */
export type Render = (value: DuckDBValue) => string | undefined

const int64 = {low: -(2n ** 63n), high: 2n ** 63n - 1n}

/**
 * Writes values of a type as Athena does in its results. Rows are `{a=1, b=null}`, arrays `[1, 2]`, times carry milliseconds, doubles are Java's text. What
 * it gives throws SqlFailure where a sum is beyond bigint. Throws SqlFailure (NOT_SUPPORTED) on a row of several values without names, which DuckDB
 * does not tell apart.
 */
export function rendererOf(type: DuckDBType): Render {
  const render = presentOf(type)
  return (value) => (value === null ? undefined : render(value))
}

type Present = (value: NonNullable<DuckDBValue>) => string

/** By the type's text, so that DuckDB itself need not be loaded here. */
function presentOf(type: DuckDBType): Present {
  const text = type.alias ?? type.toString()
  if (/\]$/.test(text)) {
    const item = inside((type as DuckDBListType).valueType)
    return (value) => `[${(value as unknown as {items: readonly DuckDBValue[]}).items.map(item).join(', ')}]`
  }
  if (text.startsWith('MAP(')) {
    const [key, item] = [inside((type as DuckDBMapType).keyType), inside((type as DuckDBMapType).valueType)]
    return (value) => {
      const entries = (value as unknown as {entries: readonly {key: DuckDBValue; value: DuckDBValue}[]})
        .entries
      return `{${entries.map((entry) => `${key(entry.key)}=${item(entry.value)}`).join(', ')}}`
    }
  }
  if (text.startsWith('STRUCT(')) return rowOf(type as DuckDBStructType)
  if (/^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/.test(text)) return integer
  return byType[text] ?? String
}

function inside(type: DuckDBType): (value: DuckDBValue) => string {
  const render = presentOf(type)
  return (value) => (value === null ? 'null' : render(value))
}

function rowOf({entryNames, entryTypes}: DuckDBStructType): Present {
  if (entryNames.filter((name) => name === '').length > 1) {
    throw notSupported('A row without names in a result (CAST it to ROW(name type, ...))')
  }
  const renders = entryTypes.map(inside)
  return (value) => {
    const {entries} = value as unknown as {entries: Readonly<Record<string, DuckDBValue>>}
    const fields = entryNames.map((name, place) => {
      const shown = name === '' ? `field${place}` : name.toLowerCase()
      return `${shown}=${renders[place]?.(entries[name] ?? null)}`
    })
    return `{${fields.join(', ')}}`
  }
}

const byType: Readonly<Record<string, Present>> = {
  DOUBLE: (value) => javaDouble(value as number),
  FLOAT: (value) => javaFloat(value as number),
  JSON: (value) => canonicalJson(value as string),
  DATE: (value) => yearOfTrino(String(value)),
  TIME: (value) => toMilliseconds(String(value)),
  TIMESTAMP: (value) => moment(value),
  'TIMESTAMP WITH TIME ZONE': (value) => `${moment(value)} UTC`,
  INTERVAL: (value) => interval(value as unknown as {months: number; days: number; micros: bigint}),
  BLOB: (value) =>
    [...(value as unknown as {bytes: Uint8Array}).bytes]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' '),
}

function integer(value: NonNullable<DuckDBValue>): string {
  if (typeof value === 'bigint' && (value < int64.low || value > int64.high)) {
    throw new SqlFailure(`NUMERIC_VALUE_OUT_OF_RANGE: bigint overflow: ${value}`)
  }
  return String(value)
}

/** The shortest text that gives a float back. */
function javaFloat(value: number): string {
  for (let digits = 1; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return javaDouble(short)
  }
  return javaDouble(value)
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

/** As Trino keeps JSON: without blanks, keys in their order. */
function canonicalJson(text: string): string {
  try {
    return stringifyExact(sorted(parseExact(text)))
  } catch {
    return text
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const)
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** DuckDB keeps microseconds; Trino's times have milliseconds where they leave the query, and are rounded to them. */
function moment(value: NonNullable<DuckDBValue>): string {
  const {micros} = value as unknown as {micros: bigint}
  const rest = ((micros % 1000n) + 1000n) % 1000n
  if (rest === 0n) return yearOfTrino(toMilliseconds(withoutOffset(String(value))))
  const milliseconds = (micros - rest) / 1000n + (rest >= 500n ? 1n : 0n)
  return yearOfTrino(new Date(Number(milliseconds)).toISOString().slice(0, -1).replace('T', ' '))
}

function withoutOffset(text: string): string {
  return text.replace(/([ :]\d\d:\d\d(?:\.\d+)?)[+-]\d\d(?::\d\d)*$/, '$1')
}

/** Years beyond 9999 have a sign, and the one before the year 1 is 0: `0002-01-01 (BC)` is `-0001-01-01`. */
function yearOfTrino(text: string): string {
  const [, year = '', rest = '', before] = /^(\d+)(-\d\d-\d\d) ?(\(BC\))?/.exec(text) ?? []
  if (before === undefined) return year.length > 4 ? `+${text}` : text
  const number = Number(year) - 1
  return `${number === 0 ? '' : '-'}${String(number).padStart(4, '0')}${rest}${text.replace(/^.*\(BC\)/, '')}`
}

function toMilliseconds(text: string): string {
  const [, whole = text, fraction = ''] = /^(.*?)(?:\.(\d+))?$/.exec(text) ?? []
  return `${whole}.${fraction.padEnd(3, '0')}`
}

/** `2 03:04:05.678`. Months are a type of their own to Trino. */
function interval({months, days, micros}: {months: number; days: number; micros: bigint}): string {
  if (months !== 0) throw notSupported('An interval of months or years in a result (cast it to VARCHAR)')
  const all = BigInt(days) * 86_400_000n + micros / 1000n
  const size = all < 0n ? -all : all
  const clock = new Date(Number(size % 86_400_000n)).toISOString().slice(11, -1)
  return `${all < 0n ? '-' : ''}${size / 86_400_000n} ${clock}`
}
