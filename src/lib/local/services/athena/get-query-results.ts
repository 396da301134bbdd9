import type {
  ColumnInfo,
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
} from '@aws-sdk/client-athena'
import type {ResultColumn} from '../../athena-sql/column-info'
import {statementKind} from '../../athena-sql/statement-kind'
import type {Operation} from '../../platform'
import {notEmulated} from '../../service-error'
import {readCsv} from './csv-results'
import {badToken, invalidRequest, pageLimit} from './errors'
import {placeOf} from './place'
import type {QueryRow} from './query-store'
import type {QueryDesk} from './start-query-execution'
import {readLines} from './text-results'

/**
 * GetQueryResults, read from the result file. The first row of the first page of a query is the header, and counts in `MaxResults`,
 * as on Athena; statements over the catalog have none. Throws `InvalidRequestException` before the query has succeeded, and where the file is gone.
 */
export function getQueryResults(
  desk: QueryDesk,
): Operation<GetQueryResultsCommandInput, GetQueryResultsCommandOutput> {
  return async (input, ctx) => {
    if (input.QueryResultType === 'DATA_MANIFEST')
      throw notEmulated('DATA_MANIFEST', 'InvalidRequestException')
    const row = desk.queries.require(ctx.region, input.QueryExecutionId ?? '')
    requireSucceeded(row)
    if (row.updateCount !== undefined) return written(row.updateCount)
    const limit = pageLimit(input.MaxResults, 1, 1000)
    const {bucket, key} = placeOf(row.resultConfiguration.OutputLocation ?? '')
    const blob = desk.blobs.head(bucket, key)
    if (!blob)
      throw invalidRequest(`Could not find results of query execution ${row.id} at s3://${bucket}/${key}`)
    const kind = statementKind(row.sql).type
    const read = kind === 'DML' ? readCsv : readLines
    const page = await read(desk.blobs, blob, startOf(input.NextToken, row.id), limit)
    return {
      ...(kind === 'DDL' ? {} : {UpdateCount: 0}),
      ResultSet: {
        Rows: page.rows.map((cells) => ({
          Data: cells.map((cell) => (cell === undefined ? {} : {VarCharValue: cell})),
        })),
        ResultSetMetadata: {ColumnInfo: row.columns.map(toColumnInfo)},
      },
      NextToken: page.next === undefined ? undefined : tokenOf(page.next, row.id),
    }
  }
}

/** The answer of a statement that has written: how many rows, and no result. */
function written(rowCount: number): Omit<GetQueryResultsCommandOutput, '$metadata'> {
  return {UpdateCount: rowCount, ResultSet: {Rows: [], ResultSetMetadata: {ColumnInfo: []}}}
}

function requireSucceeded(row: QueryRow): void {
  if (row.state === 'QUEUED' || row.state === 'RUNNING') {
    throw invalidRequest(
      `Query has not yet finished. Current state: ${row.state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    )
  }
  if (row.state !== 'SUCCEEDED') {
    throw invalidRequest(
      `Query did not finish successfully. Final query state: ${row.state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    )
  }
}

function toColumnInfo(column: ResultColumn): ColumnInfo {
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: column.name,
    Label: column.name,
    Type: column.type,
    Precision: column.precision,
    Scale: column.scale,
    Nullable: 'UNKNOWN',
    CaseSensitive: column.caseSensitive,
  }
}

function tokenOf(byte: number, id: string): string {
  return Buffer.from(`${id}:${byte}`).toString('base64')
}

function startOf(token: string | undefined, id: string): number {
  if (token === undefined) return 0
  const [of, byte = ''] = Buffer.from(token, 'base64').toString().split(':')
  if (of !== id || !/^\d{1,15}$/.test(byte)) throw badToken()
  return Number(byte)
}
