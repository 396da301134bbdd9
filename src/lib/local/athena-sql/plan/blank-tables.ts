import type {TableRow} from '../../catalog'
import type {Duck} from '../duck'
import {duckDbType, parseHiveType, quoteName, quoteText} from '../hive-type'

/**
 * Makes tables of the catalog as relations that know nothing but their columns: to bind and plan queries, never to be read. A function stands
 * behind each, of which the optimizer can take nothing for granted, with the table's name and a NULL for each column as its arguments.
 */
export async function createBlankTables(
  duck: Duck,
  tables: readonly TableRow[],
  withPath: boolean,
): Promise<void> {
  for (const table of tables) {
    const columns = columnsOf(table, withPath)
    const values = columns.map(({type}) => `NULL::${type}`).join(', ')
    const names = ['$table', ...columns.map(({name}) => name)].map(quoteName).join(', ')
    await duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(table.DatabaseName)}`)
    await duck.run(
      `CREATE VIEW ${fullName(table)} AS SELECT * EXCLUDE ("$table")
       FROM repeat_row(${quoteText(fullName(table))}, ${values}, num_rows := 1000000) AS blank(${names})`,
    )
  }
}

/** Columns of a table in the order of its relation: its own, those of its partitions, and "$path" where it is asked for. */
export function columnsOf(table: TableRow, withPath: boolean): {name: string; type: string}[] {
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(
    (column) => ({name: column.Name ?? '', type: duckDbType(parseHiveType(column.Type ?? 'string'))}),
  )
  return withPath ? [...columns, {name: '$path', type: 'VARCHAR'}] : columns
}

export function fullName(table: Pick<TableRow, 'DatabaseName' | 'Name'>): string {
  return `awsdatacatalog.${quoteName(table.DatabaseName)}.${quoteName(table.Name)}`
}
