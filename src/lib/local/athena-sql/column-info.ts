import type {DuckDBType} from '@duckdb/node-api'

/** A column of a result, as GetQueryResults describes it. */
export interface ResultColumn {
  name: string
  /** Athena's name of the type: `varchar`, `bigint`, `decimal`, `row`. */
  type: string
  precision: number
  scale: number
  caseSensitive: boolean
}

type Described = Pick<ResultColumn, 'type' | 'precision'>

/** DuckDB's types by their plain names; 128-bit sums of integers are bigint on Athena. */
const described: Record<string, Described> = {
  BOOLEAN: {type: 'boolean', precision: 0},
  TINYINT: {type: 'tinyint', precision: 3},
  SMALLINT: {type: 'smallint', precision: 5},
  INTEGER: {type: 'integer', precision: 10},
  BIGINT: {type: 'bigint', precision: 19},
  HUGEINT: {type: 'bigint', precision: 19},
  UTINYINT: {type: 'smallint', precision: 5},
  USMALLINT: {type: 'integer', precision: 10},
  UINTEGER: {type: 'bigint', precision: 19},
  UBIGINT: {type: 'bigint', precision: 19},
  FLOAT: {type: 'float', precision: 17},
  DOUBLE: {type: 'double', precision: 17},
  VARCHAR: {type: 'varchar', precision: 2147483647},
  JSON: {type: 'json', precision: 0},
  BLOB: {type: 'varbinary', precision: 1073741824},
  DATE: {type: 'date', precision: 0},
  TIME: {type: 'time', precision: 3},
  TIMESTAMP: {type: 'timestamp', precision: 3},
  'TIMESTAMP WITH TIME ZONE': {type: 'timestamp with time zone', precision: 3},
  INTERVAL: {type: 'interval day to second', precision: 0},
}

/** How Athena names and measures a column of this DuckDB type. */
export function resultColumn(name: string, type: DuckDBType): ResultColumn {
  const text = type.toString()
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(text)
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])]
    return {name, type: 'decimal', precision, scale, caseSensitive: false}
  }
  const {type: shown, precision} = described[type.alias ?? text] ?? described[text] ?? nested(text)
  return {name, type: shown, precision, scale: 0, caseSensitive: shown === 'varchar'}
}

function nested(text: string): Described {
  if (text.endsWith(']')) return {type: 'array', precision: 0}
  if (text.startsWith('STRUCT')) return {type: 'row', precision: 0}
  if (text.startsWith('MAP')) return {type: 'map', precision: 0}
  return {type: 'unknown', precision: 0}
}
