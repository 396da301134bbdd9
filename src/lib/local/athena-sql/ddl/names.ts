import type {DatabaseRow, TableRow} from '../../catalog'
import type {ObjectName} from '../words/cursor'
import {isView} from '../views/view-text'
import {semanticError, type StatementContext} from './context'

/** The database of a name; Hive's own is `default`. Throws SqlFailure where there is none of that name. */
export function requireDatabase(name: string | undefined, context: StatementContext): DatabaseRow {
  const wanted = name ?? context.database?.toLowerCase() ?? 'default'
  const row = context.catalog.database(context.region, wanted)
  if (row) return row
  throw semanticError(`[Error 10072]: Database does not exist: ${wanted}`)
}

/** The table or view of a name; undefined where its database has none. Throws SqlFailure where there is no such database. */
export function findTable(name: ObjectName, context: StatementContext): TableRow | undefined {
  const database = requireDatabase(name.database, context)
  return context.catalog.table(context.region, database.Name, name.name)
}

/** The table or view of a name. Throws SqlFailure where there is none. */
export function requireTable(name: ObjectName, context: StatementContext): TableRow {
  const row = findTable(name, context)
  if (row) return row
  const database = name.database ?? context.database?.toLowerCase() ?? 'default'
  throw semanticError(`[Error 10001]: Table not found ${database}.${name.name}`)
}

/** The table of a name, which is no view. Throws SqlFailure. */
export function requireOwnTable(name: ObjectName, context: StatementContext): TableRow {
  const row = requireTable(name, context)
  if (!isView(row)) return row
  throw semanticError(`${row.DatabaseName}.${row.Name} is a view, and the statement is for tables`)
}
