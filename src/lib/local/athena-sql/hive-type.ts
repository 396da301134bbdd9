import {readHiveType, type HiveType} from '../../core/hive-type'
import {SqlFailure} from './sql-failure'

export {hiveTypeText, isScalarName, type HiveField, type HiveType} from '../../core/hive-type'

/** DuckDB's names of Hive's scalar types; decimal, varchar and char are handled beside it. */
const duckDbNames: Record<string, string> = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  char: 'VARCHAR',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
}

/** Reads a Hive type such as `struct<id:string,tags:array<string>>`. Throws SqlFailure (HIVE_INVALID_METADATA). */
export function parseHiveType(text: string): HiveType {
  const type = readHiveType(text)
  if (type) return type
  throw new SqlFailure(`HIVE_INVALID_METADATA: ${text} is not a type of Hive that this endpoint knows.`)
}

/** DuckDB's name of a Hive type, for example `STRUCT("id" VARCHAR, "tags" VARCHAR[])`. */
export function duckDbType(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `${duckDbType(type.element)}[]`
    case 'map':
      return `MAP(${duckDbType(type.key)}, ${duckDbType(type.value)})`
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${quoteName(field.name)} ${duckDbType(field.type)}`).join(', ')})`
    case 'scalar':
      // Hive's decimal without arguments is decimal(10,0).
      if (type.name === 'decimal') return `DECIMAL(${type.arguments || '10,0'})`
      return duckDbNames[type.name] ?? 'VARCHAR'
  }
}

/** `"name"`, with quotes inside doubled. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** `'text'`, with quotes inside doubled. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
