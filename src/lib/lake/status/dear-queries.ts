import type {AthenaClient, QueryExecution} from '@aws-sdk/client-athena'
import {toOpError} from '../../aws/map-sdk-error'
import {pages} from '../../aws/paginate'
import type {Column, Row} from '../../core/column'
import {billedBytes, scanCost} from '../../reports/scan-cost'
import type {ScanPrice} from '../../reports/scan-cost'

/** So many of the newest executions are looked at; Athena hands out 50 a page. */
const newest = 500

/** The columns of the dearest queries. */
export const queryColumns: readonly Column[] = [
  {key: 'submittedAt', header: 'submitted', type: 'time'},
  {key: 'scannedBytes', header: 'scanned bytes', type: 'integer'},
  {key: 'cost', header: 'about', type: 'decimal'},
  {key: 'currency', header: 'currency', type: 'text'},
  {key: 'state', header: 'state', type: 'text'},
  {key: 'queryExecutionId', header: 'id', type: 'text'},
  {key: 'query', header: 'query', type: 'text'},
]

/** The queries of a workgroup that scanned most, out of its newest, with what they cost about where `price` is known. Throws what Athena refuses. */
export async function dearQueries(
  athena: AthenaClient,
  workgroup: string,
  {count, price}: {count: number; price: ScanPrice | undefined},
): Promise<Row[]> {
  const executions = await newestExecutions(athena, workgroup)
  return executions
    .sort((a, b) => scanned(b) - scanned(a))
    .slice(0, count)
    .map((one) => toRow(one, price))
}

async function newestExecutions(athena: AthenaClient, WorkGroup: string): Promise<QueryExecution[]> {
  const {BatchGetQueryExecutionCommand, ListQueryExecutionsCommand} = await import('@aws-sdk/client-athena')
  const found: QueryExecution[] = []
  const lists = pages(
    (NextToken) => athena.send(new ListQueryExecutionsCommand({WorkGroup, NextToken, MaxResults: 50})),
    (page) => page.NextToken,
  )
  try {
    for await (const {QueryExecutionIds = []} of lists) {
      if (QueryExecutionIds.length === 0) break
      const {QueryExecutions = []} = await athena.send(new BatchGetQueryExecutionCommand({QueryExecutionIds}))
      found.push(...QueryExecutions)
      if (found.length >= newest) break
    }
  } catch (error) {
    throw toOpError(error, `list the queries of workgroup ${WorkGroup}`)
  }
  return found
}

function scanned({Statistics: statistics}: QueryExecution): number {
  return statistics?.DataScannedInBytes ?? 0
}

/** DDL, what failed, and what ran on provisioned capacity is not billed by bytes. */
function toRow(execution: QueryExecution, price: ScanPrice | undefined): Row {
  const {
    Query: query = '',
    QueryExecutionId: queryExecutionId,
    Status: status,
    StatementType: kind,
    Statistics: {DpuCount: dpus = 0} = {},
  } = execution
  const isFree = status?.State === 'FAILED' || kind !== 'DML' || dpus > 0
  const cost = scanCost(isFree ? 0 : billedBytes(scanned(execution)), price)
  return {
    submittedAt: status?.SubmissionDateTime?.toISOString(),
    scannedBytes: scanned(execution),
    ...(cost && {cost: cost.amount, currency: cost.currency}),
    state: status?.State,
    queryExecutionId,
    query: query.replace(/\s+/g, ' ').slice(0, 80),
  }
}
