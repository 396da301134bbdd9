import type {Catalog, TableRow} from '../catalog'
import {notSupported, SqlFailure} from './sql-failure'
import type {TableUse} from './syntax-tree'

export interface NameContext {
  catalog: Catalog
  region: string
  /** The database of names without one. */
  database: string | undefined
}

/**
 * The table or view of the catalog that a query names at the place `at` (`line 1:15`). Throws SqlFailure in Athena's words where the
 * catalog, the schema or the table is not there, or a name has no schema and the context no database.
 */
export function resolveTable(
  use: Pick<TableUse, 'name'> & {catalog?: string; database: string | undefined},
  at: string,
  context: NameContext,
): TableRow {
  if (use.catalog && use.catalog !== 'awsdatacatalog') {
    throw new SqlFailure(`CATALOG_NOT_FOUND: ${at}: Catalog '${use.catalog}' does not exist`, 1006)
  }
  const database = requireSchema(use.database, at, context)
  const table = context.catalog.table(context.region, database, use.name)
  if (table) return table
  throw new SqlFailure(
    `TABLE_NOT_FOUND: ${at}: Table 'awsdatacatalog.${database}.${use.name}' does not exist`,
    1110,
  )
}

/** The database that a name says or that the session has. Throws SqlFailure in Athena's words where there is none. */
export function requireSchema(named: string | undefined, at: string, context: NameContext): string {
  const database = named || context.database?.toLowerCase()
  if (database === undefined) {
    throw new SqlFailure(
      `MISSING_SCHEMA_NAME: ${at}: Schema must be specified when session schema is not set`,
      1006,
    )
  }
  if (database === 'information_schema') throw notSupported('information_schema')
  if (context.catalog.database(context.region, database)) return database
  throw new SqlFailure(`SCHEMA_NOT_FOUND: ${at}: Schema '${database}' does not exist`, 1110)
}
