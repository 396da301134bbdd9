import type {GlueClient, Table} from '@aws-sdk/client-glue'
import {readOrAbsent} from '../binding/read/read'
import {runStatement} from '../reports/run-query'
import type {QueryDeps} from '../reports/run-query'
import {layout} from '../road/layout'
import {viewMark} from '../road/lake-view'
import {prestoViewSql} from '../road/presto-view'

/** A table or view of the lake's database, or undefined. Throws what Glue refuses. */
export async function readTable(
  glue: GlueClient,
  database: string,
  name: string,
): Promise<Table | undefined> {
  const {GetTableCommand} = await import('@aws-sdk/client-glue')
  const command = new GetTableCommand({DatabaseName: database, Name: name})
  const found = await readOrAbsent(`read table ${database}.${name}`, () => glue.send(command))
  return found?.Table
}

/** True where the view is there and says what it should. */
export function isView(table: Table | undefined, sql: string): boolean {
  const there = prestoViewSql(table?.ViewOriginalText)
  return there !== undefined && viewMark(there) === viewMark(sql)
}

/** The statement that makes the view or takes its place. */
export function viewStatement(sql: string): string {
  return `CREATE OR REPLACE VIEW "${layout.view}" AS\n${sql}`
}

/** Makes the view, or puts another in its place in one step. Throws what the query throws. */
export async function replaceView(
  deps: QueryDeps,
  place: {database: string; workgroup: string},
  sql: string,
): Promise<void> {
  await runStatement(deps, {...place, sql: viewStatement(sql), parameters: []})
}
