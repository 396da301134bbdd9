import Big from 'big.js'
import type {HiveType} from '../athena-sql/hive-type'
import {mismatch, notParsed} from './conversion-failure'
import type {Fold} from './fold'
import {numberText} from './json-documents'
import {readDate, readTimestamp} from './read-time'

/** What is written for a value: text that the column's type takes, or a truth value. */
export type Scalar = string | boolean

type ScalarType = HiveType & {kind: 'scalar'}
type Read = (value: unknown) => Scalar

const integerBits: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  int: 32n,
  integer: 32n,
  bigint: 64n,
}

/**
 * What reads JSON values, none of them null, for a scalar column as OpenX's SerDe does: numbers also from text, text also from
 * numbers to the last digit. What it returns throws ConversionFailure. Undefined for types that have no reading (binary).
 */
export function scalarReader(type: ScalarType, fold: Fold): Read | undefined {
  const bits = integerBits[type.name]
  if (bits !== undefined) return (value) => readInteger(value, bits)
  switch (type.name) {
    case 'float':
      return (value) => readFloating(value, Math.fround)
    case 'double':
      return (value) => readFloating(value, (number) => number)
    case 'decimal':
      return decimalReader(type.arguments)
    case 'boolean':
      return readBoolean
    case 'string':
    case 'varchar':
    case 'char':
      return (value) => readText(value, fold)
    case 'date':
      return (value) => readDate(textOf(value))
    case 'timestamp':
      return (value) => readTimestamp(textOf(value))
    default:
      return undefined
  }
}

function readText(value: unknown, fold: Fold): string {
  if (typeof value === 'string') return wellFormed(value)
  return numberText(value) ?? (typeof value === 'boolean' ? String(value) : wellFormed(jsonText(value, fold)))
}

/** Half of a surrogate pair is no text that a Parquet file could hold. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text
}

/** Objects and lists in a column of text stay JSON; their keys are folded as all keys are. */
function jsonText(value: unknown, fold: Fold): string {
  const number = numberText(value)
  if (number !== undefined) return number
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, fold)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(fold(key))}:${jsonText(member, fold)}`,
  )
  return `{${members.join(',')}}`
}

/** Java's `Long.parseLong`, and its hexadecimal form that OpenX's SerDe adds. */
function readInteger(value: unknown, bits: bigint): string {
  const text = textOf(value)
  if (!/^(?:[+-]?\d+|0[xX][\da-fA-F]+)$/.test(text)) throw notParsed(text)
  const number = BigInt(text.replace(/^\+/, ''))
  if (BigInt.asIntN(Number(bits), number) !== number) throw notParsed(text)
  return String(number)
}

/** Java's `Double.parseDouble`, without its hexadecimal form. What is too large for the type is infinite. */
function readFloating(value: unknown, toWidth: (number: number) => number): string {
  const text = textOf(value).trim()
  if (/^[+-]?(?:NaN|Infinity)$/.test(text)) return String(Number(text))
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(text)) throw notParsed(text)
  return String(toWidth(Number(text.replace(/[dDfF]$/, ''))))
}

function decimalReader(args: string): Read {
  // Hive's decimal without arguments is decimal(10,0).
  const [precision = 10, scale = 0] = args === '' ? [] : args.split(',').map(Number)
  return (value) => {
    const text = textOf(value).trim()
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,5})?$/.test(text)) throw notParsed(text)
    const number = new Big(text.replace(/^\+/, ''))
    // Judged before it is rounded: an exponent can stand for more digits than there is room for.
    if (number.e < -scale - 1) return '0'
    const rounded = number.e > precision ? number : number.round(scale, Big.roundHalfUp)
    const isZero = rounded.c[0] === 0
    if (!isZero && rounded.e >= precision - scale) {
      throw mismatch(`Value ${text} is out of range for decimal(${precision},${scale}).`)
    }
    return rounded.toFixed(scale)
  }
}

/** Java's `Boolean.parseBoolean`: every text but "true" is false. */
function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.toLowerCase() === 'true'
  throw mismatch(`${javaNameOf(value)} cannot be cast to java.lang.Boolean`)
}

/** The text of a number or string. Throws ConversionFailure for anything else. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const number = numberText(value)
  if (number !== undefined) return number
  throw mismatch(`${javaNameOf(value)} cannot be cast to java.lang.String`)
}

/** What Java calls the kind of a parsed value, as messages of the service name it. */
export function javaNameOf(value: unknown): string {
  if (typeof value === 'string') return 'java.lang.String'
  if (typeof value === 'boolean') return 'java.lang.Boolean'
  const number = numberText(value)
  if (number !== undefined) return /^-?\d+$/.test(number) ? 'java.lang.Long' : 'java.lang.Double'
  const kind = Array.isArray(value) ? 'JSONArray' : 'JSONObject'
  return `org.openx.data.jsonserde.json.${kind}`
}
