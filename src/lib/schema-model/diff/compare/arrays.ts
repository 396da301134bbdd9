import {own} from '../../json-object'
import {comparing, type Aspect, type CompareAspect} from '../aspects/aspect'
import type {Change} from '../change'
import type {Comparer} from './comparer'
import {countAspect} from '../aspects/count'
import {elementPath} from '../../event-path'
import type {Alternative} from '../form/form'
import type {Place, Side} from '../form/side'

const uniqueItems: Aspect<true> = {
  keyword: 'uniqueItems',
  read: ({nodes}) => (nodes.some((node) => own(node, 'uniqueItems') === true) ? true : undefined),
  within: (a) => (a ? 'yes' : 'no'),
  say: String,
}

/** What can be asked of arrays, but for their elements. */
export const arrayAspects: readonly CompareAspect[] = [
  comparing(countAspect('minItems', 'least')),
  comparing(countAspect('maxItems', 'most')),
  comparing(uniqueItems),
]

/** Changes in the elements of arrays: those at positions that have a schema of their own, then all others. */
export function compareArrays(comparer: Comparer, a: Alternative, b: Alternative, path: string): Change[] {
  const count = Math.max(positionCount(a), positionCount(b))
  const {old, next} = comparer
  const positions = Array.from({length: count}, (_, i) =>
    comparer.places(elementPlace(old, a, i), elementPlace(next, b, i), elementPath(path, i)),
  )
  const others = comparer.places(elementPlace(old, a), elementPlace(next, b), elementPath(path))
  return [...positions.flat(), ...others]
}

function positionsOf(node: object): unknown[] {
  const schemas = own(node, 'prefixItems')
  return Array.isArray(schemas) ? schemas : []
}

function positionCount({nodes}: Alternative): number {
  return Math.max(0, ...nodes.map((node) => positionsOf(node).length))
}

/** What may stand at a position; without one, after all that have a schema of their own. */
function elementPlace(side: Side, {nodes}: Alternative, position = Number.POSITIVE_INFINITY): Place {
  return side.place(
    nodes.flatMap((node) => {
      const positions = positionsOf(node)
      if (position < positions.length) return [positions[position]]
      return Object.hasOwn(node, 'items') ? [node.items] : []
    }),
  )
}
