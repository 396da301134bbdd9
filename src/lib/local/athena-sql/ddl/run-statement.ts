import type {ResultColumn} from '../column-info'
import type {AthenaSql} from '../athena-sql'
import type {Catalog} from '../../catalog'
import {readViewStatement} from '../views/read-view-statement'
import {createView, dropView} from '../views/change-views'

/** What a statement over the catalog works with. */
export interface StatementContext {
  catalog: Catalog
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

const nothing: StatementResult = {columns: [], lines: []}

/** Runs a statement over the catalog (views and DDL). Undefined for every other statement. Throws SqlFailure in the words of Athena. */
export async function runStatement(
  sql: string,
  context: StatementContext,
): Promise<StatementResult | undefined> {
  const view = readViewStatement(sql)
  if (view?.kind === 'create view') {
    await createView(view, context)
    return nothing
  }
  if (view?.kind === 'drop view') {
    dropView(view, sql, context)
    return nothing
  }
  return undefined
}
