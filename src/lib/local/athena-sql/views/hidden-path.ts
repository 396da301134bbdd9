import {isNode, type Node} from '../syntax-tree'

/**
 * Keeps the pseudo column "$path" of tables out of every `*` in a query's tree; `tables` are the nodes that name a table (and not a view, which
 * may have a column of that name). Returns whether there was such a `*`.
 */
export function hidePath(tree: unknown, tables: ReadonlySet<Node>): boolean {
  if (Array.isArray(tree)) return tree.map((item) => hidePath(item, tables)).includes(true)
  if (!isNode(tree)) return false
  const stars = (tree['type'] === 'SELECT_NODE' ? (tree['select_list'] as Node[]) : []).filter(
    (item) => item['class'] === 'STAR',
  )
  const qualifiers = stars.length > 0 ? qualifiersOf(tree['from_table'], tables) : []
  for (const star of stars) {
    const relation = String(star['relation_name']).toLowerCase()
    star['qualified_exclude_list'] = qualifiers
      .filter((name) => relation === '' || relation === name.toLowerCase())
      .map((table) => ({catalog: '', schema: '', table, column: '$path'}))
  }
  const inner = Object.values(tree).map((value) => hidePath(value, tables))
  return qualifiers.length > 0 || inner.includes(true)
}

/** The names by which tables of a FROM are known in its SELECT. */
function qualifiersOf(from: unknown, tables: ReadonlySet<Node>): string[] {
  if (!isNode(from)) return []
  if (from['type'] === 'JOIN')
    return [...qualifiersOf(from['left'], tables), ...qualifiersOf(from['right'], tables)]
  if (!tables.has(from)) return []
  const alias = String(from['alias'])
  return [alias === '' ? String(from['table_name']) : alias]
}
