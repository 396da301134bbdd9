import type {DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBType} from '@duckdb/node-api'
import {hiveTypeText, type HiveField, type HiveType} from '../../../athena-sql/hive-type'
import {width, type Shape} from '../../../../schema-model/shape'

const scalar = (name: string, args = ''): HiveType => ({kind: 'scalar', name, arguments: args})
const text = scalar('string')

/** A key that a type of Hive can name as a member of a struct. */
const memberName = /^[^\s:<>,`]+$/

/** DuckDB's types and those of Hive that hold the same values. */
const hiveNames: Readonly<Record<string, HiveType>> = {
  BOOLEAN: scalar('boolean'),
  TINYINT: scalar('tinyint'),
  SMALLINT: scalar('smallint'),
  INTEGER: scalar('int'),
  BIGINT: scalar('bigint'),
  UTINYINT: scalar('smallint'),
  USMALLINT: scalar('int'),
  UINTEGER: scalar('bigint'),
  UBIGINT: scalar('decimal', '20,0'),
  HUGEINT: scalar('decimal', '38,0'),
  FLOAT: scalar('float'),
  DOUBLE: scalar('double'),
  BLOB: scalar('binary'),
  DATE: scalar('date'),
}

/** Whole numbers, the narrower before the wider, then those with a fraction. */
const numbers = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double']

/** The type of what was seen at one place of JSON documents. Values of several kinds are text, and so is what was never seen. */
export function typeOfShape(shape: Shape): HiveType {
  const {hasBoolean, number, text: format, object, array} = shape
  const kinds = [hasBoolean, number !== width.none, format !== undefined, object, array].filter(Boolean)
  if (kinds.length !== 1) return text
  if (hasBoolean) return scalar('boolean')
  if (number !== width.none) return numberOf(number)
  if (array) return {kind: 'array', element: array.items ? typeOfShape(array.items) : text}
  if (!object) return text
  if (object.rest) {
    const all = [...object.order.map(({shape: one}) => one), object.rest].map(typeOfShape)
    return {kind: 'map', key: text, value: all.reduce(wider)}
  }
  const fields = fieldsOf(shape)
  // Glue cannot name such members, and Hive knows no struct without any.
  return fields.length === 0 || !fields.every(({name}) => memberName.test(name))
    ? text
    : {kind: 'struct', fields}
}

/** The properties of an object's shape as columns, names in lower case; two that differ in case alone are one. */
export function fieldsOf({object}: Shape): HiveField[] {
  const fields = (object?.order ?? []).map(({key, shape}) => ({
    name: key.toLowerCase(),
    type: typeOfShape(shape),
  }))
  return mergeFields([], fields)
}

/** The type of a column of a Parquet file. What Hive has no type for is text. */
export function typeOfDuck(type: DuckDBType): HiveType {
  const name = type.toString()
  if (name.endsWith('[]')) return {kind: 'array', element: typeOfDuck((type as DuckDBListType).valueType)}
  if (name.startsWith('MAP(')) {
    const {keyType, valueType} = type as DuckDBMapType
    return {kind: 'map', key: typeOfDuck(keyType), value: typeOfDuck(valueType)}
  }
  if (name.startsWith('STRUCT(')) {
    const {entryNames, entryTypes} = type as DuckDBStructType
    const fields = entryNames.flatMap((member, place) => {
      const of = entryTypes[place]
      return of ? [{name: member.toLowerCase(), type: typeOfDuck(of)}] : []
    })
    return fields.every((field) => memberName.test(field.name)) ? {kind: 'struct', fields} : text
  }
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(name)
  if (decimal) return scalar('decimal', `${decimal[1] ?? ''},${decimal[2] ?? ''}`)
  if (name.startsWith('TIMESTAMP')) return scalar('timestamp')
  return hiveNames[name] ?? text
}

/** Columns of both, in the order of first sight. */
export function mergeFields(a: readonly HiveField[], b: readonly HiveField[]): HiveField[] {
  const merged = new Map(a.map(({name, type}) => [name, type]))
  for (const {name, type} of b) {
    const before = merged.get(name)
    merged.set(name, before ? wider(before, type) : type)
  }
  return [...merged].map(([name, type]) => ({name, type}))
}

/** A type that holds the values of both; text where nothing narrower does. */
export function wider(a: HiveType, b: HiveType): HiveType {
  if (hiveTypeText(a) === hiveTypeText(b)) return a
  if (a.kind === 'array' && b.kind === 'array') return {kind: 'array', element: wider(a.element, b.element)}
  if (a.kind === 'map' && b.kind === 'map') {
    return {kind: 'map', key: wider(a.key, b.key), value: wider(a.value, b.value)}
  }
  if (a.kind === 'struct' && b.kind === 'struct')
    return {kind: 'struct', fields: mergeFields(a.fields, b.fields)}
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return text
  const [first, second] = [numbers.indexOf(a.name), numbers.indexOf(b.name)]
  if (first < 0 || second < 0) return text
  // A float does not hold every whole number.
  const name = numbers[Math.max(first, second)] ?? 'string'
  return scalar(name === 'float' ? 'double' : name)
}

function numberOf(number: Shape['number']): HiveType {
  if (number === width.int32) return scalar('int')
  if (number === width.int64) return scalar('bigint')
  return number === width.integer ? scalar('decimal', '38,0') : scalar('double')
}
