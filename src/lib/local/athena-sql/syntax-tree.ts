import {stringifyExact, parseExact} from '../../core/json'
import {lineAt, notSupported, SqlFailure} from './sql-failure'

/** A node of DuckDB's syntax tree, as `json_serialize_sql` writes it. */
export type Node = {[member: string]: unknown}

/** A table as a query names it, with the conditions on it that the same SELECT's WHERE demands. */
export interface TableUse {
  catalog: string
  database: string
  name: string
  /** Names by which the SELECT's columns may be qualified. */
  qualifiers: string[]
  /** Where the name stands in the statement. */
  place: number
  /** Conjuncts of the WHERE clause; none where the table stands on the optional side of an outer join. */
  conjuncts: Node[]
}

/** The statement's tree. Throws SqlFailure with Athena's `mismatched input` on a syntax error. */
export function readTree(sql: string, serialized: string): Node {
  const answer = parseExact(serialized) as Node
  if (answer['error'] === true) throw syntaxError(sql, answer)
  const statement = (answer['statements'] as Node[])[0]
  return statement?.['node'] as Node
}

/** Every table of the catalog that the tree reads; names of WITH are left out. Throws SqlFailure on table functions. */
export function tablesOf(tree: Node, sql: string): TableUse[] {
  const uses: TableUse[] = []
  visit(tree, new Set(), {uses, sql, conjuncts: []})
  return uses
}

/** The columns that an expression names, and undefined where it holds what cannot be judged by itself (a subquery, say). */
export function columnsOf(expression: Node): string[][] | undefined {
  const found: string[][] = []
  let judgeable = true
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    if (!isNode(value)) return
    if (['SUBQUERY', 'WINDOW', 'LAMBDA', 'PARAMETER'].includes(String(value['class']))) judgeable = false
    if (/^(?:random|rand|uuid|gen_random_uuid)$/i.test(textOf(value, 'function_name'))) judgeable = false
    if (value['class'] === 'COLUMN_REF') found.push(value['column_names'] as string[])
    else Object.values(value).forEach(walk)
  }
  walk(expression)
  return judgeable ? found : undefined
}

/** `SELECT place FROM partitions WHERE conjunct AND ...` as text for `json_deserialize_sql`; column names lose their qualifiers. */
export function selectWhere(template: string, conjuncts: readonly Node[]): string {
  const tree = parseExact(template) as {statements: {node: Node}[]}
  const plain = conjuncts.map(withoutQualifiers)
  const [node] = tree.statements
  if (node) {
    node.node['where_clause'] =
      plain.length === 1
        ? plain[0]
        : {class: 'CONJUNCTION', type: 'CONJUNCTION_AND', alias: '', query_location: 0, children: plain}
  }
  return stringifyExact(tree)
}

/** A query's tree as text for `json_deserialize_sql`. */
export function serialize(node: Node): string {
  return stringifyExact({error: false, statements: [{node, named_param_map: []}]})
}

interface Walk {
  uses: TableUse[]
  sql: string
  conjuncts: Node[]
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
  if (type === 'JOIN') {
    visitJoin(value, names, walk)
    return
  }
  const inner = value['cte_map'] ? visitWith(value['cte_map'] as Node, names, walk) : names
  const conjuncts = type === 'SELECT_NODE' ? conjunctsOf(value['where_clause']) : []
  for (const [member, child] of Object.entries(value)) {
    if (member === 'cte_map') continue
    visit(child, inner, {...walk, conjuncts: member === 'from_table' ? conjuncts : []})
  }
}

function visitWith(map: Node, names: ReadonlySet<string>, walk: Walk): ReadonlySet<string> {
  const known = new Set(names)
  for (const {key, value} of map['map'] as {key: string; value: Node}[]) {
    const query = (value['query'] as Node)['node'] as Node
    if (query['type'] === 'RECURSIVE_CTE_NODE') known.add(key.toLowerCase())
    visit(query, known, {...walk, conjuncts: []})
    known.add(key.toLowerCase())
  }
  return known
}

/** A condition on the optional side of an outer join does not say which rows of that side are read. */
function visitJoin(join: Node, names: ReadonlySet<string>, walk: Walk): void {
  const kind = textOf(join, 'join_type')
  const none: Walk = {...walk, conjuncts: []}
  visit(join['left'], names, kind === 'INNER' || kind === 'LEFT' ? walk : none)
  visit(join['right'], names, kind === 'INNER' || kind === 'RIGHT' ? walk : none)
  visit(join['condition'], names, none)
}

function addTable(node: Node, names: ReadonlySet<string>, walk: Walk): void {
  const name = textOf(node, 'table_name').toLowerCase()
  const database = textOf(node, 'schema_name').toLowerCase()
  if (database === '' && names.has(name)) return
  const alias = textOf(node, 'alias').toLowerCase()
  walk.uses.push({
    catalog: textOf(node, 'catalog_name').toLowerCase(),
    database,
    name,
    qualifiers: [alias === '' ? name : alias],
    place: placeOf(node, walk.sql),
    conjuncts: walk.conjuncts,
  })
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

function conjunctsOf(where: unknown): Node[] {
  if (!isNode(where)) return []
  if (where['type'] !== 'CONJUNCTION_AND') return [where]
  return (where['children'] as Node[]).flatMap(conjunctsOf)
}

function withoutQualifiers(value: Node): Node {
  const plain = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(plain)
    if (!isNode(item)) return item
    if (item['class'] === 'COLUMN_REF')
      return {...item, column_names: [(item['column_names'] as string[]).at(-1)]}
    return Object.fromEntries(Object.entries(item).map(([member, child]) => [member, plain(child)]))
  }
  return plain(value) as Node
}

/** DuckDB counts bytes; 2^64 - 1 stands for a place that it does not know. */
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

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
