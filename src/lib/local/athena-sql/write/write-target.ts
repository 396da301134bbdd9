import type {Catalog, TableRow} from '../../catalog'
import {parseHiveType, type HiveField} from '../hive-type'
import {lineAt, notSupported, SqlFailure} from '../sql-failure'
import {isJsonTable} from '../table-views'
import type {InsertStatement} from './insert-statement'
import {parquetOptions, type ParquetOptions} from './parquet-options'
import {PartitionFolders} from './partition-folders'

/** Where and how the rows of a query are written. */
export interface WriteTarget {
  /** The columns of the files, in order. */
  columns: HiveField[]
  /** The partition columns, which stand in the folders' names. */
  keys: HiveField[]
  /** Of each column of the query, in its order, the one that it is for. */
  filled: HiveField[]
  parquet: ParquetOptions
  folders: PartitionFolders
}

/**
 * The target of an INSERT: a Parquet table, compressed as its properties `parquet.compression`, `write.compression` and
 * `compression_level` say. Throws SqlFailure on tables of another format, and on column names that are not the table's or come twice.
 */
export function insertTarget(
  table: TableRow,
  statement: InsertStatement,
  sql: string,
  {catalog, region, now}: {catalog: Catalog; region: string; now: number},
): WriteTarget {
  if (isJsonTable(table))
    throw notSupported('INSERT INTO a table of the SerDe org.openx.data.jsonserde.JsonSerDe')
  const columns = fieldsOf(table.StorageDescriptor?.Columns)
  const keys = fieldsOf(table.PartitionKeys)
  const properties = {...table.StorageDescriptor?.Parameters, ...table.Parameters}
  return {
    columns,
    keys,
    filled: filledColumns([...columns, ...keys], statement, sql),
    parquet: parquetOptions(
      properties['parquet.compression'] ?? properties['write.compression'] ?? properties['write_compression'],
      properties['compression_level'],
    ),
    folders: PartitionFolders.ofTable(table, {catalog, region, now}),
  }
}

function fieldsOf(
  columns: readonly {Name?: string | undefined; Type?: string | undefined}[] = [],
): HiveField[] {
  return columns.map(({Name: name = '', Type: type = 'string'}) => ({name, type: parseHiveType(type)}))
}

function filledColumns(all: readonly HiveField[], statement: InsertStatement, sql: string): HiveField[] {
  const at = `${lineAt(sql, statement.table.place)}: `
  const seen = new Set<string>()
  return (statement.columns ?? all.map((column) => column.name)).map((name) => {
    const column = all.find((one) => one.name === name)
    if (!column) {
      throw new SqlFailure(
        `COLUMN_NOT_FOUND: ${at}Insert column name does not exist in target table: ${name}`,
        1006,
      )
    }
    if (seen.has(name)) {
      throw new SqlFailure(
        `DUPLICATE_COLUMN_NAME: ${at}Insert column name is specified more than once: ${name}`,
        1006,
      )
    }
    seen.add(name)
    return column
  })
}
