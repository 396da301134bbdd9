import type {DuckDBType} from '@duckdb/node-api'
import type {Duck} from './duck'
import type {HiveField} from './hive-type'
import {outputColumns} from './output-columns'
import {SqlFailure} from './sql-failure'
import type {Node} from './syntax-tree'
import {toHive, trinoTypeText, typeOfDuckDb} from './trino/type'

/** A column of a query that was not run. */
export interface QueryColumn {
  name: string
  /** False where the query gives it no name, so that it is `_col0` by its place. */
  isNamed: boolean
  type: DuckDBType
}

/** The columns that a query would give; `tree` is its own. Throws what DuckDB says of a query that cannot be bound. */
export async function queryColumns(duck: Duck, sql: string, tree: Node): Promise<QueryColumn[]> {
  const statement = await duck.connection.prepare(sql)
  try {
    const names = Array.from({length: statement.columnCount}, (_, place) => statement.columnName(place))
    return outputColumns(tree, names).map(({place, name}) => ({
      name,
      isNamed: name === names[place],
      type: statement.columnType(place),
    }))
  } finally {
    statement.destroySync()
  }
}

/**
 * The columns of a query as those of a table or a view. Throws SqlFailure where one has no name, the name of another, or a type that Hive has
 * none for.
 */
export function fieldsOfQuery(columns: readonly QueryColumn[]): HiveField[] {
  const seen = new Set<string>()
  return columns.map((column, place) => {
    if (!column.isNamed) {
      throw new SqlFailure(
        `MISSING_COLUMN_NAME: line 1:1: Column name not specified at position ${place + 1}`,
        1006,
      )
    }
    const name = column.name.toLowerCase()
    if (seen.has(name)) {
      throw new SqlFailure(
        `DUPLICATE_COLUMN_NAME: line 1:1: Column name '${name}' specified more than once`,
        1006,
      )
    }
    seen.add(name)
    return {name, type: hiveTypeOf(column.type, name)}
  })
}

function hiveTypeOf(type: DuckDBType, name: string): HiveField['type'] {
  const found = typeOfDuckDb(type)
  const hive = toHive(found)
  if (hive) return hive
  const text = trinoTypeText(found)
  if (text === 'unknown') {
    throw new SqlFailure(`COLUMN_TYPE_UNKNOWN: line 1:1: Column type is unknown: ${name}`, 1006)
  }
  throw new SqlFailure(`NOT_SUPPORTED: Column '${name}' has a type that Hive has none for: ${text}`, 1200)
}
