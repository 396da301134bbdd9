import {messageOf} from '../../../core/errors'
import {AthenaSql} from '../../athena-sql/athena-sql'
import type {SqlResult} from '../../athena-sql/sql-result'
import type {StatementResult} from '../../athena-sql/ddl/context'
import {runStatement} from '../../athena-sql/ddl/run-statement'
import {SqlFailure} from '../../athena-sql/sql-failure'
import {isWriteStatement} from '../../athena-sql/write/read-write-statement'
import {Catalog} from '../../catalog'
import type {Platform} from '../../platform'
import {csvFile} from './csv-results'
import {placeOf} from './place'
import type {QueryRow, QueryStore} from './query-store'
import {reusableResult} from './reuse-result'
import {textFile} from './text-results'

/** How many queries run at once; the others wait as QUEUED. */
const atOnce = 2

/** Ends a query whose objects are larger than its workgroup allows. */
class ScanLimitReached extends SqlFailure {}

/** Runs query executions in the background and keeps their rows true. */
export class QueryRunner {
  private readonly catalog: Catalog
  private readonly engine: AthenaSql
  private closed = false
  private readonly waiting: QueryRow[] = []
  private readonly running = new Map<string, {controller: AbortController; done: Promise<void>}>()

  constructor(
    private readonly platform: Platform,
    private readonly queries: QueryStore,
  ) {
    this.catalog = new Catalog(platform.store)
    this.engine = new AthenaSql(this.catalog, platform.blobs)
  }

  /** Takes a query that stands in the store as QUEUED. */
  start(row: QueryRow): void {
    this.waiting.push(row)
    this.next()
  }

  /** Ends a query that waits or runs: CANCELLED. A query that has ended stays as it is. */
  stop(row: QueryRow): void {
    this.end(row, {state: 'CANCELLED', reason: 'Query cancelled by user'})
    this.running.get(row.id)?.controller.abort()
    const place = this.waiting.findIndex((one) => one.id === row.id)
    if (place >= 0) this.waiting.splice(place, 1)
  }

  /** Ends what runs and forgets what waits; their rows stay, and become FAILED when the endpoint is back. */
  async close(): Promise<void> {
    this.closed = true
    const open = [...this.running.values()]
    for (const {controller} of open) controller.abort()
    await Promise.all(open.map((one) => one.done))
  }

  private next(): void {
    const row = this.running.size < atOnce && !this.closed ? this.waiting.shift() : undefined
    if (!row) return
    const controller = new AbortController()
    const done = this.run(row, controller.signal)
      .catch((error: unknown) => this.platform.log(`athena: query ${row.id}: ${messageOf(error)}`))
      .finally(() => {
        this.running.delete(row.id)
        this.next()
      })
    this.running.set(row.id, {controller, done})
  }

  private async run(row: QueryRow, signal: AbortSignal): Promise<void> {
    // The answer to StartQueryExecution goes out before the query begins.
    await new Promise((resolve) => setImmediate(resolve))
    const now = this.platform.clock.now()
    if (!this.queries.advance(row, {state: 'RUNNING', startedAt: now})) return
    try {
      const previous = reusableResult(row, now, {queries: this.queries, blobs: this.platform.blobs})
      const changed = previous ? undefined : await this.runStatement(row, now, signal)
      if (previous) {
        const {columns, resultConfiguration} = previous
        this.end(row, {state: 'SUCCEEDED', columns, resultConfiguration, reused: true})
      } else if (changed) {
        await this.writeLines(row, changed)
        this.end(row, {state: 'SUCCEEDED'})
      } else {
        await this.execute(row, now, signal)
      }
    } catch (error) {
      this.fail(row, error)
    }
  }

  private async execute(row: QueryRow, now: number, signal: AbortSignal): Promise<void> {
    const {sql, parameters, region, context} = row
    const onScan = (bytes: number) => this.scan(row, bytes)
    const query = {sql, parameters, region, database: context.Database, now, signal, onScan}
    if (isWriteStatement(sql)) {
      const place = row.resultConfiguration.OutputLocation ?? ''
      const manifest = `${place}-manifest.csv`
      const committing = ({rowCount}: {rowCount: number}) =>
        this.commit(row, {updateCount: rowCount, manifest})
      await this.engine.write({
        ...query,
        id: row.id,
        manifest: placeOf(manifest),
        glue: await this.glueFor(row, now),
        // Where Athena puts a table that says nothing of its place.
        tableLocation: place.replace(/[^/]*$/, `tables/${row.id}/`),
        enforcesLocation: row.enforcesLocation === true,
        committing,
      })
    } else {
      await this.engine.run(query, (result) => this.write(row, result))
      this.end(row, {state: 'SUCCEEDED'})
    }
  }

  /** Ends a statement that writes, in the transaction of what it has written. Throws where it was ended in the meantime. */
  private commit(row: QueryRow, change: Partial<QueryRow>): void {
    const completedAt = this.platform.clock.now()
    const isOpen = !this.closed && this.queries.advance(row, {...change, state: 'SUCCEEDED', completedAt})
    if (!isOpen) throw new SqlFailure('Query cancelled by user')
  }

  /** Runs a statement over the catalog, which Glue changes; undefined where the statement is a query. */
  private async runStatement(
    row: QueryRow,
    now: number,
    signal: AbortSignal,
  ): Promise<StatementResult | undefined> {
    const {catalog, engine, platform} = this
    return runStatement(row, {
      catalog,
      blobs: platform.blobs,
      engine,
      glue: await this.glueFor(row, now),
      region: row.region,
      database: row.context.Database,
      now,
      signal,
    })
  }

  /** Calls an operation of Glue in the name of a query. */
  private async glueFor(
    {id, region}: QueryRow,
    now: number,
  ): Promise<(operation: string, input: object) => unknown> {
    const {accountId} = this.platform
    const glue = await this.platform.service('glue')
    const call = {accountId, region, requestId: id, endpoint: '', now}
    return (operation, input) => glue?.operations[operation]?.(input, call)
  }

  private scan(row: QueryRow, bytes: number): void {
    this.queries.advance(row, {scannedBytes: bytes})
    if (row.bytesScannedCutoff !== undefined && bytes > row.bytesScannedCutoff)
      throw new ScanLimitReached('Query cancelled! : Bytes scanned limit was exceeded')
  }

  /** Writes the result file; the row learns its columns with it. */
  private async write(row: QueryRow, result: SqlResult): Promise<void> {
    const {bucket, key} = placeOf(row.resultConfiguration.OutputLocation ?? '')
    const names = result.columns.map((column) => column.name)
    await this.platform.blobs.put(bucket, key, csvFile(names, result.batches), {
      contentType: 'application/octet-stream',
      at: this.platform.clock.now(),
    })
    this.queries.advance(row, {columns: result.columns})
  }

  /** Writes the file of a statement over the catalog; the row learns its columns with it. */
  private async writeLines(row: QueryRow, {columns, lines}: StatementResult): Promise<void> {
    const {bucket, key} = placeOf(row.resultConfiguration.OutputLocation ?? '')
    await this.platform.blobs.put(bucket, key, textFile(lines), {
      contentType: 'binary/octet-stream',
      at: this.platform.clock.now(),
    })
    this.queries.advance(row, {columns})
  }

  private fail(row: QueryRow, error: unknown): void {
    if (error instanceof ScanLimitReached) {
      this.end(row, {state: 'CANCELLED', reason: error.message})
      return
    }
    const reason = messageOf(error)
    const known = error instanceof SqlFailure ? error : undefined
    this.end(row, {
      state: 'FAILED',
      reason,
      error: {category: known?.errorCategory ?? 1, type: known?.errorType, message: reason},
    })
  }

  private end(row: QueryRow, change: Partial<QueryRow>): void {
    if (this.closed) return
    this.queries.advance(row, {...change, completedAt: this.platform.clock.now()})
  }
}
