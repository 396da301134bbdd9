import type {
  BatchGetQueryExecutionCommandInput,
  BatchGetQueryExecutionCommandOutput,
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  ListQueryExecutionsCommandInput,
  ListQueryExecutionsCommandOutput,
  QueryExecution,
  QueryExecutionStatistics,
  StopQueryExecutionCommandInput,
  StopQueryExecutionCommandOutput,
} from '@aws-sdk/client-athena'
import {statementKind} from '../../athena-sql/statement-kind'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {badToken, invalidRequest, pageLimit} from './errors'
import type {QueryRow} from './query-store'
import type {QueryDesk} from './start-query-execution'
import {engineVersion} from './work-group-store'

/** GetQueryExecution. Throws `InvalidRequestException`. */
export function getQueryExecution(
  desk: QueryDesk,
): Operation<GetQueryExecutionCommandInput, GetQueryExecutionCommandOutput> {
  return (input, ctx) => {
    const row = desk.queries.require(ctx.region, input.QueryExecutionId ?? '')
    return {QueryExecution: toQueryExecution(row, ctx.now)}
  }
}

/** BatchGetQueryExecution, at most 50; ids that are not there stand in `UnprocessedQueryExecutionIds`. */
export function batchGetQueryExecution(
  desk: QueryDesk,
): Operation<BatchGetQueryExecutionCommandInput, BatchGetQueryExecutionCommandOutput> {
  return (input, ctx) => {
    const ids = input.QueryExecutionIds ?? []
    if (ids.length < 1 || ids.length > 50) throw invalidRequest('QueryExecutionIds must hold 1 to 50 ids.')
    const found = ids.map((id) => desk.queries.find(ctx.region, id)).filter((row) => row !== undefined)
    const known = new Set(found.map((row) => row.id))
    return {
      QueryExecutions: found.map((row) => toQueryExecution(row, ctx.now)),
      UnprocessedQueryExecutionIds: ids
        .filter((id) => !known.has(id))
        .map((id) => ({
          QueryExecutionId: id,
          ErrorCode: 'INVALID_INPUT',
          ErrorMessage: `QueryExecution ${id} was not found`,
        })),
    }
  }
}

/** StopQueryExecution; a query that has ended stays as it is. Throws `InvalidRequestException`. */
export function stopQueryExecution(
  desk: QueryDesk,
): Operation<StopQueryExecutionCommandInput, StopQueryExecutionCommandOutput> {
  return (input, ctx) => {
    desk.runner.stop(desk.queries.require(ctx.region, input.QueryExecutionId ?? ''))
    return {}
  }
}

/** ListQueryExecutions of a workgroup (`primary` unless said otherwise), the newest first, at most 50 a page. */
export function listQueryExecutions(
  desk: QueryDesk,
): Operation<ListQueryExecutionsCommandInput, ListQueryExecutionsCommandOutput> {
  return (input, ctx) => {
    const group = desk.groups.require(ctx.region, input.WorkGroup ?? 'primary')
    const limit = pageLimit(input.MaxResults, 0, 50)
    const rows = desk.queries.newestFirst(ctx.region, group.Name)
    const page = pageOf(rows, {limit, token: input.NextToken, badToken})
    return {QueryExecutionIds: page.items.map((row) => row.id), NextToken: page.nextToken}
  }
}

function toQueryExecution(row: QueryRow, now: number): QueryExecution {
  const kind = statementKind(row.sql)
  return {
    QueryExecutionId: row.id,
    Query: row.sql,
    StatementType: kind.type,
    SubstatementType: kind.substatement,
    ResultConfiguration: row.resultConfiguration,
    QueryExecutionContext: row.context,
    Status: {
      State: row.state,
      StateChangeReason: row.reason,
      SubmissionDateTime: new Date(row.submittedAt),
      CompletionDateTime: row.completedAt === undefined ? undefined : new Date(row.completedAt),
      AthenaError: row.error && {
        ErrorCategory: row.error.category,
        ErrorType: row.error.type,
        Retryable: false,
        ErrorMessage: row.error.message,
      },
    },
    Statistics: statisticsOf(row, now),
    ...(row.reuseMinutes === undefined
      ? {}
      : {
          ResultReuseConfiguration: {
            ResultReuseByAgeConfiguration: {Enabled: true, MaxAgeInMinutes: row.reuseMinutes},
          },
        }),
    WorkGroup: row.workGroup,
    EngineVersion: engineVersion,
    ExecutionParameters: row.parameters.length > 0 ? row.parameters : undefined,
  }
}

function statisticsOf(row: QueryRow, now: number): QueryExecutionStatistics {
  const end = row.completedAt ?? now
  const started = row.startedAt ?? end
  return {
    EngineExecutionTimeInMillis: end - started,
    DataScannedInBytes: row.scannedBytes,
    DataManifestLocation: row.manifest,
    TotalExecutionTimeInMillis: end - row.submittedAt,
    QueryQueueTimeInMillis: started - row.submittedAt,
    ServiceProcessingTimeInMillis: 0,
    ResultReuseInformation: {ReusedPreviousResult: row.reused === true},
  }
}
