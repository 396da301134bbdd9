import type {TableRow} from '../catalog'
import type {Duck} from './duck'
import {parseHiveType, quoteText} from './hive-type'
import {escapeGlob} from './read-lines'
import {IncompatibleColumn, parquetColumns} from './parquet-columns'
import {SqlFailure} from './sql-failure'
import type {TableFile} from './table-files'

/**
 * The SELECT of a table's columns, and of `filename`, out of its Parquet files. Columns are found by their names; a file that
 * lacks one has NULL there. Throws SqlFailure (HIVE_BAD_DATA) where a file has a column in a type that cannot be read as the
 * table's, and what DuckDB says of a file that is no Parquet.
 */
export async function parquetRelation(
  duck: Duck,
  table: TableRow,
  files: readonly TableFile[],
): Promise<string> {
  const list = listOf(files)
  const source = `read_parquet(${list}, union_by_name = true, filename = true, hive_partitioning = false)`
  const described = await duck.connection.run(`SELECT * FROM ${source} LIMIT 0`)
  const columns = (table.StorageDescriptor?.Columns ?? []).map((column) => ({
    name: column.Name ?? '',
    type: parseHiveType(column.Type ?? 'string'),
  }))
  try {
    const values = parquetColumns(columns, described.columnNames(), described.columnTypes())
    return `SELECT ${[...values, 'filename'].join(', ')} FROM ${source}`
  } catch (error) {
    if (!(error instanceof IncompatibleColumn)) throw error
    throw await incompatible(duck, table, files, error.column)
  }
}

function listOf(files: readonly TableFile[]): string {
  return `[${files.map((file) => quoteText(escapeGlob(file.path))).join(', ')}]`
}

/** Says it as Athena does, of the first file with that column. */
async function incompatible(
  duck: Duck,
  table: TableRow,
  files: readonly TableFile[],
  column: string,
): Promise<SqlFailure> {
  const [row] = await duck.rows(
    `SELECT file_name, type FROM parquet_schema(${listOf(files)}) WHERE lower(name) = ${quoteText(column)}`,
  )
  const uri = files.find((file) => file.path === row?.[0])?.uri ?? 's3://'
  const type = row?.[1]
  const found = typeof type === 'string' ? type.replace('BYTE_ARRAY', 'BINARY') : 'group'
  const wanted = table.StorageDescriptor?.Columns?.find(({Name: name}) => name === column)?.Type ?? 'string'
  return new SqlFailure(
    `HIVE_BAD_DATA: Field ${column}'s type ${found} in parquet file ${uri} is incompatible with type ${wanted} defined in table schema`,
  )
}
