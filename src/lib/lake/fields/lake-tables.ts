import type {GlueClient, Table} from '@aws-sdk/client-glue'
import {columnName, type LearntField} from '../../road/event-columns'
import {fieldKey, fieldsOfCurated, fieldsOfRaw, hasField, takenColumns} from '../../road/learnt-fields'
import {layout, rawLayouts} from '../../road/layout'
import {recordFormats} from '../../road/record-format'
import type {RecordFormat} from '../../road/record-format'
import {readTable} from '../replace-view'

/** The tables of a lake, as the catalog has them. */
export interface LakeTables {
  /** Undefined before `lake init`. */
  curated: Table | undefined
  raw: {format: RecordFormat; table: Table}[]
}

/** Looks the tables of a lake up. Throws what Glue refuses. */
export async function readLakeTables(glue: GlueClient, database: string): Promise<LakeTables> {
  const [curated, ...raw] = await Promise.all(
    [layout.curatedTable, ...recordFormats.map((format) => rawLayouts[format].table)].map((name) =>
      readTable(glue, database, name),
    ),
  )
  return {
    curated,
    raw: recordFormats.flatMap((format, place) => {
      const table = raw[place]
      return table ? [{format, table}] : []
    }),
  }
}

/**
 * The learnt fields that any table of the lake has: those of the curated table, whose comments keep how events spell them, then members of the raw table of JSON
 * that have no column yet. Pure.
 */
export function learntFields({curated, raw}: LakeTables): LearntField[] {
  const fields = fieldsOfCurated(columnsOf(curated))
  for (const field of jsonTables({raw}).flatMap((table) => fieldsOfRaw(columnsOf(table)))) {
    const isKnown = fields.some(({path}) => fieldKey(path) === fieldKey(field.path))
    if (!isKnown && !takenColumns(fields).has(columnName(field.path))) fields.push(field)
  }
  return fields
}

/** Those of them that every table has that can, so that statements can name them. A run that was killed may have left others half done. Pure. */
export function wholeFields(tables: LakeTables): LearntField[] {
  const columns = new Set(fieldsOfCurated(columnsOf(tables.curated)).map(({path}) => fieldKey(path)))
  return rawFieldsOf(tables, learntFields(tables)).filter(({path}) => columns.has(fieldKey(path)))
}

/** Those of the fields that the raw table has, where there is one that can have them. Pure. */
export function rawFieldsOf(tables: Pick<LakeTables, 'raw'>, fields: readonly LearntField[]): LearntField[] {
  return fields.filter((field) => jsonTables(tables).every((table) => hasField(columnsOf(table), field)))
}

/** The raw table of JSON, as a list of one or none: that of Parquet has no learnt fields. */
export function jsonTables({raw}: Pick<LakeTables, 'raw'>): Table[] {
  return raw.flatMap(({format, table}) => (format === 'json' ? [table] : []))
}

export function columnsOf(table: Table | undefined) {
  return table?.StorageDescriptor?.Columns ?? []
}
