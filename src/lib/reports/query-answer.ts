import type {
  AthenaClient,
  ColumnInfo,
  GetQueryResultsCommandOutput,
  QueryExecution,
} from '@aws-sdk/client-athena'
import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'
import {openBytes} from '../aws/object-bytes'
import {OpError} from '../core/errors'
import type {AnswerRow} from './define-report'
import {resultRows} from './result-file'
import type {Cell} from './result-file'

/** How an answer is read. */
export interface AnswerDeps {
  athena: AthenaClient
  /** Reads the file of a long answer, where it is given; without it an answer is read page by page. */
  results?: () => Promise<S3Client>
  signal: AbortSignal
}

export interface OpenedAnswer {
  /** Names of the columns, in their order. */
  columns: string[]
  /** Read once, as it comes. */
  rows: AsyncGenerator<AnswerRow>
}

const pageSize = 1_000

/**
 * Opens the answer of a query that has succeeded. A short one is a page of GetQueryResults. A longer one is the file that the query has written, which
 * comes many times faster than a thousand rows a call; where it cannot be had (a bucket of somebody else's, results that Athena keeps to itself), all pages. Memory is
 * bounded, whatever the size. Throws BAD_ANSWER (service) where nothing was run, and what the services refuse.
 */
export async function openAnswer(deps: AnswerDeps, execution: QueryExecution): Promise<OpenedAnswer> {
  const id = execution.QueryExecutionId ?? ''
  const page = await readPage(deps, id)
  const columns = namesOf(page.ResultSet?.ResultSetMetadata?.ColumnInfo)
  if (columns.length === 0) throw withoutColumns(id)
  return {columns, rows: rowsFrom(deps, execution, page, columns)}
}

async function* rowsFrom(
  deps: AnswerDeps,
  execution: QueryExecution,
  page: GetQueryResultsCommandOutput,
  columns: readonly string[],
): AsyncGenerator<AnswerRow> {
  // The first row of the first page is the header.
  const first = cellsOf(page).slice(1)
  for (const cells of first) yield toRow(columns, cells)
  if (page.NextToken === undefined) return
  const bytes = await openFile(deps, execution)
  if (!bytes) {
    yield* laterPages(deps, execution.QueryExecutionId ?? '', page.NextToken, columns)
    return
  }
  let place = 0
  for await (const cells of resultRows(bytes)) {
    if (place > first.length) yield toRow(columns, cells)
    place += 1
  }
}

async function* laterPages(
  deps: AnswerDeps,
  id: string,
  first: string,
  columns: readonly string[],
): AsyncGenerator<AnswerRow> {
  for (let token: string | undefined = first; token !== undefined;) {
    const page: GetQueryResultsCommandOutput = await readPage(deps, id, token)
    for (const cells of cellsOf(page)) yield toRow(columns, cells)
    token = page.NextToken
  }
}

async function readPage(
  {athena, signal}: AnswerDeps,
  id: string,
  token?: string,
): Promise<GetQueryResultsCommandOutput> {
  const {GetQueryResultsCommand} = await import('@aws-sdk/client-athena')
  const command = new GetQueryResultsCommand({
    QueryExecutionId: id,
    MaxResults: pageSize,
    ...(token !== undefined && {NextToken: token}),
  })
  return athena.send(command, {abortSignal: signal}).catch((error: unknown) => {
    throw toOpError(error, `read the answer of query ${id}`)
  })
}

/** The bytes of the result file; undefined where there is none, or none that may be read. */
async function openFile(
  {results, signal}: AnswerDeps,
  {ResultConfiguration: {OutputLocation: location = ''} = {}}: QueryExecution,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+\.csv)$/.exec(location) ?? []
  if (!results || key === '') return undefined
  try {
    return await openBytes(await results(), {bucket, key, signal})
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** The answer of a SELECT has columns, also where it has no rows. Endpoints without an engine answer with nothing at all. */
function withoutColumns(id: string): OpError {
  return new OpError(
    'service',
    'BAD_ANSWER',
    `Query ${id} succeeded without columns in its answer, so the endpoint did not run it.`,
    {hint: 'Reports need an engine: work on AWS or on the local endpoint (--local).'},
  )
}

function namesOf(columns: readonly ColumnInfo[] = []): string[] {
  return columns.map((column) => column.Name ?? '')
}

function cellsOf(page: GetQueryResultsCommandOutput): Cell[][] {
  return (page.ResultSet?.Rows ?? []).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue))
}

/** NULL is a key that is missing. */
function toRow(columns: readonly string[], cells: readonly Cell[]): AnswerRow {
  const row: Record<string, string> = {}
  for (const [place, name] of columns.entries()) {
    const cell = cells[place]
    if (cell !== undefined) row[name] = cell
  }
  return row
}
