import {isExactNumber, stringifyExact} from '../../../core/json'

/** Types of JSON values; an integer is a number. */
export const kinds = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const
export type Kind = (typeof kinds)[number]

/** The kind of a value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as Kind
  return isExactNumber(value) ? 'number' : 'object'
}

/** Equal values give the same text, in whatever order their members stand. */
export function valueKey(value: unknown): string {
  if (isExactNumber(value)) return String(value)
  if (Array.isArray(value)) return `[${value.map(valueKey).join()}]`
  if (typeof value !== 'object' || value === null) return stringifyExact(value)
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${valueKey(member)}`)
  return `{${members.sort().join()}}`
}

/** Each value once. */
export function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [valueKey(value), value])).values()]
}

/** A number as `parseExact` gives it, in what can be compared and multiplied: digits beyond a double's are lost in decimals alone. */
export function comparable(value: unknown): number | bigint | undefined {
  if (typeof value === 'bigint') return value
  return isExactNumber(value) ? Number(value) : undefined
}
