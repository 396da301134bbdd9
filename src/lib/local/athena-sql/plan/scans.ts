import type {TableRow} from '../../catalog'
import type {Duck} from '../duck'
import {readDuckJson} from '../duck-json'
import {quoteText} from '../hive-type'
import {isNode, type Node} from '../syntax-tree'
import {columnsOf, fullName} from './blank-tables'
import {unbind} from './bound-expression'

/** One reading of a table by a query: conditions on partition columns and "$path" alone that every row of it has to meet. */
export type Scan = Node[]

/**
 * How a query reads its tables, which stand in the session as blank ones, by their full names: as DuckDB's own optimizer has it, which carries
 * conditions through views, CTEs, unions, joins and aggregates as far as they may go. A table that is missing is not read at all; one that an unfolded query
 * names several times is read as often as Trino would. Undefined where the plan cannot be told.
 */
export async function scansOf(
  duck: Duck,
  sql: string,
  tables: readonly TableRow[],
  withPath: boolean,
): Promise<ReadonlyMap<string, Scan[]> | undefined> {
  const plan = await planOf(duck, sql)
  if (!plan) return undefined
  const readings = readingsIn(plan)
  const functions = await steadyFunctions(duck, new Set(readings.flatMap((one) => functionsIn(one.filters))))
  const columns = new Map(tables.map((table) => [fullName(table), readableColumns(table, withPath)]))
  const scans = new Map<string, Scan[]>()
  for (const {table, inputs, filters} of readings) {
    const own = columns.get(table) ?? []
    const readable = {columns: inputs.map((place) => own[place]), functions}
    const conditions = filters.map((filter) => unbind(filter, readable)).filter((node) => node !== undefined)
    scans.set(table, [...(scans.get(table) ?? []), conditions])
  }
  return scans
}

/**
 * The plan in which a table stands as often as it is named: DuckDB would have one reading of a table serve parts of a query that are alike, and a window of counts
 * read it twice.
 */
async function planOf(duck: Duck, sql: string): Promise<Node | undefined> {
  await duck.run("SET disabled_optimizers = 'common_subplan,window_self_join'")
  const plan = await duck.value(
    `SELECT CASE WHEN strlen(plan) < ${longestPlan} THEN plan END
     FROM (SELECT CAST(json_serialize_plan(${quoteText(sql)}, optimize := true) AS VARCHAR) AS plan)`,
  )
  await duck.run('RESET disabled_optimizers')
  return readPlan(plan)
}

/** A plan that is longer holds lists of constants that were written out (`sequence(1, 1000000)`). */
const longestPlan = 10_000_000

/** Undefined where DuckDB cannot say the plan, where it is too long, and where it is no JSON (an infinite number in it is none). */
function readPlan(text: unknown): Node | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const answer = readDuckJson(text) as Node
    return answer['error'] === false ? answer : undefined
  } catch {
    return undefined
  }
}

/** A reading of a table in a plan, with the filters right above it and the columns of the table that they find at each place. */
interface Reading {
  table: string
  inputs: number[]
  filters: Node[]
}

/** Every reading, wherever it stands. */
function readingsIn(value: unknown, filters: Node[] = []): Reading[] {
  if (Array.isArray(value)) return value.flatMap((item) => readingsIn(item, filters))
  if (!isNode(value)) return []
  if (value['type'] === 'LOGICAL_GET' && value['name'] === 'repeat_row') {
    const [table] = value['parameters'] as {value?: string}[]
    const indexes = value['column_indexes'] as {index: unknown}[]
    return [{table: table?.value ?? '', inputs: indexes.map(({index}) => Number(index)), filters}]
  }
  if (value['type'] !== 'LOGICAL_FILTER') return Object.values(value).flatMap((item) => readingsIn(item))
  return readingsIn(value['children'], value['expressions'] as Node[])
}

/** By their place in a blank table, whose first column is its name: partition columns and "$path". */
function readableColumns(table: TableRow, withPath: boolean): (string | undefined)[] {
  const own = table.StorageDescriptor?.Columns?.length ?? 0
  return [undefined, ...columnsOf(table, withPath).map(({name}, place) => (place < own ? undefined : name))]
}

function functionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(functionsIn)
  if (!isNode(value)) return []
  const inner = Object.values(value).flatMap(functionsIn)
  return value['expression_class'] === 'BOUND_FUNCTION' ? [String(value['name']), ...inner] : inner
}

/** Those of these functions that give the same for the same arguments, whatever else happens. */
async function steadyFunctions(duck: Duck, names: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (names.size === 0) return names
  const rows = await duck.rows(
    `SELECT function_name FROM duckdb_functions()
     WHERE database_name = 'system' AND schema_name = 'main' AND function_name IN (${[...names].map(quoteText).join(', ')})
     GROUP BY function_name HAVING bool_and(function_type = 'scalar' AND stability = 'CONSISTENT')`,
  )
  return new Set(rows.map(([name]) => String(name)))
}
