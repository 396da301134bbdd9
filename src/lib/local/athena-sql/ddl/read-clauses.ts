import type {Column} from '@aws-sdk/client-glue'
import type {TableRow} from '../../catalog'
import type {Cursor} from '../words/cursor'
import {hiveTypeText, isScalarName, type HiveField, type HiveType} from '../hive-type'
import {semanticError} from './context'

/** `('key' = 'value', ...)`. */
export function readProperties(cursor: Cursor): Record<string, string> {
  return Object.fromEntries(
    cursor.properties(
      () => cursor.text(),
      () => cursor.text(),
    ),
  )
}

/** `COMMENT 'text'`, where it comes next. */
export function readComment(cursor: Cursor): string | undefined {
  return cursor.takes('COMMENT') ? cursor.text() : undefined
}

/** `(name type [COMMENT 'text'], ...)`. */
export function readColumns(cursor: Cursor): Column[] {
  return cursor.list(() => readColumn(cursor))
}

/** `name type [COMMENT 'text']`. */
export function readColumn(cursor: Cursor): Column {
  const Name = cursor.name()
  const Type = hiveTypeText(readType(cursor))
  const Comment = readComment(cursor)
  return {Name, Type, ...(Comment === undefined ? {} : {Comment})}
}

/** A type of Hive, on one line or several: `struct<id:string, tags:array<string>>`. Throws SqlFailure. */
function readType(cursor: Cursor): HiveType {
  const name = cursor.token.raw.toLowerCase()
  const isKnown = ['array', 'map', 'struct'].includes(name) || isScalarName(name)
  if (cursor.token.kind !== 'word' || !isKnown) throw cursor.unexpected('<type>')
  cursor.next()
  if (name === 'array') return {kind: 'array', element: readNested(cursor, 1)[0] ?? nothing}
  if (name === 'map') {
    const [key = nothing, value = nothing] = readNested(cursor, 2)
    return {kind: 'map', key, value}
  }
  if (name === 'struct') return {kind: 'struct', fields: cursor.list(() => readField(cursor), '<', '>')}
  const numbers = cursor.sees('(') ? cursor.list(() => cursor.literal()) : []
  return {kind: 'scalar', name: name === 'integer' ? 'int' : name, arguments: numbers.join(',')}
}

const nothing: HiveType = {kind: 'scalar', name: 'string', arguments: ''}

function readNested(cursor: Cursor, count: number): HiveType[] {
  cursor.needs('<')
  const types = Array.from({length: count}, (_, place) => {
    if (place > 0) cursor.needs(',')
    return readType(cursor)
  })
  cursor.needs('>')
  return types
}

function readField(cursor: Cursor): HiveField {
  const name = cursor.name()
  cursor.needs(':')
  const type = readType(cursor)
  readComment(cursor)
  return {name, type}
}

/** `PARTITION (name = value, ...)` as it is written: names, lower case, and values as text. */
export function readPartition(cursor: Cursor): Map<string, string> {
  cursor.needs('PARTITION')
  return cursor.properties(
    () => cursor.name(),
    () => cursor.literal(),
  )
}

/** The values of a partition in the table's order. Throws SqlFailure where the names are not those of the table's partition columns. */
export function valuesOf(partition: ReadonlyMap<string, string>, table: TableRow): string[] {
  const names = partitionNames(table)
  const shown = [...partition].map(([name, value]) => `${name}=${value}`).join(', ')
  if (names.length === 0)
    throw semanticError(`table is not partitioned but partition spec exists: {${shown}}`)
  const unknown = [...partition.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw semanticError(
      `[Error 10098]: Non-Partition column appears in the partition specification: ${unknown}`,
    )
  return names.map((name) => {
    const value = partition.get(name)
    if (value !== undefined) return value
    throw semanticError(`partition spec {${shown}} doesn't contain all (${names.length}) partition columns`)
  })
}

/** The names of a table's partition columns. */
export function partitionNames(table: TableRow): string[] {
  return (table.PartitionKeys ?? []).map((key) => key.Name ?? '')
}
