import type {DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBType} from '@duckdb/node-api'
import {quoteName, type HiveType} from '../hive-type'

/** A type as Trino sees it: of a table's column, or of what a query gives. */
export type TrinoType =
  | {kind: 'scalar'; name: string; arguments: string}
  | {kind: 'array'; element: TrinoType}
  | {kind: 'map'; key: TrinoType; value: TrinoType}
  | {kind: 'row'; fields: {name: string; type: TrinoType}[]}

/** Trino's names of Hive's scalar types, where they differ. Its timestamps of Hive tables have milliseconds. */
const ofHiveNames: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  float: 'real',
  binary: 'varbinary',
  timestamp: 'timestamp(3)',
}

/** Hive's names of Trino's scalar types, of those that Hive has. */
const hiveNames: ReadonlyMap<string, string> = new Map([
  ...['boolean', 'tinyint', 'smallint', 'bigint', 'double', 'decimal', 'char', 'date'].map(
    (name) => [name, name] as const,
  ),
  ...Object.entries(ofHiveNames).map(([hive, trino]) => [trino, hive] as const),
])

/** Trino's names of DuckDB's scalar types. A literal NULL is INTEGER with no name of its own there, SQLNULL in DuckDB. */
const ofDuckDbNames: Readonly<Record<string, string>> = {
  SQLNULL: 'unknown',
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  UTINYINT: 'smallint',
  USMALLINT: 'integer',
  UINTEGER: 'bigint',
  UBIGINT: 'bigint',
  FLOAT: 'real',
  DOUBLE: 'double',
  VARCHAR: 'varchar',
  JSON: 'json',
  BLOB: 'varbinary',
  DATE: 'date',
  TIME: 'time(3)',
  TIMESTAMP: 'timestamp(3)',
  TIMESTAMP_S: 'timestamp(3)',
  TIMESTAMP_MS: 'timestamp(3)',
  TIMESTAMP_NS: 'timestamp(3)',
  'TIMESTAMP WITH TIME ZONE': 'timestamp(3) with time zone',
  INTERVAL: 'interval day to second',
  UUID: 'uuid',
}

const numbers = new Set(['tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'real', 'double'])
const texts = new Set(['varchar', 'char'])
const moments = new Set(['date', 'timestamp(3)', 'timestamp(3) with time zone'])

/** The type of a column that Hive describes. */
export function typeOfHive(type: HiveType): TrinoType {
  switch (type.kind) {
    case 'array':
      return {kind: 'array', element: typeOfHive(type.element)}
    case 'map':
      return {kind: 'map', key: typeOfHive(type.key), value: typeOfHive(type.value)}
    case 'struct':
      return {
        kind: 'row',
        fields: type.fields.map((field) => ({name: field.name, type: typeOfHive(field.type)})),
      }
    case 'scalar': {
      // Hive's decimal without arguments is decimal(10,0).
      const args = type.name === 'decimal' ? type.arguments || '10,0' : type.arguments
      return {kind: 'scalar', name: ofHiveNames[type.name] ?? type.name, arguments: args}
    }
  }
}

/** The type of a column that DuckDB gives. */
export function typeOfDuckDb(type: DuckDBType): TrinoType {
  const text = type.toString()
  // By the type's text, so that DuckDB itself need not be loaded here.
  if (text.endsWith('[]')) return {kind: 'array', element: typeOfDuckDb((type as DuckDBListType).valueType)}
  if (text.startsWith('MAP(')) {
    const {keyType, valueType} = type as DuckDBMapType
    return {kind: 'map', key: typeOfDuckDb(keyType), value: typeOfDuckDb(valueType)}
  }
  if (text.startsWith('STRUCT(')) {
    const {entryNames, entryTypes} = type as DuckDBStructType
    return {
      kind: 'row',
      fields: entryTypes.map((entry, place) => ({name: entryNames[place] ?? '', type: typeOfDuckDb(entry)})),
    }
  }
  const decimal = /^DECIMAL\((\d+,\d+)\)$/.exec(text)
  if (decimal) return {kind: 'scalar', name: 'decimal', arguments: decimal[1] ?? ''}
  const name = ofDuckDbNames[type.alias ?? text] ?? ofDuckDbNames[text] ?? text.toLowerCase()
  return {kind: 'scalar', name, arguments: ''}
}

/** The type of Hive's that keeps such values; undefined where it has none (times with a zone, JSON, intervals, rows without names). */
export function toHive(type: TrinoType): HiveType | undefined {
  switch (type.kind) {
    case 'array': {
      const element = toHive(type.element)
      return element && {kind: 'array', element}
    }
    case 'map': {
      const [key, value] = [toHive(type.key), toHive(type.value)]
      return key && value && {kind: 'map', key, value}
    }
    case 'row': {
      const fields = type.fields.flatMap(({name, type: inner}) => {
        const found = toHive(inner)
        return found && name !== '' ? [{name: name.toLowerCase(), type: found}] : []
      })
      return fields.length === type.fields.length ? {kind: 'struct', fields} : undefined
    }
    case 'scalar':
      return scalarOfHive(type)
  }
}

function scalarOfHive(type: TrinoType & {kind: 'scalar'}): HiveType | undefined {
  const name = hiveNames.get(type.name)
  if (name === undefined) return undefined
  // Hive's string is a varchar without a length.
  if (name === 'string' && type.arguments !== '') return {...type, name: 'varchar'}
  return {kind: 'scalar', name, arguments: type.arguments}
}

/** The type as Trino writes it: `decimal(38,9)`, `map(varchar, bigint)`, `row(a bigint, "b c" varchar)`. */
export function trinoTypeText(type: TrinoType): string {
  switch (type.kind) {
    case 'array':
      return `array(${trinoTypeText(type.element)})`
    case 'map':
      return `map(${trinoTypeText(type.key)}, ${trinoTypeText(type.value)})`
    case 'row':
      return `row(${type.fields.map((field) => `${fieldName(field.name)}${trinoTypeText(field.type)}`).join(', ')})`
    case 'scalar':
      return type.arguments === '' ? type.name : `${type.name}(${type.arguments})`
  }
}

function fieldName(name: string): string {
  if (name === '') return ''
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${name} ` : `${quoteName(name)} `
}

/**
 * Whether Trino takes a value of the one type for a column of the other: where both have a type in common that each can
 * become without a CAST (numbers among each other, texts, dates and times; rows by the places of their fields).
 */
export function isInsertable(from: TrinoType, to: TrinoType): boolean {
  if (from.kind === 'scalar' && from.name === 'unknown') return true
  if (from.kind === 'array' && to.kind === 'array') return isInsertable(from.element, to.element)
  if (from.kind === 'map' && to.kind === 'map') {
    return isInsertable(from.key, to.key) && isInsertable(from.value, to.value)
  }
  if (from.kind === 'row' && to.kind === 'row') {
    if (from.fields.length !== to.fields.length) return false
    return to.fields.every((field, place) => {
      const other = from.fields[place]
      return other !== undefined && isInsertable(other.type, field.type)
    })
  }
  if (from.kind !== 'scalar' || to.kind !== 'scalar') return false
  if (from.name === to.name) return true
  return [numbers, texts, moments].some((family) => family.has(from.name) && family.has(to.name))
}
