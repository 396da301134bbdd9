import type {Catalog} from '../../catalog'
import {messageOf} from '../../../core/errors'
import {ServiceError} from '../../service-error'
import type {DuckLimits} from '../duck'
import {fromDuckError} from '../duck-error'
import {quoteName} from '../hive-type'
import type {ReadFiles} from '../read-files'
import {Session} from '../session'
import {SqlFailure} from '../sql-failure'
import type {SqlQuery} from '../sql-query'
import type {Node} from '../syntax-tree'
import {isJsonTable} from '../table-views'
import {defineTrinoFunctions} from '../trino/functions'
import {giveTrinosMeaning} from '../trino/meaning'
import {defineViews} from '../views/define-views'
import {hidePath} from '../views/hidden-path'
import {sourcesOf, type Sources} from '../views/sources'
import {createBlankTables} from './blank-tables'

/** A query on its way: its text with parameters put in and stars without "$path", its tree, and what it reads. */
export interface Bound {
  query: SqlQuery
  text: string
  /** The same as the caller knows it, where places in it are the same; else empty. */
  placed: string
  tree: Node
  sources: Sources
  session: Session
  /** Whether the query or a view of it names the pseudo column "$path". */
  withPath: boolean
}

/** What a session is opened for. */
export interface Binding {
  query: SqlQuery
  /** The text of the query in it, parameters put in. */
  sql: string
  /** What the session may hold; undefined for what a query may hold at first. */
  limits?: DuckLimits
  /** The view that the query may not read. */
  replaced?: string
}

/**
 * Opens a session for a query in which all that it reads is there, but empty, and ends it when `work` does. Throws SqlFailure with Athena's reason, what `work`
 * throws, and what ended the query on purpose.
 */
export async function bindQuery<R>(
  catalog: Catalog,
  {query, sql, limits, replaced}: Binding,
  work: (bound: Bound) => Promise<R>,
): Promise<R> {
  const {region, database, now, signal} = query
  const session = await Session.open(signal, now, limits)
  let bound: Bound | undefined
  try {
    const tree = await session.tree(sql)
    const context = {catalog, region, database}
    const sources = await sourcesOf(tree, sql, {context, read: (text) => session.tree(text), replaced})
    for (const table of sources.tables) isJsonTable(table)
    const texts = [sql, ...sources.views.map((view) => view.definition.originalSql)]
    const withPath = texts.some((text) => text.includes('"$path"'))
    if (withPath) for (const view of sources.views) hidePath(view.tree, sources.tableNodes)
    let isRewritten = withPath && hidePath(tree, sources.tableNodes)
    const queries = [
      {tree, text: sql},
      ...sources.views.map((view) => ({tree: view.tree, text: view.definition.originalSql})),
    ]
    const meanings = queries.map((one) => giveTrinosMeaning(one.tree, one.text))
    await defineTrinoFunctions(
      session.duck,
      texts,
      meanings.flatMap(({macros}) => [...macros]),
    )
    bound = {query, text: sql, placed: sql, tree, sources, session, withPath}
    await fillSession(catalog, bound, () => createBlankTables(session.duck, sources.tables, withPath))
    isRewritten ||= meanings[0]?.isChanged === true
    if (isRewritten) {
      bound.text = await session.text(tree)
      await prepareAnew(bound)
      // Places in a text of our own mean nothing.
      bound.placed = ''
    }
    return await work(bound)
  } catch (error) {
    throw toFailure(error, bound?.placed ?? sql, signal, session.read)
  } finally {
    await session.close()
  }
}

/** What is wrong with the words is told of the words as they were given, with its place in them, where DuckDB finds it in those too. */
async function prepareAnew({session, text, placed}: Bound): Promise<void> {
  try {
    await session.duck.connection.prepare(text)
  } catch (error) {
    const asGiven = await session.duck.connection.prepare(placed).then(
      () => error,
      (other: unknown) => other,
    )
    throw fromDuckError(/does not exist/.test(messageOf(asGiven)) ? error : asGiven, placed, session.read)
  }
}

/** Begins the catalog of the session anew: tables as `tables` makes them, then the views over them. */
export async function fillSession(
  catalog: Catalog,
  {session, query, sources}: Bound,
  tables: () => Promise<void>,
): Promise<void> {
  const {duck} = session
  await duck.run('USE memory')
  await duck.run("DETACH DATABASE IF EXISTS awsdatacatalog; ATTACH ':memory:' AS awsdatacatalog")
  await tables()
  await defineViews(session, sources.views)
  const home = query.database?.toLowerCase()
  if (home !== undefined && catalog.database(query.region, home)) {
    await duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(home)}`)
    await duck.run(`USE awsdatacatalog.${quoteName(home)}`)
  } else {
    await duck.run('USE awsdatacatalog')
  }
}

/** Errors of DuckDB become the query's failure; a service's refusal and what ended the query on purpose stay what they are. */
function toFailure(error: unknown, placed: string, signal: AbortSignal, read: ReadFiles): unknown {
  const isOwn = error instanceof SqlFailure || error instanceof ServiceError
  return isOwn || signal.aborted ? error : fromDuckError(error, placed, read)
}
