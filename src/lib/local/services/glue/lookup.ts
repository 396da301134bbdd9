import type {Catalog, DatabaseRow, TableRow} from '../../catalog'
import {entityNotFound} from './errors'

/** The database of that name. Throws `EntityNotFoundException`. */
export function requireDatabase(catalog: Catalog, region: string, name: string): DatabaseRow {
  const row = catalog.database(region, name)
  if (!row) throw entityNotFound(`Database ${name} not found.`)
  return row
}

/** The table of that name. Throws `EntityNotFoundException`, also where the database is missing. */
export function requireTable(catalog: Catalog, region: string, database: string, name: string): TableRow {
  requireDatabase(catalog, region, database)
  const row = catalog.table(region, database, name)
  if (!row) throw entityNotFound(`Table ${name} not found.`)
  return row
}

/** Removes a table with its versions and partitions. Only inside `Store.write`. */
export function removeTable(catalog: Catalog, region: string, key: string): void {
  catalog.tableRows.delete(key)
  for (const rows of [catalog.versionRows, catalog.partitionRows]) {
    for (const row of [...rows.list(`${key}/`)]) rows.delete(row.key)
  }
}
