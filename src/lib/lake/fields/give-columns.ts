import type {Column, Table} from '@aws-sdk/client-glue'
import {batchColumn} from '../../road/curated-table'
import {eventColumns, type LearntField} from '../../road/event-columns'
import {detailWith, fieldKey, fieldsOfCurated, hasField} from '../../road/learnt-fields'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {updateTable} from '../update-table'
import {columnsOf, jsonTables, type LakeTables} from './lake-tables'

/**
 * Gives the tables of a lake what they lack of the fields: the curated table first, because its comments keep how events spell them and a run that goes on
 * after this one was killed goes by them, then the raw table of JSON. What is there already stays. Nobody sees half of it: statements name a field
 * once every table has it. Throws what Glue refuses.
 */
export async function giveColumns(
  {glue}: Pick<LakeDeps, 'glue'>,
  {database}: Pick<LakePlace, 'database'>,
  {tables, fields}: {tables: LakeTables; fields: readonly LearntField[]},
): Promise<void> {
  for (const table of withColumns(tables, fields)) await updateTable(glue, database, table)
}

/** The tables that lack something, with it, in the order in which they are changed. Pure. */
export function withColumns({curated, raw}: LakeTables, fields: readonly LearntField[]): Table[] {
  return [...(curated ? [withCuratedColumns(curated, fields)] : []), ...withRawMembers({raw}, fields)].filter(
    (table) => table !== undefined,
  )
}

/** The raw table of JSON with what it lacks, as a list of one or none. Pure. */
export function withRawMembers(tables: Pick<LakeTables, 'raw'>, fields: readonly LearntField[]): Table[] {
  return jsonTables(tables)
    .map((table) => withMissing(table, fields))
    .filter((table) => table !== undefined)
}

function withCuratedColumns(table: Table, fields: readonly LearntField[]): Table | undefined {
  const columns = columnsOf(table)
  const there = new Set(fieldsOfCurated(columns).map(({path}) => fieldKey(path)))
  const lacking = fields.filter(({path}) => !there.has(fieldKey(path)))
  if (lacking.length === 0) return undefined
  const names = new Set([
    ...eventColumns().map(({name}) => name),
    ...columns.map(({Name: name = ''}) => name),
  ])
  const added = eventColumns(lacking)
    .filter(({name}) => !names.has(name))
    .map(({name: Name, type: Type, comment: Comment}): Column => ({Name, Type, Comment}))
  if (added.length === 0) return undefined
  // Before the column of the batch, where `lake init` has them.
  const place = columns.findIndex(({Name: name}) => name === batchColumn)
  const at = place === -1 ? columns.length : place
  return withStorage(table, [...columns.slice(0, at), ...added, ...columns.slice(at)])
}

function withMissing(table: Table, fields: readonly LearntField[]): Table | undefined {
  const columns = columnsOf(table)
  const lacking = fields.filter((field) => !hasField(columns, field))
  if (lacking.length === 0) return undefined
  const changed = columns.map((column) =>
    column.Name === 'detail' ? {...column, Type: detailWith(lacking, column.Type)} : column,
  )
  // Where a member of another type has the name, nothing can be added.
  return changed.some(({Type: type}, place) => type !== columns[place]?.Type)
    ? withStorage(table, changed)
    : undefined
}

function withStorage(table: Table, Columns: Column[]): Table {
  return {...table, StorageDescriptor: {...table.StorageDescriptor, Columns}}
}
