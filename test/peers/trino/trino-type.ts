import {parseHiveType, type HiveType} from '../../../src/lib/local/athena-sql/hive-type'

/** Trino's names where they are not Hive's. */
const names: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  float: 'REAL',
  binary: 'VARBINARY',
  timestamp: 'TIMESTAMP(3)',
}

/** How Trino writes a type of Hive: `struct<a:string,b:array<int>>` is `ROW("a" VARCHAR, "b" ARRAY(INTEGER))`. */
export function trinoType(hiveType: string): string {
  return write(parseHiveType(hiveType))
}

function write(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `ARRAY(${write(type.element)})`
    case 'map':
      return `MAP(${write(type.key)}, ${write(type.value)})`
    case 'struct':
      return `ROW(${type.fields.map(({name, type: inner}) => `"${name}" ${write(inner)}`).join(', ')})`
    case 'scalar':
      return `${names[type.name] ?? type.name.toUpperCase()}${type.arguments && `(${type.arguments})`}`
  }
}
