import type {TableRow} from '../../catalog'
import {notSupported, SqlFailure} from '../sql-failure'

/** A view as Athena keeps it in the catalog. */
export interface ViewDefinition {
  /** The query, in Athena's SQL. */
  originalSql: string
  catalog: string
  /** The schema of names without one: that of the session in which the view was made. */
  schema: string
  /** Names, and types as Trino writes them. */
  columns: {name: string; type: string}[]
}

/** What stands in ViewExpandedText of every view of Athena. */
export const viewExpandedText = '/* Presto View */'

/** Properties of every view of Athena. */
export const viewProperties = {presto_view: 'true', comment: 'Presto View'}

/** ViewOriginalText of a view: its definition as JSON in base64 in a comment. */
export function viewOriginalText(definition: ViewDefinition): string {
  return `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`
}

export function isView(table: TableRow): boolean {
  return table.TableType === 'VIRTUAL_VIEW'
}

/** The definition of a view in the catalog. Throws SqlFailure where its text is not one of Athena's. */
export function viewDefinition(row: TableRow): ViewDefinition {
  const text = row.ViewOriginalText ?? ''
  const match = /^\s*\/\* Presto View: ([A-Za-z0-9+/]+=*) \*\/\s*$/.exec(text)
  if (!match) throw notSupported(`A view in the language of Hive (${row.DatabaseName}.${row.Name})`)
  const definition = parse(Buffer.from(match[1] ?? '', 'base64').toString())
  if (definition) return definition
  throw new SqlFailure(
    `INVALID_VIEW: Invalid view JSON: ViewOriginalText of ${row.DatabaseName}.${row.Name}`,
    1006,
  )
}

function parse(json: string): ViewDefinition | undefined {
  let value: Partial<ViewDefinition> | null
  try {
    value = JSON.parse(json) as Partial<ViewDefinition> | null
  } catch {
    return undefined
  }
  const {originalSql, catalog = 'awsdatacatalog', schema, columns} = value ?? {}
  if (typeof originalSql !== 'string' || typeof schema !== 'string' || !Array.isArray(columns))
    return undefined
  const isColumn = (column: unknown) =>
    typeof (column as {name?: unknown} | null)?.name === 'string' &&
    typeof (column as {type?: unknown}).type === 'string'
  return columns.every(isColumn) ? {originalSql, catalog, schema: schema.toLowerCase(), columns} : undefined
}
