import {isNode, type Node} from '../syntax-tree'

/** Queries of WITH beyond which they stay folded: each may name the one before it twice. */
const mostQueries = 12

/**
 * The tree of a query in which each query of WITH stands wherever it is named, as Trino has it: Athena reads, and bills, a table again for each. Undefined where there
 * are none, one of them names itself, or so many that the plan might grow beyond all bounds. Pure.
 */
export function unfoldedTree(tree: Node): Node | undefined {
  const queries = queriesOfWith(tree)
  if (queries.length === 0 || queries.length > mostQueries) return undefined
  if (queries.some((query) => ((query['query'] as Node)['node'] as Node)['type'] === 'RECURSIVE_CTE_NODE')) {
    return undefined
  }
  const unfolded = structuredClone(tree)
  for (const query of queriesOfWith(unfolded)) query['materialized'] = 'CTE_MATERIALIZE_NEVER'
  return unfolded
}

function queriesOfWith(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(queriesOfWith)
  if (!isNode(value)) return []
  const {map = []} = (value['cte_map'] ?? {}) as {map?: {value: Node}[]}
  return [...map.map((one) => one.value), ...Object.values(value).flatMap(queriesOfWith)]
}
