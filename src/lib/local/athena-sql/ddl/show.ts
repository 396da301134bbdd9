import type {TableRow} from '../../catalog'
import {partitionName} from '../partition-path'
import {SqlFailure} from '../sql-failure'
import {isView, viewDefinition} from '../views/view-text'
import {Cursor} from '../words/cursor'
import {executionError, textResult, type StatementContext, type StatementResult} from './context'
import {padded} from './describe'
import {findTable, requireDatabase, requireOwnTable, requireTable} from './names'
import {partitionNames} from './read-clauses'

/** SHOW DATABASES [LIKE 'pattern'], by name. */
export function showDatabases(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW')
  if (!cursor.takes('DATABASES')) cursor.needs('SCHEMAS')
  const wanted = readPattern(cursor)
  const names = context.catalog.databases(context.region).map((row) => row.Name)
  return textResult(['database_name'], names.filter(wanted))
}

/** SHOW TABLES [IN database] ['pattern'], by name; views too. */
export function showTables(sql: string, context: StatementContext): StatementResult {
  return textResult(
    ['tab_name'],
    tableNames(sql, 'TABLES', () => true, context),
  )
}

/** SHOW VIEWS [IN database] [LIKE 'pattern'], by name. */
export function showViews(sql: string, context: StatementContext): StatementResult {
  return textResult(['views'], tableNames(sql, 'VIEWS', isView, context))
}

function tableNames(
  sql: string,
  what: string,
  isShown: (row: TableRow) => boolean,
  context: StatementContext,
): string[] {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW', what)
  const named = cursor.takes('IN') || cursor.takes('FROM') ? cursor.name() : undefined
  const wanted = readPattern(cursor)
  const {Name} = requireDatabase(named, context)
  const rows = context.catalog.tables(context.region, Name).filter(isShown)
  return rows.map((row) => row.Name).filter(wanted)
}

/** SHOW COLUMNS {FROM | IN} [database.]table [{FROM | IN} database], partition columns behind the others. */
export function showColumns(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW', 'COLUMNS')
  if (!cursor.takes('FROM')) cursor.needs('IN')
  const name = cursor.objectName()
  if (cursor.takes('FROM') || cursor.takes('IN')) name.database = cursor.name()
  cursor.end()
  const {StorageDescriptor, PartitionKeys = []} = requireTable(name, context)
  const columns = [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys]
  return textResult(
    ['field'],
    columns.map((column) => padded(column.Name)),
  )
}

/** SHOW PARTITIONS table: those of the catalog; projected ones are in none. */
export function showPartitions(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW', 'PARTITIONS')
  const table = requireOwnTable(cursor.objectName(), context)
  cursor.end()
  const names = partitionNames(table)
  if (names.length === 0) throw executionError(`Table ${table.Name} is not a partitioned table`)
  const rows = context.catalog.partitions(context.region, table.DatabaseName, table.Name)
  return textResult(
    ['partition'],
    rows.map((row) => partitionName(names, row.Values)),
  )
}

/** SHOW TBLPROPERTIES table [('name')]. */
export function showTableProperties(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW', 'TBLPROPERTIES')
  const {DatabaseName, Name, Parameters = {}} = requireTable(cursor.objectName(), context)
  const [property] = cursor.sees('(') ? cursor.list(() => cursor.text()) : []
  cursor.end()
  if (property === undefined) {
    const lines = Object.entries(Parameters)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join('\t'))
    return textResult(['prpt_name', 'prpt_value'], lines)
  }
  const value = Parameters[property]
  return textResult(
    ['prpt_name', 'prpt_value'],
    [value ?? `Table ${DatabaseName}.${Name} does not have property: ${property}`],
  )
}

/** SHOW CREATE VIEW: the statement that makes the view. Throws SqlFailure where there is none. */
export function showCreateView(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'trino')
  cursor.needs('SHOW', 'CREATE', 'VIEW')
  const name = cursor.objectName()
  cursor.end()
  const row = findTable(name, context)
  if (!row || !isView(row)) {
    const shown = `awsdatacatalog.${name.database ?? context.database ?? 'default'}.${name.name}`
    throw new SqlFailure(`TABLE_NOT_FOUND: line 1:1: View '${shown}' does not exist`, 1110)
  }
  const text = `CREATE VIEW "${row.DatabaseName}"."${row.Name}" AS\n${viewDefinition(row).originalSql}`
  return textResult(['Create View'], text.split('\n'))
}

/** `[LIKE] 'pattern'` up to the end of the statement: a regular expression in which `*` alone means anything. Throws SqlFailure. */
function readPattern(cursor: Cursor): (name: string) => boolean {
  const isLike = cursor.takes('LIKE')
  const text = isLike || cursor.token.kind === 'text' ? cursor.text() : '*'
  cursor.end()
  try {
    const pattern = new RegExp(`^(?:${text.replace(/(?<![.\])}\\])\*/g, '.*')})$`, 'i')
    return (name) => pattern.test(name)
  } catch {
    throw executionError(`${text} is no pattern of names`)
  }
}
