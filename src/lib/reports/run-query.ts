import type {AthenaClient, QueryExecution, QueryExecutionStatus} from '@aws-sdk/client-athena'
import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'
import {OpError} from '../core/errors'
import {bytesText} from '../core/size'
import type {AnswerRow} from './define-report'
import {openAnswer} from './query-answer'
import {billedBytes} from './scan-cost'

/** What a user wishes of queries. */
export interface QueryWishes {
  /** A query that has scanned more is stopped. */
  maxScanBytes?: number
  /** The answer of the same query is taken where it is no older. Athena does not look whether data have changed since. */
  reuseMinutes?: number
  /** Told of a query each time that it has not ended yet. */
  onWait?: (progress: QueryProgress) => void
}

/** A query that has not ended. */
export interface QueryProgress {
  queryExecutionId: string
  state: string
  /** Since it was started, without the time that calls took. */
  elapsedMs: number
  scannedBytes: number
}

/** The same, but with no earlier answers: for what has to be known as of now. */
export function withoutReuse<Deps extends QueryDeps>(deps: Deps): Deps {
  const own = {...deps}
  delete own.reuseMinutes
  return own
}

export interface QueryDeps extends QueryWishes {
  athena: AthenaClient
  /** Reads the files of long answers; not given, they are read a thousand rows a call. */
  results?: () => Promise<S3Client>
  /** Resolves after so many milliseconds, or rejects when `signal` is aborted. */
  sleep: (ms: number) => Promise<void>
  /** Aborted by Ctrl-C: the query is stopped, so that it costs nothing more. */
  signal: AbortSignal
}

export interface Query {
  sql: string
  /** SQL literals, in the order of the `?`. */
  parameters: readonly string[]
  database: string
  workgroup: string
}

export interface QueryAnswer<Rows = AnswerRow[]> {
  queryExecutionId: string
  /** Names of the columns, in their order. */
  columns: string[]
  rows: Rows
  scannedBytes: number
  /** What of it is billed: nothing where the query ran on provisioned capacity, which is billed by the hour. */
  billedBytes: number
  /** It is the answer of an earlier run of the same query. */
  isReused: boolean
}

const firstPollMs = 100
const longestPollMs = 2_000

/**
 * Runs one SELECT in Athena and reads its answer to the last row. There is no waiter for queries, so the state is asked for
 * after 100 ms, then in growing steps of up to 2 s. Throws NOT_BOUND (absent) where the workgroup, database or
 * table is not there, QUERY_FAILED and QUERY_CANCELLED (service) with the engine's words, SCAN_TOO_LARGE (service) where it was stopped at `maxScanBytes`, BAD_ANSWER (service) where nothing was run,
 * INTERRUPTED, and what `toOpError` makes of the service's other errors.
 */
export async function runQuery(deps: QueryDeps, query: Query): Promise<QueryAnswer> {
  const answer = await openQuery(deps, query)
  const rows: AnswerRow[] = []
  for await (const row of answer.rows) rows.push(row)
  return {...answer, rows}
}

/**
 * The same, but the rows are read while they are taken, once: of a long answer no more is held than is looked at. Reading them throws INTERRUPTED, and
 * what the services refuse.
 */
export async function openQuery(
  deps: QueryDeps,
  query: Query,
): Promise<QueryAnswer<AsyncGenerator<AnswerRow>>> {
  return inQuery(deps, query, async (execution) => {
    const queryExecutionId = execution.QueryExecutionId ?? ''
    const {columns, rows} = await openAnswer(deps, execution)
    return {
      queryExecutionId,
      columns,
      rows: untilInterrupted(deps, queryExecutionId, rows),
      ...scanOf(execution),
    }
  })
}

async function* untilInterrupted<T>(
  {signal}: QueryDeps,
  id: string,
  rows: AsyncGenerator<T>,
): AsyncGenerator<T> {
  try {
    yield* rows
  } catch (error) {
    if (error instanceof OpError && !signal.aborted) throw error
    throw signal.aborted
      ? new OpError('interrupted', 'INTERRUPTED', `Interrupted while the answer of query ${id} was read.`)
      : toOpError(error, `read the answer of query ${id}`)
  }
}

/** Athena names DPUs where the workgroup has capacity of its own; queries on it "are not billed by bytes scanned" (user guide, "Manage query processing capacity"). */
function scanOf({
  Statistics: statistics = {},
}: QueryExecution): Pick<QueryAnswer, 'scannedBytes' | 'billedBytes' | 'isReused'> {
  const {DataScannedInBytes: scannedBytes = 0, DpuCount: dpus = 0, ResultReuseInformation: reuse} = statistics
  return {
    scannedBytes,
    billedBytes: dpus > 0 ? 0 : billedBytes(scannedBytes),
    isReused: reuse?.ReusedPreviousResult === true,
  }
}

/** Runs a statement that answers no rows (INSERT, DDL) to its end. Throws what `runQuery` throws of one. */
export async function runStatement(deps: QueryDeps, query: Query): Promise<QueryExecution> {
  return inQuery(deps, query, async (execution) => execution)
}

async function inQuery<T>(
  deps: QueryDeps,
  query: Query,
  take: (execution: QueryExecution) => Promise<T>,
): Promise<T> {
  const queryExecutionId = await startQuery(deps, query)
  let hasEnded = false
  try {
    const execution = await waitForEnd(deps, queryExecutionId)
    hasEnded = true
    throwUnlessSucceeded(execution, query)
    return await take(execution)
  } catch (error) {
    if (!hasEnded || deps.signal.aborted) await stopQuery(deps.athena, queryExecutionId)
    if (!deps.signal.aborted) throw error
    throw new OpError('interrupted', 'INTERRUPTED', `Interrupted. Query ${queryExecutionId} was stopped.`)
  }
}

async function startQuery(deps: QueryDeps, query: Query): Promise<string> {
  const {StartQueryExecutionCommand} = await import('@aws-sdk/client-athena')
  const command = new StartQueryExecutionCommand({
    QueryString: query.sql,
    ...(query.parameters.length > 0 && {ExecutionParameters: [...query.parameters]}),
    QueryExecutionContext: {Database: query.database},
    WorkGroup: query.workgroup,
    ...(deps.reuseMinutes !== undefined && {
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: {Enabled: true, MaxAgeInMinutes: deps.reuseMinutes},
      },
    }),
  })
  try {
    const {QueryExecutionId} = await deps.athena.send(command, {abortSignal: deps.signal})
    return QueryExecutionId ?? ''
  } catch (error) {
    const known = toOpError(error, `start a query in workgroup ${query.workgroup}`)
    // Athena has no error name of its own for this: InvalidRequestException "WorkGroup usage is not found."
    throw /work ?group .* (is|was) not found/i.test(known.message) ? notBound(known.message, error) : known
  }
}

async function waitForEnd(deps: QueryDeps, id: string): Promise<QueryExecution> {
  const {GetQueryExecutionCommand} = await import('@aws-sdk/client-athena')
  let elapsedMs = 0
  for (let pauseMs = firstPollMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPollMs)) {
    const command = new GetQueryExecutionCommand({QueryExecutionId: id})
    const {QueryExecution} = await deps.athena
      .send(command, {abortSignal: deps.signal})
      .catch((error: unknown) => {
        throw toOpError(error, `follow query ${id}`)
      })
    const {State: state = 'QUEUED'} = QueryExecution?.Status ?? {}
    const scannedBytes = QueryExecution?.Statistics?.DataScannedInBytes ?? 0
    if (QueryExecution && state !== 'QUEUED' && state !== 'RUNNING') return QueryExecution
    if (scannedBytes > (deps.maxScanBytes ?? Infinity))
      throw scanTooLarge(id, scannedBytes, deps.maxScanBytes)
    deps.onWait?.({queryExecutionId: id, state, elapsedMs, scannedBytes})
    await deps.sleep(Math.round(pauseMs))
    elapsedMs += pauseMs
  }
}

function scanTooLarge(id: string, scannedBytes: number, limit = 0): OpError {
  return new OpError(
    'service',
    'SCAN_TOO_LARGE',
    `Query ${id} was stopped: it had scanned ${bytesText(scannedBytes)}, and --max-scan allows ${bytesText(limit)}.`,
    {
      hint: 'Ask for a shorter range, or allow more. --explain says what a report would scan; "lake compact" makes that less.',
    },
  )
}

function throwUnlessSucceeded(execution: QueryExecution, query: Query): void {
  const status = execution.Status
  if (status?.State === 'SUCCEEDED') return
  const reason = reasonOf(status)
  if (saysMissing(status?.AthenaError?.ErrorType, reason)) {
    throw notBound(`Database ${query.database} has not what the report reads: ${reason}`)
  }
  const id = execution.QueryExecutionId ?? ''
  const cancelled = status?.State === 'CANCELLED'
  throw new OpError(
    'service',
    cancelled ? 'QUERY_CANCELLED' : 'QUERY_FAILED',
    `Query ${id} ${cancelled ? 'was cancelled' : 'failed'}: ${reason}`,
    {
      hint: `Look at the query in workgroup ${query.workgroup}: aws athena get-query-execution --query-execution-id ${id}`,
    },
  )
}

function reasonOf(status: QueryExecutionStatus | undefined): string {
  return status?.StateChangeReason ?? status?.AthenaError?.ErrorMessage ?? 'no reason given'
}

/** Whether a failure means that the table or the database is not there (ErrorType 1110). */
function saysMissing(errorType: number | undefined, reason: string): boolean {
  return (
    errorType === 1110 ||
    /(TABLE|SCHEMA|DATABASE)_NOT_FOUND/.test(reason) ||
    /\b(table|schema|database)\b.* (does not exist|not found)/i.test(reason)
  )
}

function notBound(message: string, cause?: unknown): OpError {
  return new OpError('absent', 'NOT_BOUND', message, {
    hint: 'usage-tracker bind-target makes the database, the raw table and the workgroup.',
    cause,
  })
}

/** After Ctrl-C nothing is worth another error: a query that cannot be stopped ends by itself. */
async function stopQuery(athena: AthenaClient, id: string): Promise<void> {
  const {StopQueryExecutionCommand} = await import('@aws-sdk/client-athena')
  await athena.send(new StopQueryExecutionCommand({QueryExecutionId: id})).catch(() => undefined)
}
