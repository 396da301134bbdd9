import type {DuckDBResult, DuckDBValue} from '@duckdb/node-api'
import {resultColumn, type ResultColumn} from './column-info'
import {fromDuckError} from './duck-error'
import {outputColumns} from './output-columns'
import type {Bound} from './plan/bind'
import {rendererOf} from './render-value'

export interface SqlResult {
  columns: ResultColumn[]
  /** Rows in batches; NULL is undefined. */
  batches: AsyncIterable<(string | undefined)[][]>
}

/** The rows of a result whose first ones are there: by then a query has done what takes most memory. */
export async function startedRows(result: DuckDBResult): Promise<AsyncIterable<DuckDBValue[][]>> {
  const rows = result.yieldRows()
  const first = await rows.next()
  return (async function* () {
    if (!first.done) yield first.value
    yield* rows
  })()
}

/** The result of a query as Athena gives it. Throws SqlFailure where a further row cannot be made. */
export function presentRows(
  result: DuckDBResult,
  rowBatches: AsyncIterable<DuckDBValue[][]>,
  {tree, placed, session}: Bound,
): SqlResult {
  const types = result.columnTypes()
  const places = outputColumns(tree, result.columnNames()).flatMap(({place, name, isUntyped}) => {
    const type = types[place]
    if (!type) return []
    const column = resultColumn(name, type)
    return [
      {
        place,
        column: isUntyped ? {...column, type: 'unknown', precision: 0} : column,
        render: rendererOf(type),
      },
    ]
  })
  const columns = places.map((one) => one.column)
  async function* batches(): AsyncGenerator<(string | undefined)[][]> {
    try {
      for await (const rows of rowBatches) {
        yield rows.map((row) => places.map(({place, render}) => render(row[place] ?? null)))
      }
    } catch (error) {
      throw fromDuckError(error, placed, session.read)
    }
  }
  return {columns, batches: batches()}
}
