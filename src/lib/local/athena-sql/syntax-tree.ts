import {readDuckJson, writeDuckJson} from './duck-json'
import {lineAt, notSupported, SqlFailure} from './sql-failure'

/** A node of DuckDB's syntax tree, as `json_serialize_sql` writes it. */
export type Node = {[member: string]: unknown}

/** A table as a query names it. */
export interface TableUse {
  catalog: string
  database: string
  name: string
  /** Where the name stands in the statement. */
  place: number
  node: Node
}

/** The statement's tree. Throws SqlFailure with Athena's `mismatched input` on a syntax error, and where there are two of them. */
export function readTree(sql: string, serialized: string): Node {
  const answer = readDuckJson(serialized) as Node
  if (answer['error'] === true) throw syntaxError(sql, answer)
  const [statement, second] = answer['statements'] as Node[]
  if (second) throw new SqlFailure('SYNTAX_ERROR: Only one sql statement is allowed.', 1006)
  return statement?.['node'] as Node
}

/** Every table of the catalog that the tree reads; names of WITH are left out. Throws SqlFailure on table functions. */
export function tablesOf(tree: Node, sql: string): TableUse[] {
  const uses: TableUse[] = []
  visit(tree, new Set(), {uses, sql})
  return uses
}

/** Names a table in full, so that it is the same one wherever the query stands. */
export function qualify(table: Node, database: string): void {
  table['catalog_name'] = 'awsdatacatalog'
  table['schema_name'] = database
}

/** The tree of `template`, a SELECT with a WHERE, with these conditions in its WHERE, all of which must hold; for `json_deserialize_sql`. */
export function selectWhere(template: string, conditions: readonly Node[]): string {
  const tree = readDuckJson(template) as {statements: {node: Node}[]}
  const [statement] = tree.statements
  const all = {
    class: 'CONJUNCTION',
    type: 'CONJUNCTION_AND',
    alias: '',
    query_location: 0,
    children: conditions,
  }
  if (statement) statement.node['where_clause'] = conditions.length === 1 ? conditions[0] : all
  return writeDuckJson(tree)
}

/** A query's tree as text for `json_deserialize_sql`. */
export function serialize(node: Node): string {
  return writeDuckJson({error: false, statements: [{node, named_param_map: []}]})
}

interface Walk {
  uses: TableUse[]
  sql: string
}

function visit(value: unknown, names: ReadonlySet<string>, walk: Walk): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, names, walk))
  if (!isNode(value)) return
  const type = textOf(value, 'type')
  if (type === 'BASE_TABLE') {
    addTable(value, names, walk)
    return
  }
  if (type === 'TABLE_FUNCTION') refuseTableFunction(value, walk.sql)
  if (type === 'SHOW_REF' || type === 'PIVOT') throw notSupported(type)
  const inner = value['cte_map'] ? visitWith(value['cte_map'] as Node, names, walk) : names
  for (const [member, child] of Object.entries(value)) if (member !== 'cte_map') visit(child, inner, walk)
}

function visitWith(map: Node, names: ReadonlySet<string>, walk: Walk): ReadonlySet<string> {
  const known = new Set(names)
  for (const {key, value} of map['map'] as {key: string; value: Node}[]) {
    const query = (value['query'] as Node)['node'] as Node
    if (query['type'] === 'RECURSIVE_CTE_NODE') known.add(key.toLowerCase())
    visit(query, known, walk)
    known.add(key.toLowerCase())
  }
  return known
}

function addTable(node: Node, names: ReadonlySet<string>, walk: Walk): void {
  const name = textOf(node, 'table_name').toLowerCase()
  const database = textOf(node, 'schema_name').toLowerCase()
  if (database === '' && names.has(name)) return
  const catalog = textOf(node, 'catalog_name').toLowerCase()
  walk.uses.push({catalog, database, name, place: placeOf(node, walk.sql), node})
}

function refuseTableFunction(node: Node, sql: string): void {
  const call = node['function'] as Node
  const name = textOf(call, 'function_name').toLowerCase()
  if (name === 'unnest') return
  throw new SqlFailure(
    `FUNCTION_NOT_FOUND: ${lineAt(sql, placeOf(node, sql))}: Table function '${name}' not registered`,
    1006,
  )
}

/** DuckDB counts bytes, and leaves out a place that it does not know. */
function placeOf(node: Node, sql: string): number {
  const bytes = node['query_location']
  if (typeof bytes !== 'number') return 0
  return Buffer.from(sql).subarray(0, bytes).toString().length
}

function syntaxError(sql: string, answer: Node): SqlFailure {
  const message = textOf(answer, 'error_message')
  const near = /at or near "([\s\S]*)"$/.exec(message)?.[1]
  const bytes = Number(answer['position'] ?? 0)
  const place = Buffer.from(sql).subarray(0, bytes).toString().length
  if (near !== undefined) return new SqlFailure(`${lineAt(sql, place)}: mismatched input '${near}'`, 1006)
  if (/at end of input/.test(message)) {
    return new SqlFailure(`${lineAt(sql, sql.length)}: mismatched input '<EOF>'`, 1006)
  }
  return new SqlFailure(`SYNTAX_ERROR: ${lineAt(sql, place)}: ${message}`, 1006)
}

function textOf(node: Node, member: string): string {
  const value = node[member]
  return typeof value === 'string' ? value : ''
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
