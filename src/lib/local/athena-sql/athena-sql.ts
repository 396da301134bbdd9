import {rm} from 'node:fs/promises'
import type {BlobStore} from '../blob-store'
import type {Catalog} from '../catalog'
import {mostLimits, readLimits, writeLimits} from './duck'
import type {DuckLimits} from './duck'
import {isOutOfMemory} from './duck-error'
import {bindQuery} from './plan/bind'
import {OpenTables} from './plan/open-tables'
import {queryColumns, type QueryColumn} from './query-columns'
import type {SqlQuery, WriteQuery} from './sql-query'
import {presentRows, startedRows, type SqlResult} from './sql-result'
import {refuseOtherStatements, substituteParameters, trimStatement} from './statement'
import {publishFiles, type Written} from './write/publish-files'
import {readWriteStatement} from './write/read-write-statement'
import {writeFiles} from './write/write-files'
import type {WriteStatement} from './write/write-target'

/** Runs Athena's SQL on DuckDB over the tables of the catalog. One session in memory for each query; nothing is shared but what was learnt about objects. */
export class AthenaSql {
  private readonly tables: OpenTables

  constructor(
    private readonly catalog: Catalog,
    private readonly blobs: BlobStore,
  ) {
    this.tables = new OpenTables(catalog, blobs)
  }

  /**
   * Runs a query and hands its result to `take`; the session ends when `take` does. A query that runs out of memory before it has rows is run again with
   * more. Throws SqlFailure with Athena's reason where the query fails, and what `onScan` or `take` throw.
   */
  async run<R>(query: SqlQuery, take: (result: SqlResult) => Promise<R>): Promise<R> {
    let isTaken = false
    const answer = (limits: DuckLimits) =>
      bindQuery(this.catalog, {query, sql: queryText(query), limits}, async (bound) => {
        await this.tables.open(bound)
        const result = await bound.session.duck.connection.stream(bound.text)
        const rows = await startedRows(result)
        isTaken = true
        return take(presentRows(result, rows, bound))
      })
    return answer(readLimits).catch((error: unknown) => {
      if (isTaken || !isOutOfMemory(error)) throw error
      return answer(mostLimits())
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
    return bindQuery(this.catalog, {query, sql: statement.query, limits: writeLimits}, async (bound) => {
      const {session, text, tree} = bound
      const columns = await queryColumns(session.duck, text, tree)
      const target = statement.targetOf(columns)
      if (statement.isEmpty) return {target, files: []}
      const request = {sql: text, tree, columns, target, folder}
      await this.tables.open(bound, request)
      return {target, files: await writeFiles(session.duck, request)}
    })
  }

  /**
   * The columns that a query would give; no object is read. `replaced` is the view (`usage.calls`) that the query may not read, because it
   * is about to become its definition. Throws SqlFailure as `run` does.
   */
  async describe(query: SqlQuery, replaced: string): Promise<QueryColumn[]> {
    return bindQuery(this.catalog, {query, sql: queryText(query), replaced}, ({session, text, tree}) =>
      queryColumns(session.duck, text, tree),
    )
  }
}

/** The text of a query, parameters put in. Throws SqlFailure where the statement is another one. */
function queryText(query: SqlQuery): string {
  refuseOtherStatements(query.sql)
  return substituteParameters(trimStatement(query.sql), query.parameters)
}
