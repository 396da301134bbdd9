import {SqlFailure} from './sql-failure'

export type HiveType =
  | {kind: 'scalar'; name: string; arguments: string}
  | {kind: 'array'; element: HiveType}
  | {kind: 'map'; key: HiveType; value: HiveType}
  | {kind: 'struct'; fields: HiveField[]}

export interface HiveField {
  /** Lower case, as Hive keeps it. */
  name: string
  type: HiveType
}

/** DuckDB's names of Hive's scalar types; decimal, varchar and char are handled beside it. */
const duckDbNames: Record<string, string> = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
}

/** Reads a Hive type such as `struct<id:string,tags:array<string>>`. Throws SqlFailure (HIVE_INVALID_METADATA). */
export function parseHiveType(text: string): HiveType {
  const reader = {text, place: 0}
  const type = readType(reader)
  if (reader.place < text.length) throw badType(text)
  return type
}

/** True for the name of a scalar type. */
export function isScalarName(name: string): boolean {
  return name === 'decimal' || name in duckDbNames
}

/** A type as the catalog writes it: `struct<id:string,tags:array<string>>`. */
export function hiveTypeText(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `array<${hiveTypeText(type.element)}>`
    case 'map':
      return `map<${hiveTypeText(type.key)},${hiveTypeText(type.value)}>`
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${hiveTypeText(field.type)}`).join(',')}>`
    case 'scalar':
      return type.arguments === '' ? type.name : `${type.name}(${type.arguments})`
  }
}

/** DuckDB's name of a Hive type, for example `STRUCT("id" VARCHAR, "tags" VARCHAR[])`. */
export function duckDbType(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `${duckDbType(type.element)}[]`
    case 'map':
      return `MAP(${duckDbType(type.key)}, ${duckDbType(type.value)})`
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${quoteName(field.name)} ${duckDbType(field.type)}`).join(', ')})`
    case 'scalar':
      // Hive's decimal without arguments is decimal(10,0).
      if (type.name === 'decimal') return `DECIMAL(${type.arguments || '10,0'})`
      return duckDbNames[type.name] ?? 'VARCHAR'
  }
}

/** `"name"`, with quotes inside doubled. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `'text'`, with quotes inside doubled. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

interface Reader {
  text: string
  place: number
}

function readType(reader: Reader): HiveType {
  const name = word(reader, /[a-z_]+/iy).toLowerCase()
  if (name === 'array') {
    const [element] = list(reader, readType)
    if (!element) throw badType(reader.text)
    return {kind: 'array', element}
  }
  if (name === 'map') {
    const [key, value] = list(reader, readType)
    if (!key || !value) throw badType(reader.text)
    return {kind: 'map', key, value}
  }
  if (name === 'struct') return {kind: 'struct', fields: list(reader, readField)}
  const args = /\s*\(([^)]*)\)/y
  args.lastIndex = reader.place
  const match = args.exec(reader.text)
  if (match) reader.place = args.lastIndex
  if (!isScalarName(name)) throw badType(reader.text)
  return {kind: 'scalar', name, arguments: (match?.[1] ?? '').replaceAll(' ', '')}
}

function readField(reader: Reader): HiveField {
  const name = word(reader, /`[^`]+`|[^\s:<>,]+/y).replaceAll('`', '')
  expect(reader, ':')
  return {name: name.toLowerCase(), type: readType(reader)}
}

function list<T>(reader: Reader, readItem: (reader: Reader) => T): T[] {
  const items: T[] = []
  expect(reader, '<')
  do items.push(readItem(reader))
  while (takes(reader, ','))
  expect(reader, '>')
  return items
}

function word(reader: Reader, pattern: RegExp): string {
  skipSpace(reader)
  pattern.lastIndex = reader.place
  const match = pattern.exec(reader.text)
  if (!match) throw badType(reader.text)
  reader.place = pattern.lastIndex
  return match[0]
}

function expect(reader: Reader, sign: string): void {
  if (!takes(reader, sign)) throw badType(reader.text)
}

function takes(reader: Reader, sign: string): boolean {
  skipSpace(reader)
  if (reader.text[reader.place] !== sign) return false
  reader.place += 1
  skipSpace(reader)
  return true
}

function skipSpace(reader: Reader): void {
  while (reader.text[reader.place] === ' ') reader.place += 1
}

function badType(text: string): SqlFailure {
  return new SqlFailure(`HIVE_INVALID_METADATA: ${text} is not a type of Hive that this endpoint knows.`)
}
