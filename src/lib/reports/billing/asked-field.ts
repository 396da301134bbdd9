import {exactNumber} from './meter-fields'
import type {QueryField} from './meter-fields'

/** What a condition and a meter ask of a field, as SQL. */
export interface AskedField {
  type: QueryField['type']
  /** Empty where an event has none. */
  text: string
  /** NULL where it is none. */
  number: string
  isThere: string
}

/** A field that stands as text in a column. */
export function askedText({type}: QueryField, column: string): AskedField {
  return {type, text: column, number: `TRY_CAST(${column} AS ${exactNumber})`, isThere: `${column} <> ''`}
}

/** A field that stands in a column as `typedSql` has it. */
export function askedTyped(field: QueryField, column: string): AskedField {
  if (field.numberSql === undefined) return askedText(field, column)
  const text = `COALESCE(CAST(${column} AS VARCHAR), '')`
  return {type: field.type, text, number: column, isThere: `${column} IS NOT NULL`}
}
