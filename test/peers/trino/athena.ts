import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  type AthenaClient,
  type ColumnInfo,
  type QueryExecution,
  type Row,
} from '@aws-sdk/client-athena'
import {failureOf, type Outcome} from './outcome'

/** Runs a statement in the tool's database and workgroup. */
export async function askAthena(athena: AthenaClient, QueryString: string): Promise<Outcome> {
  const {QueryExecutionId: id = ''} = await athena.send(
    new StartQueryExecutionCommand({
      QueryString,
      QueryExecutionContext: {Database: 'usage'},
      WorkGroup: 'usage',
    }),
  )
  return outcomeOf(athena, id)
}

/** How an execution ended, once it has. */
export async function outcomeOf(athena: AthenaClient, id: string): Promise<Outcome> {
  const {Status: status} = await ended(athena, id)
  if (status?.State !== 'SUCCEEDED') return failureOf(status?.StateChangeReason ?? '')
  const rows: Row[] = []
  let columns: ColumnInfo[] = []
  let token: string | undefined
  do {
    const page = await athena.send(
      new GetQueryResultsCommand({QueryExecutionId: id, ...(token !== undefined && {NextToken: token})}),
    )
    columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []
    for (const row of page.ResultSet?.Rows ?? []) rows.push(row)
    token = page.NextToken
  } while (token !== undefined)
  return {
    columns: columns.map(({Name: name}) => name ?? ''),
    types: columns.map(typeName),
    // The first row of a SELECT's answer is its header.
    rows: rows.slice(1).map(({Data: data = []}) => data.map(({VarCharValue: text}) => text ?? null)),
  }
}

async function ended(athena: AthenaClient, QueryExecutionId: string): Promise<QueryExecution> {
  for (;;) {
    const {QueryExecution: execution} = await athena.send(new GetQueryExecutionCommand({QueryExecutionId}))
    const state = execution?.Status?.State
    if (execution && state !== 'QUEUED' && state !== 'RUNNING') return execution
  }
}

function typeName({Type: name = '', Precision: precision, Scale: scale}: ColumnInfo): string {
  return name === 'decimal' ? `decimal(${precision},${scale})` : name
}
