import {meterField} from '../../pricing/event-condition'
import type {Meter} from '../../pricing/price-plan'

/** A field that meters look at, as the query has it. */
export interface QueryField {
  path: string
  type: 'string' | 'number' | 'integer' | 'boolean'
  /** SQL over the columns of the view: text, empty where an event has none. */
  sql: string
  /** Of a field that is a number: the same as an exact number, NULL where an event has none. */
  numberSql?: string
}

/** What quantities and other numbers are in every query. */
export const exactNumber = 'DECIMAL(38, 9)'

/** Every field that the meters measure or filter by, once, in the order in which they are named. */
export function fieldsOf(meters: readonly Meter[]): QueryField[] {
  return fieldsOfPaths(meters.flatMap(({field, where}) => [field ?? [], where.map(({path}) => path)].flat()))
}

/** The fields at the paths, each once; a path of no field is passed over. */
export function fieldsOfPaths(paths: readonly string[]): QueryField[] {
  return [...new Set(paths)].flatMap((path) => {
    const field = meterField(path)
    if (!field) return []
    const {type, attribute} = field
    if (attribute !== undefined) return [{path, type, sql: `COALESCE(${attributeSql(attribute)}, '')`}]
    const column = columnOf(path)
    if (type === 'string') return [{path, type, sql: `COALESCE(${column}, '')`}]
    const numberSql = type === 'boolean' ? undefined : numberSqlOf(path, column)
    const sql = `COALESCE(CAST(${numberSql ?? column} AS VARCHAR), '')`
    return [{path, type, sql, ...(numberSql !== undefined && {numberSql})}]
  })
}

/** What the column is called in the view follows from the path: `detail.service.name` is `service_name`. */
function columnOf(path: string): string {
  const column = path
    .split('.')
    .slice(1)
    .map((step) => step.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join('_')
  return `"${column}"`
}

/** An event without a quantity, or with one that is no number, is one unit. */
function numberSqlOf(path: string, column: string): string {
  if (path === 'detail.quantity') return `COALESCE(quantity, CAST(1 AS ${exactNumber}))`
  return `TRY_CAST(${column} AS ${exactNumber})`
}

/** The SerDe of Parquet writes the keys of attributes in lower case. */
function attributeSql(name: string): string {
  const keys = [...new Set([name, name.toLowerCase()])].map((key) => `element_at(attributes, '${key}')`)
  return keys.length === 1 ? keys.join('') : `COALESCE(${keys.join(', ')})`
}

/** A number as a number, all else as text: a number of every event is dear to make of text. */
export function typedSql({sql, numberSql}: QueryField): string {
  return numberSql ?? sql
}
