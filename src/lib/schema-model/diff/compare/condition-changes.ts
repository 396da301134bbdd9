import type {Change} from '../change'
import type {Comparer} from './comparer'
import type {Alternative} from '../form/form'

/** Conditions that only one side has. What they ask is not compared: they may break whoever has to keep a new one. */
export function conditionChanges(comparer: Comparer, a: Alternative, b: Alternative, path: string): Change[] {
  const gone = a.conditions.filter((old) => !b.conditions.some((next) => comparer.isSameCondition(old, next)))
  const added = b.conditions.filter(
    (next) => !a.conditions.some((old) => comparer.isSameCondition(old, next)),
  )
  const keywords = new Set([...gone, ...added].map(({keyword}) => keyword))
  return [...keywords].map((keyword) => {
    const isGone = gone.some((condition) => condition.keyword === keyword)
    const isAdded = added.some((condition) => condition.keyword === keyword)
    return {
      path,
      kind: keyword,
      message: isGone && isAdded ? `${keyword} changed` : `${keyword} is ${isAdded ? 'new' : 'gone'}`,
      producers: isAdded ? 'may-break' : 'safe',
      consumers: isGone ? 'may-break' : 'safe',
    }
  })
}
