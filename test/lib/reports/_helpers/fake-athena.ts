import type {AthenaClient, Row, StartQueryExecutionCommandInput} from '@aws-sdk/client-athena'

export interface FakeAthena {
  client: AthenaClient
  started: StartQueryExecutionCommandInput[]
  stopped: string[]
}

interface Script {
  /** States that GetQueryExecution answers with, one after the other; the last one stays. */
  states: readonly string[]
  reason?: string
  columns?: readonly string[]
  /** Pages of rows, without the header. `undefined` is NULL. */
  pages?: readonly (readonly (readonly (string | undefined)[])[])[]
  startError?: Error
  isReused?: boolean
  /** DPUs of provisioned capacity that the query had. */
  dpuCount?: number
}

/** The part of Athena that a report calls, following a script. */
export function fakeAthena(script: Script): FakeAthena {
  const started: StartQueryExecutionCommandInput[] = []
  const stopped: string[] = []
  const states = [...script.states]
  const columns = script.columns ?? ['x']
  const pages = script.pages ?? [[]]
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    StartQueryExecutionCommand: (input) => {
      if (script.startError) throw script.startError
      started.push(input as unknown as StartQueryExecutionCommandInput)
      return {QueryExecutionId: 'q-1'}
    },
    GetQueryExecutionCommand: () => ({
      QueryExecution: {
        QueryExecutionId: 'q-1',
        Status: {State: states.length > 1 ? states.shift() : states[0], StateChangeReason: script.reason},
        Statistics: {
          DataScannedInBytes: 4096,
          ...(script.dpuCount !== undefined && {DpuCount: script.dpuCount}),
          ...(script.isReused && {ResultReuseInformation: {ReusedPreviousResult: true}}),
        },
      },
    }),
    GetQueryResultsCommand: (input) => {
      const page = Number(input['NextToken'] ?? 0)
      const rows = (pages[page] ?? []).map(toRow)
      return {
        ResultSet: {
          Rows: page === 0 ? [toRow(columns), ...rows] : rows,
          ResultSetMetadata: {ColumnInfo: columns.map((Name) => ({Name, Type: 'varchar'}))},
        },
        ...(page + 1 < pages.length && {NextToken: String(page + 1)}),
      }
    },
    StopQueryExecutionCommand: (input) => {
      stopped.push(String(input['QueryExecutionId']))
      return {}
    },
  }
  const send = async (command: {constructor: {name: string}; input: Record<string, unknown>}) =>
    answers[command.constructor.name]?.(command.input)
  return {client: {send} as unknown as AthenaClient, started, stopped}
}

function toRow(cells: readonly (string | undefined)[]): Row {
  return {Data: cells.map((cell) => (cell === undefined ? {} : {VarCharValue: cell}))}
}
