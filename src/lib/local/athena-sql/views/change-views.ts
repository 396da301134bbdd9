import type {CreateTableCommandInput, DeleteTableCommandInput, TableInput} from '@aws-sdk/client-glue'
import type {QueryColumn} from '../athena-sql'
import type {StatementContext} from '../ddl/context'
import {hiveTypeText} from '../hive-type'
import {lineAt, SqlFailure} from '../sql-failure'
import {toHive, trinoTypeText, typeOfDuckDb, typeOfHive} from '../trino-type'
import type {ObjectName} from '../words/cursor'
import type {ViewStatement} from './read-view-statement'
import {isView, viewExpandedText, viewOriginalText, viewProperties} from './view-text'

type CreateView = ViewStatement & {kind: 'create view'}
type DropView = ViewStatement & {kind: 'drop view'}

/**
 * CREATE [OR REPLACE] VIEW: one change of the catalog, once the query was found to be good. Throws SqlFailure where the query cannot be bound,
 * a column has no name or no type of Hive, and where the name is taken (for OR REPLACE: by a table).
 */
export async function createView(statement: CreateView, context: StatementContext): Promise<void> {
  const database = databaseOf(statement.view, statement.sql, context)
  const {name} = statement.view
  const {engine, catalog, region, now, signal} = context
  const query = {sql: statement.sql, parameters: [], region, database: context.database, now, signal}
  const columns = await engine.describe(query, `${database}.${name}`)
  checkColumns(columns)
  const existing = catalog.table(region, database, name)
  if (existing && !(statement.replace && isView(existing))) {
    throw new SqlFailure(
      isView(existing)
        ? `ALREADY_EXISTS: line 1:1: View already exists: '${database}.${name}'`
        : `TABLE_ALREADY_EXISTS: line 1:1: Table already exists: 'awsdatacatalog.${database}.${name}'`,
    )
  }
  const TableInput = tableInput(name, columns, {query: statement.query, schema: context.database ?? database})
  context.glue(existing ? 'UpdateTable' : 'CreateTable', {
    DatabaseName: database,
    TableInput,
  } satisfies CreateTableCommandInput)
}

/** DROP VIEW. Throws SqlFailure where there is no view of that name, unless IF EXISTS. */
export function dropView(statement: DropView, sql: string, context: StatementContext): void {
  const database = databaseOf(statement.view, sql, context)
  const {name} = statement.view
  const shown = `awsdatacatalog.${database}.${name}`
  const row = context.catalog.table(context.region, database, name)
  if (row && !isView(row)) {
    throw new SqlFailure(
      `GENERIC_USER_ERROR: line 1:1: View '${shown}' does not exist, but a table with that name exists. Did you mean DROP TABLE ${shown}?`,
    )
  }
  if (!row && statement.ifExists) return
  if (!row) throw new SqlFailure(`GENERIC_USER_ERROR: line 1:1: View '${shown}' does not exist`)
  context.glue('DeleteTable', {DatabaseName: database, Name: name} satisfies DeleteTableCommandInput)
}

/** The database of a view's name. Throws SqlFailure where there is none of that name, or none is said. */
function databaseOf(view: ObjectName, sql: string, context: StatementContext): string {
  const database = view.database ?? context.database?.toLowerCase()
  const at = lineAt(sql, view.place)
  if (database === undefined) {
    throw new SqlFailure(
      `MISSING_SCHEMA_NAME: ${at}: Schema must be specified when session schema is not set`,
      1006,
    )
  }
  if (!context.catalog.database(context.region, database)) {
    throw new SqlFailure(`SCHEMA_NOT_FOUND: ${at}: Schema '${database}' does not exist`, 1110)
  }
  return database
}

function checkColumns(columns: readonly QueryColumn[]): void {
  const seen = new Set<string>()
  for (const [place, {name, isNamed}] of columns.entries()) {
    if (!isNamed) {
      throw new SqlFailure(
        `MISSING_COLUMN_NAME: line 1:1: Column name not specified at position ${place + 1}`,
        1100,
      )
    }
    const key = name.toLowerCase()
    if (seen.has(key))
      throw new SqlFailure(
        `DUPLICATE_COLUMN_NAME: line 1:1: Column name '${key}' specified more than once`,
        1006,
      )
    seen.add(key)
  }
}

function tableInput(
  name: string,
  columns: readonly QueryColumn[],
  {query, schema}: {query: string; schema: string},
): TableInput {
  const typed = columns.map((column) => {
    const type = toHive(typeOfDuckDb(column.type))
    if (type) return {name: column.name.toLowerCase(), type}
    throw new SqlFailure(
      `NOT_SUPPORTED: Column '${column.name.toLowerCase()}' has a type that Hive has none for: ${column.type.toString().toLowerCase()}`,
      1200,
    )
  })
  const definition = {
    originalSql: query,
    catalog: 'awsdatacatalog',
    schema: schema.toLowerCase(),
    columns: typed.map((column) => ({name: column.name, type: trinoTypeText(typeOfHive(column.type))})),
  }
  return {
    Name: name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: {...viewProperties},
    PartitionKeys: [],
    ViewOriginalText: viewOriginalText(definition),
    ViewExpandedText: viewExpandedText,
    StorageDescriptor: {
      Columns: typed.map((column) => ({Name: column.name, Type: hiveTypeText(column.type)})),
      Location: '',
      Compressed: false,
      NumberOfBuckets: 0,
      SerdeInfo: {},
      StoredAsSubDirectories: false,
    },
  }
}
