import type {Node} from '../syntax-tree'

/** A sort key: the place of a column among those that the query gives, and how DuckDB writes its direction. */
export interface SortKey {
  column: number
  direction: string
}

export interface OrderedQuery {
  /** The query without its ORDER BY, and with columns behind its own for keys that are none of them. */
  tree: Node
  keys: SortKey[]
}

/** True where the query ends in an ORDER BY. */
export function isOrdered(tree: Node): boolean {
  return ordersOf(tree).length > 0
}

/**
 * A query whose rows come in any order, and the keys by which they can be sorted later, part by part. Undefined where that would be
 * another query (ORDER BY with LIMIT, of a DISTINCT, of a UNION). `names` are those of the query's own columns.
 */
export function orderLater(tree: Node, names: readonly string[]): OrderedQuery | undefined {
  const modifiers = tree['modifiers'] as Node[]
  if (tree['type'] !== 'SELECT_NODE' || modifiers.length !== 1) return undefined
  const added: Node[] = []
  const keys: SortKey[] = []
  for (const {expression, direction} of ordersOf(tree)) {
    const own = ownColumn(expression, tree, names)
    if (own === 'unclear') return undefined
    keys.push({column: own ?? names.length + added.length, direction})
    if (own === undefined) added.push({...expression, alias: `order ${added.length}`})
  }
  return {tree: {...tree, modifiers: [], select_list: [...(tree['select_list'] as Node[]), ...added]}, keys}
}

interface Order {
  expression: Node
  direction: string
}

function ordersOf(tree: Node): Order[] {
  const modifiers = tree['modifiers'] as Node[]
  const last = modifiers.find((modifier) => modifier['type'] === 'ORDER_MODIFIER')
  return ((last?.['orders'] as Node[] | undefined) ?? []).map((order) => ({
    expression: order['expression'] as Node,
    direction: `${order['type'] === 'DESCENDING' ? 'DESC' : 'ASC'} NULLS ${order['null_order'] === 'NULLS FIRST' ? 'FIRST' : 'LAST'}`,
  }))
}

/** The query's own column that an ORDER BY means by its place or its name; undefined where it means an expression over the tables. */
function ownColumn(expression: Node, tree: Node, names: readonly string[]): number | 'unclear' | undefined {
  if (expression['class'] === 'CONSTANT') {
    const value = (expression['value'] as Node)['value']
    return typeof value === 'number' && value >= 1 && value <= names.length ? value - 1 : 'unclear'
  }
  const aliases = (tree['select_list'] as Node[]).map((item) => String(item['alias']).toLowerCase())
  const referred = columnNames(expression)
  if (!referred.some((name) => aliases.includes(name))) return selectedColumn(expression, tree, names)
  if (expression['class'] !== 'COLUMN_REF' || referred.length !== 1) return 'unclear'
  const places = names.flatMap((name, place) => (name.toLowerCase() === referred[0] ? [place] : []))
  return places.length === 1 ? places[0] : 'unclear'
}

/** The query's own column that is a column of its tables and nothing else, where an ORDER BY means that one. */
function selectedColumn(expression: Node, tree: Node, names: readonly string[]): number | undefined {
  const list = tree['select_list'] as Node[]
  // A star stands for several columns, so that places in the list are not those of the columns.
  if (expression['class'] !== 'COLUMN_REF' || list.length !== names.length) return undefined
  const wanted = JSON.stringify(expression['column_names']).toLowerCase()
  const place = list.findIndex(
    (item) => item['class'] === 'COLUMN_REF' && JSON.stringify(item['column_names']).toLowerCase() === wanted,
  )
  return place === -1 ? undefined : place
}

/** Unqualified names in an expression, lower case. */
function columnNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(columnNames)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  if (node['class'] !== 'COLUMN_REF') return Object.values(node).flatMap(columnNames)
  const names = node['column_names'] as string[]
  return names.length === 1 ? [String(names[0]).toLowerCase()] : []
}
