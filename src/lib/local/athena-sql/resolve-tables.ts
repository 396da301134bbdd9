import type {Catalog, TableRow} from '../catalog'
import {lineAt, notSupported, SqlFailure} from './sql-failure'
import type {TableUse} from './syntax-tree'

/** A table of the catalog, and every place where the query reads it. */
export interface ResolvedTable {
  table: TableRow
  uses: TableUse[]
}

interface Context {
  catalog: Catalog
  region: string
  /** The database of names without one. */
  database: string | undefined
}

/**
 * Finds the tables that a query names. Throws SqlFailure in Athena's words where the catalog, the schema or the table is
 * not there, or a name has no schema and the query's context no database.
 */
export function resolveTables(uses: readonly TableUse[], sql: string, context: Context): ResolvedTable[] {
  const found = new Map<string, ResolvedTable>()
  for (const use of uses) {
    const table = resolveTable(use, sql, context)
    const key = `${table.DatabaseName}.${table.Name}`
    const known = found.get(key)
    if (known) known.uses.push(use)
    else found.set(key, {table, uses: [use]})
  }
  return [...found.values()]
}

/** The table of a name. Throws as `resolveTables` does. */
export function resolveTable(
  use: Pick<TableUse, 'catalog' | 'database' | 'name' | 'place'>,
  sql: string,
  context: Context,
): TableRow {
  const at = `${lineAt(sql, use.place)}: `
  if (use.catalog !== '' && use.catalog !== 'awsdatacatalog') {
    throw new SqlFailure(`CATALOG_NOT_FOUND: ${at}Catalog '${use.catalog}' does not exist`, 1006)
  }
  const database = use.database || context.database?.toLowerCase()
  if (database === undefined) {
    throw new SqlFailure(
      `MISSING_SCHEMA_NAME: ${at}Schema must be specified when session schema is not set`,
      1006,
    )
  }
  if (database === 'information_schema') throw notSupported('information_schema')
  if (!context.catalog.database(context.region, database)) {
    throw new SqlFailure(`SCHEMA_NOT_FOUND: ${at}Schema '${database}' does not exist`, 1110)
  }
  const table = context.catalog.table(context.region, database, use.name)
  if (!table) {
    throw new SqlFailure(
      `TABLE_NOT_FOUND: ${at}Table 'awsdatacatalog.${database}.${use.name}' does not exist`,
      1110,
    )
  }
  if (table.TableType === 'VIRTUAL_VIEW') throw notSupported(`The view ${database}.${use.name}`)
  return table
}
