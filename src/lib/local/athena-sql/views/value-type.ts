import type {DuckDBListType, DuckDBMapType, DuckDBStructType, DuckDBType} from '@duckdb/node-api'
import type {HiveType} from '../hive-type'

/** DuckDB's scalar types as Hive has them. What Hive has no type for is missing. */
const hiveNames: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  // Sums of integers are bigint on Athena.
  HUGEINT: 'bigint',
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  UBIGINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
}

/** The Hive type of a column that a query gives; undefined where Hive has none (times with a zone, JSON, intervals, rows without names). */
export function hiveTypeOf(type: DuckDBType): HiveType | undefined {
  const text = type.toString()
  if (text.endsWith('[]')) {
    const element = hiveTypeOf((type as DuckDBListType).valueType)
    return element && {kind: 'array', element}
  }
  if (text.startsWith('MAP(')) {
    const {keyType, valueType} = type as DuckDBMapType
    const [key, value] = [hiveTypeOf(keyType), hiveTypeOf(valueType)]
    return key && value && {kind: 'map', key, value}
  }
  if (text.startsWith('STRUCT(')) return structOf(type as DuckDBStructType)
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(text)
  if (decimal) return {kind: 'scalar', name: 'decimal', arguments: `${decimal[1]},${decimal[2]}`}
  const name = hiveNames[type.alias ?? text]
  return name === undefined ? undefined : {kind: 'scalar', name, arguments: ''}
}

function structOf(type: DuckDBStructType): HiveType | undefined {
  const fields = type.entryNames.map((name, place) => {
    const entry = type.entryTypes[place]
    return {name: name.toLowerCase(), type: entry && hiveTypeOf(entry)}
  })
  if (!fields.every((field) => field.type !== undefined && field.name !== '')) return undefined
  return {kind: 'struct', fields: fields as {name: string; type: HiveType}[]}
}

/** A type as the catalog writes it: `struct<id:string,tags:array<string>>`. */
export function hiveTypeText(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `array<${hiveTypeText(type.element)}>`
    case 'map':
      return `map<${hiveTypeText(type.key)},${hiveTypeText(type.value)}>`
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${hiveTypeText(field.type)}`).join(',')}>`
    case 'scalar':
      return type.arguments === '' ? type.name : `${type.name}(${type.arguments})`
  }
}

/** Trino's names of Hive's scalar types where they differ. */
const trinoNames: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  float: 'real',
  binary: 'varbinary',
  timestamp: 'timestamp(3)',
}

/** A type as Trino writes it: `row(id varchar, tags array(varchar))`. */
export function trinoTypeText(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `array(${trinoTypeText(type.element)})`
    case 'map':
      return `map(${trinoTypeText(type.key)}, ${trinoTypeText(type.value)})`
    case 'struct':
      return `row(${type.fields.map((field) => `${trinoName(field.name)} ${trinoTypeText(field.type)}`).join(', ')})`
    case 'scalar': {
      const name = trinoNames[type.name] ?? type.name
      return type.arguments === '' ? name : `${name}(${type.arguments})`
    }
  }
}

function trinoName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

const hiveOfTrino: Readonly<Record<string, string>> = {
  ...{
    boolean: 'boolean',
    tinyint: 'tinyint',
    smallint: 'smallint',
    integer: 'int',
    int: 'int',
    bigint: 'bigint',
  },
  ...{
    real: 'float',
    double: 'double',
    decimal: 'decimal',
    varchar: 'string',
    char: 'char',
    varbinary: 'binary',
  },
  ...{date: 'date', timestamp: 'timestamp'},
}

/** Reads a type as Trino writes it; undefined where it is none, or none that Hive has. */
export function parseTrinoType(text: string): HiveType | undefined {
  const tokens = text.match(/"(?:[^"]|"")*"|[A-Za-z_]\w*|\d+|[(),]|\S/g) ?? []
  const reader = new TrinoTypeReader(tokens)
  const type = reader.type()
  return reader.isAtEnd ? type : undefined
}

class TrinoTypeReader {
  private at = 0

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length
  }

  type(): HiveType | undefined {
    const name = this.next()?.toLowerCase() ?? ''
    if (name === 'array') return this.array()
    if (name === 'map') return this.map()
    if (name === 'row') return this.row()
    return this.scalar(hiveOfTrino[name])
  }

  private array(): HiveType | undefined {
    const [element] = this.list(() => this.type()) ?? []
    return element && {kind: 'array', element}
  }

  private map(): HiveType | undefined {
    const [key, value] = this.list(() => this.type()) ?? []
    return key && value && {kind: 'map', key, value}
  }

  private scalar(name: string | undefined): HiveType | undefined {
    const numbers = this.tokens[this.at] === '(' ? this.list(() => this.next()) : []
    if (name === undefined || !numbers) return undefined
    // Hive's string is a varchar without a length.
    if (name === 'string' && numbers.length > 0) name = 'varchar'
    const keeps = ['decimal', 'char', 'varchar'].includes(name)
    return {kind: 'scalar', name, arguments: keeps ? numbers.join(',') : ''}
  }

  private row(): HiveType | undefined {
    const fields = this.list(() => {
      const name = this.next() ?? ''
      const type = this.type()
      return (
        type && {
          name: name
            .replace(/^"(.*)"$/s, '$1')
            .replaceAll('""', '"')
            .toLowerCase(),
          type,
        }
      )
    })
    return fields && {kind: 'struct', fields}
  }

  /** `(item, ...)`; undefined where it is malformed or an item is unknown. */
  private list<T>(read: () => T | undefined): T[] | undefined {
    const items: T[] = []
    if (this.next() !== '(') return undefined
    for (;;) {
      const item = read()
      if (item === undefined) return undefined
      items.push(item)
      const sign = this.next()
      if (sign === ')') return items
      if (sign !== ',') return undefined
    }
  }

  private next(): string | undefined {
    const token = this.tokens[this.at]
    this.at += 1
    return token
  }
}
