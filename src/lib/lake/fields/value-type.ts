/**
 * What type of Hive holds the values that were seen of a field: `string`, `bigint`, `double`, `boolean`, `array<...>` of one of these; `array<>` while only
 * empty lists were seen, `none` where there is none: lists of objects or lists, and values that are lists once and something else another time.
 */
export type ValueType = string

const none = 'none'

/** The type of one value, as `JSON.parse` made it; objects have none. Numbers that no double holds exactly are text, which both engines keep to the last digit. */
export function typeOfValue(value: unknown): ValueType {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'number':
      if (!Number.isInteger(value)) return 'double'
      return Number.isSafeInteger(value) ? 'bigint' : 'string'
    default:
      return Array.isArray(value) ? typeOfList(value) : none
  }
}

function typeOfList(values: readonly unknown[]): ValueType {
  const types = values.filter((value) => value !== null).map(typeOfValue)
  if (types.some((type) => type === none || type.startsWith('array<'))) return none
  return `array<${types.length === 0 ? '' : types.reduce(commonType)}>`
}

/** The type that holds the values of both. Every scalar can be read as text. */
export function commonType(a: ValueType, b: ValueType): ValueType {
  if (a === b) return a
  if (a === none || b === none) return none
  const [inA, inB] = [elementOf(a), elementOf(b)]
  if (inA === undefined && inB === undefined) return isNumeric(a) && isNumeric(b) ? 'double' : 'string'
  if (inA === undefined || inB === undefined) return none
  return `array<${inA === '' || inB === '' ? inA + inB : commonType(inA, inB)}>`
}

/** Whether columns can be of the type. */
export function isColumnType(type: ValueType): boolean {
  return type !== none && type !== 'array<>'
}

function elementOf(type: ValueType): ValueType | undefined {
  return /^array<(.*)>$/.exec(type)?.[1]
}

function isNumeric(type: ValueType): boolean {
  return type === 'bigint' || type === 'double'
}

/**
 * Whether the SerDe of JSON reads a value as this type of Hive; else a query sees NULL. Text holds every scalar; numbers and booleans may stand in quotes.
 */
export function isHeld(type: string, value: unknown): boolean {
  if (type.startsWith('map<')) return typeof value === 'object' && value !== null && !Array.isArray(value)
  const element = elementOf(type)
  if (element !== undefined) {
    return Array.isArray(value) && value.every((one) => one === null || isHeld(element, one))
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false
  const text = String(value)
  switch (type) {
    case 'int':
      return isInteger(text, 31n)
    case 'bigint':
      return isInteger(text, 63n)
    case 'double':
      return text.trim() !== '' && !Number.isNaN(Number(text))
    case 'boolean':
      return /^(true|false)$/i.test(text)
    default:
      return true
  }
}

function isInteger(text: string, bits: bigint): boolean {
  if (!/^-?\d+$/.test(text)) return false
  // What is shorter fits either.
  if (text.length < 10) return true
  if (text.length > 20) return false
  const limit = 1n << bits
  const value = BigInt(text)
  return value >= -limit && value < limit
}
