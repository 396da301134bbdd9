import {wrongParameters} from '../statement'
import {statementKind} from '../statement-kind'
import {createView, dropView} from '../views/change-views'
import {readViewStatement} from '../views/read-view-statement'
import {alterTable, dropTable} from './alter-table'
import {nothing, type StatementContext, type StatementResult} from './context'
import {createTable} from './create-table'
import {alterDatabase, createDatabase, dropDatabase} from './databases'
import {describe} from './describe'
import {repairTable} from './repair-table'
import {
  showColumns,
  showCreateView,
  showDatabases,
  showPartitions,
  showTableProperties,
  showTables,
  showViews,
} from './show'
import {showCreateTable} from './show-create-table'

type Run = (sql: string, context: StatementContext) => StatementResult | Promise<StatementResult>

/** What runs a statement, by its name in `statementKind`. */
const runs: Readonly<Record<string, Run>> = {
  CREATE_VIEW: changeView,
  DROP_VIEW: changeView,
  CREATE_DATABASE: createDatabase,
  ALTER_DATABASE: alterDatabase,
  DROP_DATABASE: dropDatabase,
  CREATE_TABLE: createTable,
  ALTER_TABLE: alterTable,
  DROP_TABLE: dropTable,
  MSCK_REPAIR_TABLE: repairTable,
  SHOW_CREATE_TABLE: showCreateTable,
  SHOW_CREATE_VIEW: showCreateView,
  SHOW_DATABASES: showDatabases,
  SHOW_TABLES: showTables,
  SHOW_VIEWS: showViews,
  SHOW_COLUMNS: showColumns,
  SHOW_PARTITIONS: showPartitions,
  SHOW_TBLPROPERTIES: showTableProperties,
  DESCRIBE: describe,
}

/**
 * Runs a statement over the catalog (views and DDL). Undefined for every other statement. Throws SqlFailure in the words of Athena, also where
 * there are parameters: no such statement takes any.
 */
export async function runStatement(
  {sql, parameters}: {sql: string; parameters: readonly string[]},
  context: StatementContext,
): Promise<StatementResult | undefined> {
  const run = runs[statementKind(sql).substatement]
  if (run && parameters.length > 0) throw wrongParameters(0, parameters.length)
  return run?.(sql, context)
}

async function changeView(sql: string, context: StatementContext): Promise<StatementResult> {
  const view = readViewStatement(sql)
  if (view?.kind === 'create view') await createView(view, context)
  if (view?.kind === 'drop view') dropView(view, sql, context)
  return nothing
}
