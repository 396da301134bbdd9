import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  GetQueryExecutionCommand,
  paginateListQueryExecutions,
  type AthenaClient,
} from '@aws-sdk/client-athena'
import {outcomeOf} from './athena'
import type {Outcome} from './outcome'

/** A query that the tool ran, as it sent it, and how it ended. */
export interface RanQuery {
  sql: string
  parameters: string[]
  outcome: Outcome
}

const folder = join(__dirname, '..', '..', '..', 'reports')

/** The queries that ran in a workgroup, oldest first. */
export async function queriesOf(athena: AthenaClient, WorkGroup: string): Promise<RanQuery[]> {
  const queries: RanQuery[] = []
  for await (const page of paginateListQueryExecutions({client: athena}, {WorkGroup})) {
    for (const id of page.QueryExecutionIds ?? []) {
      const {QueryExecution: ran} = await athena.send(new GetQueryExecutionCommand({QueryExecutionId: id}))
      queries.push({
        sql: ran?.Query ?? '',
        parameters: ran?.ExecutionParameters ?? [],
        outcome: await outcomeOf(athena, id),
      })
    }
  }
  return queries.reverse()
}

/** The files of canned queries. */
export function cannedQueries(): string[] {
  return readdirSync(folder)
}

/** Whether a query is what a file of canned queries says, whatever stands in place of its `{{placeholders}}`. */
export function isCanned(file: string, sql: string): boolean {
  const text = readFileSync(join(folder, file), 'utf8')
  const lines = text.split('\n').filter((line) => !line.startsWith('--'))
  let from = 0
  return lines
    .join('\n')
    .trim()
    .split(/\{\{\w+\}\}/)
    .every((piece) => {
      const place = sql.indexOf(piece.trim(), from)
      from = place + piece.trim().length
      return place >= 0
    })
}
