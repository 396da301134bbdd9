import {meterField} from '../../pricing/event-condition'
import type {Meter} from '../../pricing/price-plan'

/** A field that meters look at, as the query has it. */
export interface QueryField {
  path: string
  type: 'string' | 'number' | 'integer' | 'boolean'
  /** SQL over the columns of the view: text, empty where an event has none. */
  sql: string
}

const exactNumber = 'DECIMAL(38, 9)'

/** Every field that the meters measure or filter by, once, in the order in which they are named. */
export function fieldsOf(meters: readonly Meter[]): QueryField[] {
  return fieldsOfPaths(meters.flatMap(({field, where}) => [field ?? [], where.map(({path}) => path)].flat()))
}

/** The fields at the paths, each once; a path of no field is passed over. */
export function fieldsOfPaths(paths: readonly string[]): QueryField[] {
  return [...new Set(paths)].flatMap((path) => {
    const field = meterField(path)
    if (!field) return []
    return [{path, type: field.type, sql: `COALESCE(${textOf(path, field)}, '')`}]
  })
}

/** What the column is called in the view follows from the path: `detail.service.name` is `service_name`. */
function textOf(path: string, {type, attribute}: {type: string; attribute?: string}): string {
  if (attribute !== undefined) return attributeSql(attribute)
  // An event without a quantity, or with one that is no number, is one unit.
  if (path === 'detail.quantity') return `CAST(COALESCE(quantity, CAST(1 AS ${exactNumber})) AS VARCHAR)`
  const column = path
    .split('.')
    .slice(1)
    .map((step) => step.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join('_')
  if (type === 'string') return `"${column}"`
  if (type === 'boolean') return `CAST("${column}" AS VARCHAR)`
  return `CAST(TRY_CAST("${column}" AS ${exactNumber}) AS VARCHAR)`
}

/** The SerDe of Parquet writes the keys of attributes in lower case. */
function attributeSql(name: string): string {
  const keys = [...new Set([name, name.toLowerCase()])].map((key) => `element_at(attributes, '${key}')`)
  return keys.length === 1 ? keys.join('') : `COALESCE(${keys.join(', ')})`
}

/** A text as an exact number; NULL where it is none. */
export function numberOf(sql: string): string {
  return `TRY_CAST(${sql} AS ${exactNumber})`
}
