import type {Change} from '../change'
import type {Condition} from '../form/conditions'
import type {Place, Side} from '../form/side'

/** What the parts of a comparison ask of the whole. */
export interface Comparer {
  old: Side
  next: Side
  /** Every change between what may stand at a place of the old schema and at one of the new, and below. */
  places: (a: Place, b: Place, path: string) => Change[]
  /** Whether a condition of the old schema and one of the new say the same. */
  isSameCondition: (a: Condition, b: Condition) => boolean
}

/** Whether all changes are safe for a side, without any condition. */
export function isSafe(changes: readonly Change[], side: 'producers' | 'consumers'): boolean {
  return changes.every(
    (change) => change[side] === 'safe' && (side === 'consumers' || change.provided === undefined),
  )
}
