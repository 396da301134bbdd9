import type {Column, DeleteTableCommandInput, TableInput, UpdateTableCommandInput} from '@aws-sdk/client-glue'
import type {TableRow} from '../../catalog'
import {notSupported} from '../sql-failure'
import {isView} from '../views/view-text'
import {Cursor} from '../words/cursor'
import {addPartitions, changePartition, dropPartitions} from './alter-partitions'
import {changeCatalog, nothing, semanticError, type StatementContext, type StatementResult} from './context'
import {locationOf} from './create-table'
import {findTable, requireOwnTable, requireTable} from './names'
import {readColumn, readColumns, readProperties} from './read-clauses'

/** DROP TABLE; its objects stay. Throws SqlFailure on a view, and where there is no such table, unless IF EXISTS. */
export function dropTable(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('DROP', 'TABLE')
  const ifExists = cursor.takes('IF', 'EXISTS')
  const name = cursor.objectName()
  cursor.takes('PURGE')
  cursor.end()
  if (ifExists && !findTable(name, context)) return nothing
  const row = requireTable(name, context)
  if (isView(row)) throw semanticError('[Error 10127]: Cannot drop a view with DROP TABLE')
  const {DatabaseName, Name} = row
  changeCatalog(context, 'DeleteTable', {DatabaseName, Name} satisfies DeleteTableCommandInput)
  return nothing
}

/** ALTER TABLE, in the forms that Athena takes for tables of Hive. Throws SqlFailure. */
export function alterTable(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('ALTER', 'TABLE')
  const table = requireOwnTable(cursor.objectName(), context)
  const isPartitions = ['PARTITION', 'IF'].some(
    (word) => cursor.sees('ADD', word) || cursor.sees('DROP', word),
  )
  if (isPartitions && cursor.takes('ADD')) addPartitions(cursor, table, context)
  else if (isPartitions && cursor.takes('DROP')) dropPartitions(cursor, table, context)
  else if (cursor.sees('PARTITION')) changePartition(cursor, table, context)
  else update(table, readChange(cursor, table), context)
  return nothing
}

/** What a change of the table itself lays over it. */
function readChange(cursor: Cursor, table: TableRow): Partial<TableInput> {
  const change = changes.find(({words}) => cursor.takes(...words.split(' ')))
  if (!change) {
    if (cursor.sees('RENAME')) throw notSupported('ALTER TABLE ... RENAME TO')
    throw cursor.unexpected('ADD', 'CHANGE', 'DROP', 'PARTITION', 'REPLACE', 'SET')
  }
  const changed = change.read(cursor, table)
  cursor.end()
  return changed
}

const changes: readonly {words: string; read: (cursor: Cursor, table: TableRow) => Partial<TableInput>}[] = [
  {
    words: 'SET TBLPROPERTIES',
    read: (cursor, {Parameters}) => ({Parameters: {...Parameters, ...readProperties(cursor)}}),
  },
  {
    words: 'SET LOCATION',
    read: (cursor, {StorageDescriptor}) => ({
      StorageDescriptor: {...StorageDescriptor, Location: locationOf(cursor.text())},
    }),
  },
  {
    words: 'ADD COLUMNS',
    read: (cursor, table) => withColumns(table, [...columnsOf(table), ...readColumns(cursor)]),
  },
  {words: 'REPLACE COLUMNS', read: (cursor, table) => withColumns(table, readColumns(cursor))},
  {words: 'CHANGE', read: readChangedColumn},
]

/** `CHANGE [COLUMN] old new type [COMMENT 'text'] [FIRST | AFTER column]`; Athena does not move columns. */
function readChangedColumn(cursor: Cursor, table: TableRow): Partial<TableInput> {
  cursor.takes('COLUMN')
  const old = cursor.name()
  const column = readColumn(cursor)
  if (cursor.sees('FIRST') || cursor.sees('AFTER')) throw notSupported('FIRST or AFTER of CHANGE COLUMN')
  const columns = columnsOf(table)
  if (!columns.some(({Name}) => Name === old))
    throw semanticError(`[Error 10002]: Invalid column reference ${old}`)
  return withColumns(
    table,
    columns.map((one) => (one.Name === old ? {Comment: one.Comment, ...column} : one)),
  )
}

function columnsOf(table: TableRow): Column[] {
  return table.StorageDescriptor?.Columns ?? []
}

function withColumns({StorageDescriptor}: TableRow, Columns: Column[]): Partial<TableInput> {
  return {StorageDescriptor: {...StorageDescriptor, Columns}}
}

function update(table: TableRow, change: Partial<TableInput>, context: StatementContext): void {
  const {DatabaseName, Name, Description, Owner, Retention, StorageDescriptor, PartitionKeys, TableType} =
    table
  const Parameters = {
    ...(change.Parameters ?? table.Parameters),
    transient_lastDdlTime: String(Math.floor(context.now / 1000)),
  }
  const kept = {Name, Description, Owner, Retention, StorageDescriptor, PartitionKeys, TableType}
  const TableInput = {...kept, ...change, Parameters}
  changeCatalog(context, 'UpdateTable', {DatabaseName, TableInput} satisfies UpdateTableCommandInput)
}
