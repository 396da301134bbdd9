import type {AthenaSql} from '../athena-sql'
import type {BlobStore} from '../../blob-store'
import type {Catalog} from '../../catalog'
import {ServiceError} from '../../service-error'
import type {ResultColumn} from '../column-info'
import {SqlFailure} from '../sql-failure'

/** What a statement over the catalog works with. */
export interface StatementContext {
  catalog: Catalog
  blobs: BlobStore
  engine: AthenaSql
  /** Calls an operation of Glue in the name of the statement. Returns what Glue answers and throws its ServiceError. */
  glue: (operation: string, input: object) => unknown
  region: string
  /** The database of names without one. */
  database: string | undefined
  /** Milliseconds since 1970. */
  now: number
  signal: AbortSignal
}

/** What a statement over the catalog answers: rows of one cell each. */
export interface StatementResult {
  columns: ResultColumn[]
  lines: string[]
}

export const nothing: StatementResult = {columns: [], lines: []}

/** Lines under columns of text; more columns than one stand in one cell, set apart by tabs, as Athena gives them. */
export function textResult(columns: readonly string[], lines: readonly string[]): StatementResult {
  const described = columns.map((name) => ({
    name,
    type: 'string',
    precision: 0,
    scale: 0,
    caseSensitive: false,
  }))
  return {columns: described, lines: [...lines]}
}

/** Has Glue change the catalog. Throws SqlFailure in the words in which Hive hands on what Glue refuses. */
export function changeCatalog(context: StatementContext, operation: string, input: object): unknown {
  try {
    return context.glue(operation, input)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    throw executionError(`${error.code}(message:${error.message})`)
  }
}

/** The failure of a statement that Hive understands and cannot carry out (*wording in part unverified*). */
export function executionError(what: string): SqlFailure {
  return new SqlFailure(
    `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${what}`,
  )
}

/** The failure of a statement that means nothing in this catalog. */
export function semanticError(what: string): SqlFailure {
  return new SqlFailure(`FAILED: SemanticException ${what}`, 1006)
}
