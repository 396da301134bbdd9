import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  GetQueryExecutionCommand,
  paginateListQueryExecutions,
  type AthenaClient,
} from '@aws-sdk/client-athena'

/** A statement that the tool ran, as it sent it. */
export interface RanQuery {
  id: string
  sql: string
  parameters: string[]
}

const folder = join(__dirname, '..', '..', '..', 'reports')

/** The statements that have run in the tool's workgroup and are not among `seen`, oldest first. They are, from then on. */
export async function newQueries(athena: AthenaClient, seen: Set<string>): Promise<RanQuery[]> {
  const queries: RanQuery[] = []
  for await (const page of paginateListQueryExecutions({client: athena}, {WorkGroup: 'usage'})) {
    for (const id of page.QueryExecutionIds ?? []) {
      if (seen.has(id)) continue
      seen.add(id)
      const {QueryExecution: ran} = await athena.send(new GetQueryExecutionCommand({QueryExecutionId: id}))
      queries.push({id, sql: ran?.Query ?? '', parameters: ran?.ExecutionParameters ?? []})
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
