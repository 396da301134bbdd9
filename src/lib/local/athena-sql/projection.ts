import {dateProjection} from './date-projection'
import {SqlFailure} from './sql-failure'

/** True where a partition value, as text, is one that the projection names. */
export type ProjectedValue = (value: string) => boolean

export interface Projection {
  /** `s3://bucket/prefix/dt=${dt}/`. */
  template: string
  /** The test of each partition column, by name. */
  columns: Record<string, ProjectedValue>
}

/**
 * The partition projection of a table's properties, or undefined where `projection.enabled` is not true.
 * Date, integer and enum columns; `now` in milliseconds since 1970 stands for NOW. Throws SqlFailure on properties that are
 * wrong or missing, and on `injected` columns, which are not supported.
 */
export function readProjection(
  properties: Readonly<Record<string, string>>,
  location: string,
  columns: readonly string[],
  now: number,
): Projection | undefined {
  if (properties['projection.enabled']?.toLowerCase() !== 'true') return undefined
  const folder = location.replace(/\/*$/, '/')
  const template =
    properties['storage.location.template'] ??
    folder + columns.map((column) => `${column}=\${${column}}/`).join('')
  const missing = columns.find((column) => !template.includes(`\${${column}}`))
  if (missing !== undefined) throw badProjection(`storage.location.template does not name \${${missing}}`)
  const tests = columns.map((column) => [column, columnTest(properties, column, now)] as const)
  return {template, columns: Object.fromEntries(tests)}
}

/** Partition values of a URI under the template, in the order of `columns`; undefined where the URI does not match it. */
export function templateMatcher(
  template: string,
  columns: readonly string[],
): (uri: string) => string[] | undefined {
  const parts = template.replace(/\/*$/, '/').split(/\$\{([^}]+)\}/)
  const seen: string[] = []
  const source = parts.map((part, place) => (place % 2 === 0 ? escapeRegExp(part) : group(part, seen)))
  const pattern = new RegExp(`^${source.join('')}`)
  return (uri) => {
    const match = pattern.exec(uri)
    return match ? columns.map((column) => match[seen.indexOf(column) + 1] ?? '') : undefined
  }
}

function group(column: string, seen: string[]): string {
  const place = seen.indexOf(column)
  if (place >= 0) return `\\${place + 1}`
  seen.push(column)
  return '([^/]+)'
}

function columnTest(
  properties: Readonly<Record<string, string>>,
  column: string,
  now: number,
): ProjectedValue {
  const property = (name: string) => properties[`projection.${column}.${name}`]
  const type = property('type')?.toLowerCase()
  switch (type) {
    case 'enum':
      return enumTest(property('values'), column)
    case 'integer':
      return integerTest(property, column)
    case 'date':
      return dateProjection(property, column, now)
    case 'injected':
      throw new SqlFailure(
        'NOT_SUPPORTED: Partition projection of type injected is not supported by this local endpoint.',
      )
    default:
      throw badProjection(`projection.${column}.type is missing or is not enum, integer or date`)
  }
}

function enumTest(list: string | undefined, column: string): ProjectedValue {
  if (list === undefined) throw badProjection(`projection.${column}.values is missing`)
  const values = new Set(list.split(',').map((value) => value.trim()))
  return (value) => values.has(value)
}

function integerTest(property: (name: string) => string | undefined, column: string): ProjectedValue {
  const range = /^\s*(-?\d+)\s*,\s*(-?\d+)\s*$/.exec(property('range') ?? '')
  if (!range) throw badProjection(`projection.${column}.range is not two integers`)
  const [low, high] = [BigInt(range[1] ?? 0), BigInt(range[2] ?? 0)]
  const interval = BigInt(property('interval') ?? '1')
  const digits = Number(property('digits') ?? 0)
  return (value) => {
    if (!/^-?\d+$/.test(value)) return false
    const number = BigInt(value)
    const isInRange = number >= low && number <= high && (number - low) % interval === 0n
    return isInRange && String(number).padStart(digits, '0') === value
  }
}

export function badProjection(what: string): SqlFailure {
  return new SqlFailure(`INVALID_TABLE_PROPERTY: Partition projection: ${what}.`)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
