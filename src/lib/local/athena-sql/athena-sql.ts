import {rm} from 'node:fs/promises'
import type {DuckDBResult, DuckDBValue} from '@duckdb/node-api'
import type {BlobStore} from '../blob-store'
import type {Catalog, TableRow} from '../catalog'
import {resultColumn, type ResultColumn} from './column-info'
import {mostMemory, writeMemory} from './duck'
import {fromDuckError, isOutOfMemory} from './duck-error'
import {quoteName} from './hive-type'
import {JsonInspector} from './json-inspector'
import {outputColumns} from './output-columns'
import {messageOf} from '../../core/errors'
import {createBlankTables, fullName} from './plan/blank-tables'
import {scansOf} from './plan/scans'
import {prune, type ReadFile} from './prune'
import type {ReadFiles} from './read-files'
import {rendererOf} from './render-value'
import {ServiceError} from '../service-error'
import {queryColumns, type QueryColumn} from './query-columns'
import {Session} from './session'
import {SqlFailure} from './sql-failure'
import type {SqlQuery, WriteQuery} from './sql-query'
import {refuseOtherStatements, substituteParameters, trimStatement} from './statement'
import type {Node} from './syntax-tree'
import {filesOf} from './table-files'
import {defineTrinoFunctions} from './trino/functions'
import {giveTrinosMeaning} from './trino/meaning'
import {createView, isJsonTable, jsonColumns} from './table-views'
import {defineViews} from './views/define-views'
import {hidePath} from './views/hidden-path'
import {sourcesOf, type Sources} from './views/sources'
import {publishFiles, type Written} from './write/publish-files'
import {readWriteStatement} from './write/read-write-statement'
import {isWrittenInOrder, writeFiles, type WriteRequest} from './write/write-files'
import type {WriteStatement} from './write/write-target'

export interface SqlResult {
  columns: ResultColumn[]
  /** Rows in batches; NULL is undefined. */
  batches: AsyncIterable<(string | undefined)[][]>
}

/** A query on its way: its text with parameters put in and stars without "$path", its tree, and what it reads. */
interface Bound {
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
interface Binding {
  query: SqlQuery
  /** The text of the query in it, parameters put in. */
  sql: string
  /** What the session may hold; undefined for what a query may hold at first. */
  memory?: string
  /** The view that the query may not read. */
  replaced?: string
}

/** Runs Athena's SQL on DuckDB over the tables of the catalog. One session in memory for each query; nothing is shared but what was learnt about objects. */
export class AthenaSql {
  private readonly inspectors = new Map<string, JsonInspector>()

  constructor(
    private readonly catalog: Catalog,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Runs a query and hands its result to `take`; the session ends when `take` does. A query that runs out of memory before it has rows is run again with
   * more. Throws SqlFailure with Athena's reason where the query fails, and what `onScan` or `take` throw.
   */
  async run<R>(query: SqlQuery, take: (result: SqlResult) => Promise<R>): Promise<R> {
    let isTaken = false
    const answer = (memory?: string) =>
      this.bind({query, sql: queryText(query), ...(memory !== undefined && {memory})}, async (bound) => {
        await this.open(bound)
        const result = await bound.session.duck.connection.stream(bound.text)
        const rows = await startedRows(result)
        isTaken = true
        return take(this.present(result, rows, bound))
      })
    return answer().catch((error: unknown) => {
      if (isTaken || !isOutOfMemory(error)) throw error
      return answer(mostMemory())
    })
  }

  /**
   * Runs INSERT INTO, CREATE TABLE AS or UNLOAD: the objects, the list of them, new tables and partitions and what `committing` writes become
   * visible in one transaction. Throws SqlFailure with Athena's reason where the statement fails, and what `onScan` and `committing`
   * throw; then nothing is written.
   */
  async write(query: WriteQuery): Promise<void> {
    const sql = substituteParameters(trimStatement(query.sql), query.parameters)
    const statement = readWriteStatement(sql, {...query, catalog: this.catalog, blobs: this.blobs})
    const folder = await this.blobs.stagingFolder()
    try {
      const written = statement && (await this.writeRows(query, statement, folder))
      await publishFiles(this.blobs, written, {query, folder})
    } finally {
      await rm(folder, {recursive: true, force: true})
    }
  }

  private async writeRows(query: WriteQuery, statement: WriteStatement, folder: string): Promise<Written> {
    return this.bind({query, sql: statement.query, memory: writeMemory}, async (bound) => {
      const {session, text, tree} = bound
      const columns = await queryColumns(session.duck, text, tree)
      const target = statement.targetOf(columns)
      if (statement.isEmpty) return {target, files: []}
      const request = {sql: text, tree, columns, target, folder}
      await this.open(bound, request)
      return {target, files: await writeFiles(session.duck, request)}
    })
  }

  /**
   * The columns that a query would give; no object is read. `replaced` is the view (`usage.calls`) that the query may not read, because it
   * is about to become its definition. Throws SqlFailure as `run` does.
   */
  async describe(query: SqlQuery, replaced: string): Promise<QueryColumn[]> {
    return this.bind({query, sql: queryText(query), replaced}, ({session, text, tree}) =>
      queryColumns(session.duck, text, tree),
    )
  }

  /** Opens a session for a query in which all that it reads is there, but empty. */
  private async bind<R>(
    {query, sql, memory, replaced}: Binding,
    work: (bound: Bound) => Promise<R>,
  ): Promise<R> {
    const {region, database, now, signal} = query
    const session = await Session.open(signal, now, memory)
    let placed = sql
    try {
      const tree = await session.tree(sql)
      const context = {catalog: this.catalog, region, database}
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
      const bound = {query, text: sql, placed, tree, sources, session, withPath}
      await this.fill(bound, () => createBlankTables(session.duck, sources.tables, withPath))
      isRewritten ||= meanings[0]?.isChanged === true
      if (isRewritten) {
        bound.text = await session.text(tree)
        await this.prepareAnew(bound)
        // Places in a text of our own mean nothing.
        bound.placed = placed = ''
      }
      return await work(bound)
    } catch (error) {
      throw toFailure(error, placed, signal, session.read)
    } finally {
      await session.close()
    }
  }

  /** What is wrong with the words is told of the words as they were given, with its place in them, where DuckDB finds it in those too. */
  private async prepareAnew({session, text, placed}: Bound): Promise<void> {
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

  /** Puts the tables into the place of empty ones, each with the files that the query can find rows in, and shuts the session off from all others. */
  private async open(bound: Bound, write?: WriteRequest): Promise<void> {
    const {session, text, sources, query, withPath} = bound
    const {duck, folder, read} = session
    const reader = {catalog: this.catalog, blobs: this.blobs, region: query.region, now: query.now}
    const scans = await scansOf(session, bound, sources.tables, withPath)
    // What is wrong with a query without a plan is told here, with its place, before an object is looked at.
    if (!scans) await duck.connection.prepare(text)
    const chosen: {table: TableRow; number: number; files: ReadFile[]}[] = []
    for (const [number, table] of sources.tables.entries()) {
      const files = filesOf(table, reader)
      const own = scans ? (scans.get(fullName(table)) ?? []) : [[]]
      chosen.push({table, number, files: await prune(duck, table, files, own, number)})
    }
    query.onScan?.(scannedBytes(chosen.flatMap((one) => one.files)))
    const paths: string[] = []
    await this.fill(bound, async () => {
      for (const {table, number, files} of chosen) {
        const inspector = this.inspectorOf(query.region, table)
        read.add(files, !isJsonTable(table))
        const viewed = await createView({duck, table, files, inspector, folder, number, withPath})
        read.add(viewed, false)
        paths.push(...viewed.map((file) => file.path))
      }
    })
    if (write && isWrittenInOrder(write)) await duck.keepOrder()
    await duck.confineTo(paths, write?.folder)
    query.signal.throwIfAborted()
  }

  /** Begins the catalog of the session anew: tables as `tables` makes them, then the views over them. */
  private async fill({session, query, sources}: Bound, tables: () => Promise<void>): Promise<void> {
    const {duck} = session
    await duck.run('USE memory')
    await duck.run("DETACH DATABASE IF EXISTS awsdatacatalog; ATTACH ':memory:' AS awsdatacatalog")
    await tables()
    await defineViews(session, sources.views)
    const home = query.database?.toLowerCase()
    if (home !== undefined && this.catalog.database(query.region, home)) {
      await duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(home)}`)
      await duck.run(`USE awsdatacatalog.${quoteName(home)}`)
    } else {
      await duck.run('USE awsdatacatalog')
    }
  }

  private inspectorOf(region: string, table: TableRow): JsonInspector | undefined {
    if (!isJsonTable(table)) return undefined
    const key = `${region}/${table.DatabaseName}/${table.Name}/${table.VersionId}/${String(table.CreateTime)}`
    const known = this.inspectors.get(key)
    if (known) return known
    const inspector = new JsonInspector(jsonColumns(table).map(({key: name, type}) => ({name, type})))
    this.inspectors.set(key, inspector)
    return inspector
  }

  private present(
    result: DuckDBResult,
    rowBatches: AsyncIterable<DuckDBValue[][]>,
    {tree, placed, session}: Bound,
  ): SqlResult {
    const types = result.columnTypes()
    const places = outputColumns(tree, result.columnNames()).flatMap(({place, name, isUntyped}) => {
      const type = types[place]
      if (!type) return []
      const column = resultColumn(name, type)
      return [
        {
          place,
          column: isUntyped ? {...column, type: 'unknown', precision: 0} : column,
          render: rendererOf(type),
        },
      ]
    })
    const columns = places.map((one) => one.column)
    async function* batches(): AsyncGenerator<(string | undefined)[][]> {
      try {
        for await (const rows of rowBatches) {
          yield rows.map((row) => places.map(({place, render}) => render(row[place] ?? null)))
        }
      } catch (error) {
        throw fromDuckError(error, placed, session.read)
      }
    }
    return {columns, batches: batches()}
  }
}

/** A table that is read twice is scanned, and billed, twice. */
function scannedBytes(files: readonly ReadFile[]): number {
  return files.reduce((sum, {sizeBytes, readingCount}) => sum + sizeBytes * readingCount, 0)
}

/** The rows of a result whose first ones are there: by then a query has done what takes most memory. */
async function startedRows(result: DuckDBResult): Promise<AsyncIterable<DuckDBValue[][]>> {
  const rows = result.yieldRows()
  const first = await rows.next()
  return (async function* () {
    if (!first.done) yield first.value
    yield* rows
  })()
}

/** The text of a query, parameters put in. Throws SqlFailure where the statement is another one. */
function queryText(query: SqlQuery): string {
  refuseOtherStatements(query.sql)
  return substituteParameters(trimStatement(query.sql), query.parameters)
}

/** Errors of DuckDB become the query's failure; a service's refusal and what ended the query on purpose stay what they are. */
function toFailure(error: unknown, placed: string, signal: AbortSignal, read: ReadFiles): unknown {
  const isOwn = error instanceof SqlFailure || error instanceof ServiceError
  return isOwn || signal.aborted ? error : fromDuckError(error, placed, read)
}
