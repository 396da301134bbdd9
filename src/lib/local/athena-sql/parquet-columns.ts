import type {DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBType} from '@duckdb/node-api'
import {duckDbType, quoteName, type HiveField, type HiveType} from './hive-type'

/** A column of a table that its Parquet files hold in a type that cannot be read as the table's. */
export class IncompatibleColumn extends Error {
  constructor(readonly column: string) {
    super(column)
  }
}

/** DuckDB's types that a Hive type can be read from. Parquet says 8 to 64 bits of an integer in any width. */
const integers = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT']
const texts = ['VARCHAR', 'JSON', 'BLOB']
const readable: Readonly<Record<string, readonly string[]>> = {
  tinyint: integers,
  smallint: integers,
  int: integers,
  integer: integers,
  bigint: integers,
  float: ['FLOAT'],
  double: ['FLOAT', 'DOUBLE'],
  boolean: ['BOOLEAN'],
  date: ['DATE'],
  timestamp: ['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE'],
  string: texts,
  varchar: texts,
  char: texts,
  binary: ['BLOB'],
}

/**
 * SQL of a table's columns over Parquet files with these columns, one `expression AS "name"` each: by name at every depth and without
 * regard to case, NULL where the files have none, in the table's own type. Throws IncompatibleColumn.
 */
export function parquetColumns(
  columns: readonly HiveField[],
  names: readonly string[],
  types: readonly DuckDBType[],
): string[] {
  const places = new Map(names.map((name, place) => [name.toLowerCase(), place]))
  return columns.map(({name, type}) => {
    const place = places.get(name)
    const found = place === undefined ? undefined : types[place]
    const value = found && place !== undefined ? valueOf(type, found, quoteName(names[place] ?? '')) : 'NULL'
    if (value === undefined) throw new IncompatibleColumn(name)
    return `CAST(${value} AS ${duckDbType(type)}) AS ${quoteName(name)}`
  })
}

/** SQL of a value as the Hive type has it; undefined where the file's type cannot be read so. */
function valueOf(hive: HiveType, found: DuckDBType, input: string): string | undefined {
  switch (hive.kind) {
    case 'scalar':
      return scalarOf(hive, found, input)
    case 'array':
      return isList(found) ? listOf(hive.element, found, input) : undefined
    case 'map':
      return isMap(found) ? mapOf(hive, found, input) : undefined
    case 'struct':
      return isStruct(found) ? structOf(hive.fields, found, input) : undefined
  }
}

// By the type's text, so that DuckDB itself need not be loaded here.
function isList(type: DuckDBType): type is DuckDBListType {
  return type.toString().endsWith('[]')
}

function isMap(type: DuckDBType): type is DuckDBMapType {
  return type.toString().startsWith('MAP(') && !isList(type)
}

function isStruct(type: DuckDBType): type is DuckDBStructType {
  return type.toString().startsWith('STRUCT(') && !isList(type)
}

function scalarOf(hive: HiveType & {kind: 'scalar'}, found: DuckDBType, input: string): string | undefined {
  const name = found.alias ?? found.toString()
  if (hive.name === 'decimal') {
    return name.startsWith('DECIMAL(') || integers.includes(name) ? input : undefined
  }
  if (!readable[hive.name]?.includes(name)) return undefined
  // A text without its annotation is bytes.
  return name === 'BLOB' && hive.name !== 'binary' ? `decode(${input})` : input
}

function listOf(element: HiveType, found: DuckDBListType, input: string): string | undefined {
  const each = valueOf(element, found.valueType, 'e')
  if (each === undefined) return undefined
  return each === 'e' ? input : `list_transform(${input}, lambda e: ${each})`
}

function mapOf(hive: HiveType & {kind: 'map'}, found: DuckDBMapType, input: string): string | undefined {
  const key = valueOf(hive.key, found.keyType, 'e.key')
  const value = valueOf(hive.value, found.valueType, 'e.value')
  if (key === undefined || value === undefined) return undefined
  if (key === 'e.key' && value === 'e.value') return input
  return `map_from_entries(list_transform(map_entries(${input}), lambda e: {'k': ${key}, 'v': ${value}}))`
}

function structOf(fields: readonly HiveField[], found: DuckDBStructType, input: string): string | undefined {
  // Members without a name cannot be asked for by one; only a damaged file has them.
  if (found.entryNames.includes('')) return undefined
  const places = new Map(found.entryNames.map((name, place) => [name.toLowerCase(), place]))
  const values = fields.map(({name, type}) => {
    const place = places.get(name)
    const entry = place === undefined ? undefined : found.entryTypes[place]
    if (!entry || place === undefined) return `CAST(NULL AS ${duckDbType(type)})`
    return valueOf(type, entry, `${input}.${quoteName(found.entryNames[place] ?? '')}`)
  })
  if (values.includes(undefined)) return undefined
  const isSame =
    fields.length === found.entryNames.length &&
    fields.every(({name}, place) => {
      const own = found.entryNames[place] ?? ''
      return own === name && values[place] === `${input}.${quoteName(own)}`
    })
  if (isSame) return input
  const packed = fields.map(({name}, place) => `${quoteName(name)} := ${values[place] ?? 'NULL'}`)
  return `CASE WHEN ${input} IS NOT NULL THEN struct_pack(${packed.join(', ')}) END`
}
