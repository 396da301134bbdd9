import type {Node} from './syntax-tree'
import {childrenOf, constantType, functionName} from './trino/nodes'

/** A column of the answer: its place in DuckDB's result, and its name. */
export interface OutputColumn {
  place: number
  name: string
  /** Whether nothing in it says of which type its NULL is. */
  isUntyped: boolean
}

/** The columns of an answer, of those that DuckDB gives: an expression without an alias is `_col0` by its place, as Trino names it. */
export function outputColumns(tree: Node, names: readonly string[]): OutputColumn[] {
  const items = selectList(tree)
  const first = items.findIndex(isStar)
  const last = items.findLastIndex(isStar)
  if (first < 0) return names.map((name, place) => columnOf(items[place], name, place))
  const behind = items.length - 1 - last
  return names.map((name, place) => {
    if (place >= first && place < names.length - behind) return {place, name, isUntyped: false}
    const item = place < first ? items[place] : items[items.length - names.length + place]
    return columnOf(item, name, place)
  })
}

function columnOf(item: Node | undefined, name: string, place: number): OutputColumn {
  return {
    place,
    name: nameOf(item, name, place),
    isUntyped: item !== undefined && item['type'] !== 'ARRAY_CONSTRUCTOR' && isUntyped(item),
  }
}

/** Functions of which the result is an argument, or an element of one. */
const passing = new Set(['coalesce', 'greatest', 'least', 'array_max', 'array_min'])

function isUntyped(node: Node): boolean {
  const children = childrenOf(node)
  const isPassing = node['type'] === 'OPERATOR_COALESCE' || passing.has(functionName(node) ?? '')
  if (isPassing || node['type'] === 'ARRAY_CONSTRUCTOR') return children.every(isUntyped)
  return constantType(node) === 'NULL'
}

function nameOf(item: Node | undefined, name: string, at: number): string {
  // `a.b.c` keeps the name `c`; everything else without an alias has none.
  const isUnnamed = item !== undefined && item['alias'] === '' && item['class'] !== 'COLUMN_REF'
  return isUnnamed ? `_col${at}` : name
}

function selectList(tree: Node): Node[] {
  if (tree['type'] === 'SELECT_NODE') return tree['select_list'] as Node[]
  const first = (tree['left'] ?? (tree['children'] as Node[] | undefined)?.[0]) as Node | undefined
  return first ? selectList(first) : []
}

function isStar(item: Node): boolean {
  return item['class'] === 'STAR'
}
