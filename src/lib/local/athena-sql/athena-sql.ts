import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DuckDBResult, DuckDBValue} from '@duckdb/node-api'
import type {BlobStore} from '../blob-store'
import type {Catalog, TableRow} from '../catalog'
import {resultColumn, type ResultColumn} from './column-info'
import {Duck} from './duck'
import {fromDuckError} from './duck-error'
import {quoteName, quoteText} from './hive-type'
import {JsonInspector} from './json-inspector'
import {outputColumns} from './output-columns'
import {prune} from './prune'
import {renderFloat, renderInteger, renderValue} from './render-value'
import {ServiceError} from '../service-error'
import {ReadFiles} from './read-files'
import {resolveTable, resolveTables} from './resolve-tables'
import {SqlFailure} from './sql-failure'
import type {SqlQuery, WriteQuery} from './sql-query'
import {refuseOtherStatements, substituteParameters, trimStatement} from './statement'
import {readTree, tablesOf, type Node} from './syntax-tree'
import {filesOf} from './table-files'
import {createView, isJsonTable, jsonColumns} from './table-views'
import {defineTrinoFunctions} from './trino-functions'
import {readInsert} from './write/insert-statement'
import {isOrdered} from './write/order-keys'
import {publishFiles} from './write/publish-files'
import {writeFiles} from './write/write-files'
import {insertTarget, type WriteTarget} from './write/write-target'

export interface SqlResult {
  columns: ResultColumn[]
  /** Rows in batches; NULL is undefined. */
  batches: AsyncIterable<(string | undefined)[][]>
}

/** Runs Athena's SQL on DuckDB over the tables of the catalog. One session in memory for each query; nothing is shared but what was learnt about objects. */
export class AthenaSql {
  private readonly inspectors = new Map<string, JsonInspector>()

  constructor(
    private readonly catalog: Catalog,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Runs a query and hands its result to `take`; the session ends when `take` does. Throws SqlFailure with Athena's
   * reason where the query fails, and what `onScan` or `take` throw.
   */
  async run<R>(query: SqlQuery, take: (result: SqlResult) => Promise<R>): Promise<R> {
    refuseOtherStatements(query.sql)
    const sql = substituteParameters(trimStatement(query.sql), query.parameters)
    return this.inSession(query, sql, {}, async ({duck, tree, read}) => {
      const result = await duck.connection.stream(sql)
      return take(this.present(result, tree, sql, read))
    })
  }

  /**
   * Runs an INSERT INTO: the objects, the list of them, new partitions and what `committing` writes become visible in one transaction.
   * Throws SqlFailure with Athena's reason where the statement fails, and what `onScan` and `committing` throw; then nothing is written.
   */
  async insert(query: WriteQuery): Promise<void> {
    const sql = substituteParameters(trimStatement(query.sql), query.parameters)
    const statement = readInsert(sql)
    const context = {catalog: this.catalog, region: query.region, database: query.database, now: query.now}
    const table = resolveTable(statement.table, sql, context)
    await this.write(query, statement.query, insertTarget(table, statement, sql, context))
  }

  private async write(query: WriteQuery, sql: string, target: WriteTarget): Promise<void> {
    const staging = await this.blobs.stagingFolder()
    try {
      const files = await this.inSession(query, sql, {writesTo: staging}, ({duck, tree}) =>
        writeFiles(duck, {sql, tree, target, folder: staging}),
      )
      await publishFiles(this.blobs, files, {query, target, staging})
    } finally {
      await rm(staging, {recursive: true, force: true})
    }
  }

  /** Opens a session in which the statement's tables are there, and ends it when `use` is done. */
  private async inSession<R>(
    query: SqlQuery,
    sql: string,
    {writesTo}: {writesTo?: string},
    use: (session: {duck: Duck; tree: Node; read: ReadFiles}) => Promise<R>,
  ): Promise<R> {
    const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-athena-'))
    const duck = await Duck.open(folder)
    const release = interruptOn(query.signal, duck)
    const read = new ReadFiles()
    try {
      const tree = readTree(sql, String(await duck.value(`SELECT json_serialize_sql(${quoteText(sql)})`)))
      await defineTrinoFunctions(duck, query.now)
      const paths = await this.prepare(duck, tree, sql, query, {folder, read})
      if (writesTo !== undefined && isOrdered(tree)) await duck.keepOrder()
      await duck.confineTo(paths, writesTo)
      query.signal.throwIfAborted()
      return await use({duck, tree, read})
    } catch (error) {
      throw toFailure(error, sql, query.signal, read)
    } finally {
      release()
      duck.close()
      await rm(folder, {recursive: true, force: true})
    }
  }

  /** Makes the tables that the query reads. Returns the files that they read. */
  private async prepare(
    duck: Duck,
    tree: Node,
    sql: string,
    query: SqlQuery,
    {folder, read}: {folder: string; read: ReadFiles},
  ): Promise<string[]> {
    const {region, database, now} = query
    const tables = resolveTables(tablesOf(tree, sql), sql, {catalog: this.catalog, region, database})
    await duck.run("ATTACH ':memory:' AS awsdatacatalog")
    const reader = {catalog: this.catalog, blobs: this.blobs, region, now}
    const chosen = []
    for (const [number, {table, uses}] of tables.entries()) {
      isJsonTable(table)
      chosen.push({table, number, files: await prune(duck, table, filesOf(table, reader), uses, number)})
    }
    query.onScan?.(chosen.flatMap((one) => one.files).reduce((sum, file) => sum + file.sizeBytes, 0))
    const withPath = sql.includes('"$path"')
    const paths: string[] = []
    for (const {table, number, files} of chosen) {
      const inspector = this.inspectorOf(region, table)
      read.add(files, !isJsonTable(table))
      const viewed = await createView({duck, table, files, inspector, folder, number, withPath})
      read.add(viewed, false)
      paths.push(...viewed.map((file) => file.path))
    }
    const home = database?.toLowerCase()
    if (home !== undefined && this.catalog.database(region, home)) {
      await duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(home)}`)
      await duck.run(`USE awsdatacatalog.${quoteName(home)}`)
    } else {
      await duck.run('USE awsdatacatalog')
    }
    return paths
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

  private present(result: DuckDBResult, tree: Node, sql: string, read: ReadFiles): SqlResult {
    const types = result.columnTypes()
    const places = outputColumns(tree, result.columnNames()).flatMap(({place, name}) => {
      const type = types[place]
      return type ? [{place, column: resultColumn(name, type)}] : []
    })
    const columns = places.map((one) => one.column)
    const renderers = places.map(({place, column}) => ({place, render: rendererOf(column)}))
    async function* batches(): AsyncGenerator<(string | undefined)[][]> {
      try {
        for await (const rows of result.yieldRows()) {
          yield rows.map((row) => renderers.map(({place, render}) => render(row[place] ?? null)))
        }
      } catch (error) {
        throw fromDuckError(error, sql, read)
      }
    }
    return {columns, batches: batches()}
  }
}

/**
 * Interrupts the session once the signal says so, and again until the returned function is called: DuckDB forgets an
 * interrupt that comes between two of its statements.
 */
function interruptOn(signal: AbortSignal, duck: Duck): () => void {
  let again: NodeJS.Timeout | undefined
  const stop = () => {
    duck.interrupt()
    again = setInterval(() => duck.interrupt(), 20)
  }
  signal.addEventListener('abort', stop)
  return () => {
    signal.removeEventListener('abort', stop)
    clearInterval(again)
  }
}

function rendererOf(column: ResultColumn): (value: DuckDBValue) => string | undefined {
  if (/int/.test(column.type) && column.type !== 'interval day to second') return renderInteger
  return column.type === 'float' ? renderFloat : renderValue
}

/** Errors of DuckDB become the query's failure; a service's refusal and what ended the query on purpose stay what they are. */
function toFailure(error: unknown, sql: string, signal: AbortSignal, read: ReadFiles): unknown {
  const isOwn = error instanceof SqlFailure || error instanceof ServiceError
  return isOwn || signal.aborted ? error : fromDuckError(error, sql, read)
}
