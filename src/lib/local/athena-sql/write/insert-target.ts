import {resolveTable} from '../resolve-tables'
import {parseHiveType, type HiveField} from '../hive-type'
import type {QueryColumn} from '../query-columns'
import {lineAt, notSupported, SqlFailure} from '../sql-failure'
import {isJsonTable} from '../table-views'
import {isInsertable, trinoTypeText, typeOfDuckDb, typeOfHive, type TrinoType} from '../trino/type'
import {parquetFormat} from './file-format'
import {readInsert, type InsertStatement} from './insert-statement'
import {PartitionFolders} from './partition-folders'
import type {WriteContext, WriteStatement} from './write-target'

/**
 * INSERT INTO a Parquet table, compressed as its properties `parquet.compression`, `write.compression` and `compression_level` say. Throws
 * SqlFailure on tables of another format, on column names that are not the table's or come twice, and TYPE_MISMATCH on a query of
 * other columns.
 */
export function insertInto(sql: string, context: WriteContext): WriteStatement {
  const statement = readInsert(sql)
  const table = resolveTable(statement.table, lineAt(sql, statement.table.place), context)
  if (isJsonTable(table))
    throw notSupported('INSERT INTO a table of the SerDe org.openx.data.jsonserde.JsonSerDe')
  const columns = fieldsOf(table.StorageDescriptor?.Columns)
  const keys = fieldsOf(table.PartitionKeys)
  const properties = {...table.StorageDescriptor?.Parameters, ...table.Parameters}
  const format = parquetFormat(
    properties['parquet.compression'] ?? properties['write.compression'] ?? properties['write_compression'],
    properties['compression_level'],
  )
  const folders = new PartitionFolders(table, context)
  const filled = filledColumns([...columns, ...keys], statement, sql)
  return {
    query: statement.query,
    isEmpty: false,
    targetOf: (found) => {
      requireMatch(found, filled)
      return {
        columns,
        keys,
        filled,
        format,
        folderOf: (values) => folders.folderOf(values),
        register: () => folders.register(),
      }
    },
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

function requireMatch(columns: readonly QueryColumn[], filled: readonly HiveField[]): void {
  const found = columns.map((column) => typeOfDuckDb(column.type))
  const wanted = filled.map((column) => typeOfHive(column.type))
  const matches =
    found.length === wanted.length &&
    wanted.every((type, place) => {
      const given = found[place]
      return given !== undefined && isInsertable(given, type)
    })
  if (matches) return
  const list = (types: readonly TrinoType[]) => types.map(trinoTypeText).join(', ')
  throw new SqlFailure(
    `TYPE_MISMATCH: line 1:1: Insert query has mismatched column types: Table: [${list(wanted)}], Query: [${list(found)}]`,
    1006,
  )
}
