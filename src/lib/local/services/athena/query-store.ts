import type {QueryExecutionContext, ResultConfiguration} from '@aws-sdk/client-athena'
import type {ResultColumn} from '../../athena-sql/column-info'
import type {Collection, Store} from '../../store'
import {invalidRequest} from './errors'

export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

/** A query execution. Times are milliseconds since 1970 on the endpoint's clock. */
export interface QueryRow {
  id: string
  region: string
  sql: string
  parameters: string[]
  workGroup: string
  context: QueryExecutionContext
  /** With the final file as its output location. */
  resultConfiguration: ResultConfiguration
  bytesScannedCutoff: number | undefined
  /** Whether the workgroup says where results go, whatever the caller asks for. */
  enforcesLocation?: boolean
  state: QueryState
  reason: string | undefined
  error: {category: number; type: number | undefined; message: string} | undefined
  submittedAt: number
  startedAt: number | undefined
  completedAt: number | undefined
  scannedBytes: number
  columns: ResultColumn[]
  /** How old a result may be, in minutes, that is taken in place of a new one; undefined where none may. */
  reuseMinutes?: number | undefined
  /** True where the result is that of an execution before. */
  reused?: boolean
  /** Of a statement that writes: how many rows it has written. */
  updateCount?: number
  /** Of a statement that writes: `s3://bucket/key` of the list of the objects that it has written. */
  manifest?: string
}

interface TokenRow {
  queryId: string
  /** What was asked for under the token, to tell a repetition from a misuse. */
  request: string
}

/** Query executions and the client tokens that started them. */
export class QueryStore {
  private readonly rows: Collection<QueryRow>
  private readonly tokens: Collection<TokenRow>

  constructor(readonly store: Store) {
    this.rows = store.collection('athena/queries')
    this.tokens = store.collection('athena/tokens')
  }

  find(region: string, id: string): QueryRow | undefined {
    return this.rows.get(`${region}/${id}`)
  }

  /** Throws `InvalidRequestException` where there is none of that id. */
  require(region: string, id: string): QueryRow {
    const row = this.find(region, id)
    if (!row) throw invalidRequest(`QueryExecution ${id} was not found`)
    return row
  }

  /** The query executions of a workgroup, the newest first. */
  newestFirst(region: string, workGroup: string): QueryRow[] {
    const rows = [...this.rows.list(`${region}/`)].map((row) => row.value)
    return rows.filter((row) => row.workGroup === workGroup).sort((a, b) => b.submittedAt - a.submittedAt)
  }

  /** The id that a token has already started; undefined for a new token. Throws where the request is another one. */
  startedBy(region: string, token: string, request: string): string | undefined {
    const row = this.tokens.get(`${region}/${token}`)
    if (!row) return undefined
    if (row.request !== request) throw invalidRequest('Idempotent parameters do not match')
    return row.queryId
  }

  /** Only inside `Store.write`. */
  put(row: QueryRow): void {
    this.rows.put(`${row.region}/${row.id}`, row)
  }

  /** Only inside `Store.write`. */
  putToken(row: QueryRow, token: string, request: string): void {
    this.tokens.put(`${row.region}/${token}`, {queryId: row.id, request})
  }

  /** Only inside `Store.write`. */
  delete(row: QueryRow): void {
    this.rows.delete(`${row.region}/${row.id}`)
  }

  /** Lays a change over a row, unless the row has ended or is gone. Returns whether it did. */
  advance(row: Pick<QueryRow, 'region' | 'id'>, change: Partial<QueryRow>): boolean {
    return this.store.write(() => {
      const current = this.find(row.region, row.id)
      if (!current || (current.state !== 'QUEUED' && current.state !== 'RUNNING')) return false
      this.put({...current, ...change})
      return true
    })
  }

  /** A query that was under way when the endpoint ended cannot go on: it is FAILED from `now` on. */
  failInterrupted(now: number): void {
    const open = [...this.rows.list()].map((row) => row.value).filter((row) => row.completedAt === undefined)
    if (open.length === 0) return
    const reason = 'GENERIC_INTERNAL_ERROR: The local endpoint ended while the query was running.'
    this.store.write(() => {
      for (const row of open) {
        const error = {category: 1, type: undefined, message: reason}
        this.put({...row, state: 'FAILED', reason, error, completedAt: now})
      }
    })
  }
}
