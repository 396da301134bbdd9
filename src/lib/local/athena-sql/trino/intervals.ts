import type {Node} from '../syntax-tree'
import {childrenOf, functionName, operatorName} from './nodes'

/** Functions that make an interval of a literal. */
const makers = new Set([
  'to_years',
  'to_months',
  'to_days',
  'to_hours',
  'to_minutes',
  'to_seconds',
  'to_milliseconds',
])

/** Whether a node is an interval, as far as its words say. */
export function isInterval(node: Node): boolean {
  if (makers.has(functionName(node) ?? '')) return true
  const children = childrenOf(node)
  switch (operatorName(node)) {
    case '*':
      return children.some(isInterval)
    case '+':
    case '-':
      return children.every(isInterval)
    default:
      return false
  }
}
