import type {CreateTableCommandInput, DeleteTableCommandInput, TableInput} from '@aws-sdk/client-glue'
import type {StatementContext} from '../ddl/context'
import {hiveTypeText, type HiveField} from '../hive-type'
import {fieldsOfQuery} from '../query-columns'
import {requireSchema} from '../resolve-tables'
import {lineAt, SqlFailure} from '../sql-failure'
import {trinoTypeText, typeOfHive} from '../trino/type'
import type {ViewStatement} from './read-view-statement'
import {isView, viewExpandedText, viewOriginalText, viewProperties} from './view-text'

type CreateView = ViewStatement & {kind: 'create view'}
type DropView = ViewStatement & {kind: 'drop view'}

/**
 * CREATE [OR REPLACE] VIEW: one change of the catalog, once the query was found to be good. Throws SqlFailure where the query cannot be bound,
 * a column has no name or no type of Hive, and where the name is taken (for OR REPLACE: by a table).
 */
export async function createView(statement: CreateView, context: StatementContext): Promise<void> {
  const database = requireSchema(
    statement.view.database,
    lineAt(statement.sql, statement.view.place),
    context,
  )
  const {name} = statement.view
  const {engine, catalog, region, now, signal} = context
  const query = {sql: statement.sql, parameters: [], region, database: context.database, now, signal}
  const columns = fieldsOfQuery(await engine.describe(query, `${database}.${name}`))
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
  const database = requireSchema(statement.view.database, lineAt(sql, statement.view.place), context)
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

function tableInput(
  name: string,
  columns: readonly HiveField[],
  {query, schema}: {query: string; schema: string},
): TableInput {
  const definition = {
    originalSql: query,
    catalog: 'awsdatacatalog',
    schema: schema.toLowerCase(),
    columns: columns.map((column) => ({name: column.name, type: trinoTypeText(typeOfHive(column.type))})),
  }
  return {
    Name: name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: {...viewProperties},
    PartitionKeys: [],
    ViewOriginalText: viewOriginalText(definition),
    ViewExpandedText: viewExpandedText,
    StorageDescriptor: {
      Columns: columns.map((column) => ({Name: column.name, Type: hiveTypeText(column.type)})),
      Location: '',
      Compressed: false,
      NumberOfBuckets: 0,
      SerdeInfo: {},
      StoredAsSubDirectories: false,
    },
  }
}
