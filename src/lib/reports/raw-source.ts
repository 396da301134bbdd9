import {rawLayouts} from '../road/layout'
import type {SqlSource} from './load-sql'
import {rawColumns} from '../road/raw-table'
import type {RecordFormat} from '../road/record-format'

/**
 * What a report reads in place of `{{raw}}`: the raw table, or those of both forms where a stream has changed its form. Then an
 * event of the one counts as one of the other, and objects are in the order of their arrival whatever folder they lie in. In
 * the common subset of Athena and DuckDB. Pure.
 */
export function rawSource(formats: readonly RecordFormat[]): SqlSource {
  const [first = 'json', ...more] = formats
  if (more.length === 0) return {sql: `"${rawLayouts[first].table}"`}
  return {sql: `(\n${formats.map(branchOf).join('\n  UNION ALL\n')}\n) AS raw`}
}

function branchOf(format: RecordFormat): string {
  const {folder, table} = rawLayouts[format]
  const path = `replace("$path", '/${folder}', '/${rawLayouts.json.folder}') AS "$path"`
  const columns = [...rawColumns().map((column) => column.Name), 'dt', 'hour'].map((name) => `"${name}"`)
  return `  SELECT ${[path, ...columns].join(', ')} FROM "${table}"`
}
