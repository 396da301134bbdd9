import {OpError} from '../../core/errors'
import type {Leaf} from '../values/leaf'

/** Events that nest deeper than EventBridge's reader goes are refused. */
export const eventDepthLimit = 1000

/** An event that cannot be matched (`BAD_EVENT`). */
export function badEvent(problem: string): OpError {
  return new OpError('usage', 'BAD_EVENT', `The event is not valid: ${problem}`, {
    hint: 'An event is one JSON object, such as {"source": "my-applications", "detail": {}}.',
  })
}

/** Refuses what nests too deep. `depth` counts objects and arrays around a value. Throws `BAD_EVENT`. */
export function checkDepth(depth: number): void {
  if (depth > eventDepthLimit) throw badEvent(`it nests deeper than ${eventDepthLimit} levels.`)
}

const none: readonly Leaf[] = []

/** The scalars of one event that rules ask for, by the number of their path. Used again for every event. */
export class EventFields {
  /** Numbers of the paths that have a scalar: the first `presentCount` of these. */
  readonly present: Int32Array
  presentCount = 0
  /** Whether a scalar stands in an object in an array, so that matches must come from the same element. */
  hasMembership = false
  /** Whether a number stands where a rule looks at numbers. */
  hasNumber = false
  /** Whether one of those is zero or so large or small that its exponent may not have been kept. */
  hasExtremeNumber = false
  readonly #leaves: (Leaf[] | undefined)[]

  /** `numeric` tells by the number of a path whether a rule looks at numbers there. */
  constructor(readonly numeric: readonly boolean[]) {
    this.#leaves = numeric.map(() => undefined)
    this.present = new Int32Array(numeric.length)
  }

  clear(): void {
    for (let index = 0; index < this.presentCount; index++) {
      this.#leaves[this.present[index] ?? 0] = undefined
    }
    this.presentCount = 0
    this.hasMembership = false
    this.hasNumber = false
    this.hasExtremeNumber = false
  }

  add(field: number, leaf: Leaf): void {
    const leaves = this.#leaves[field]
    if (leaves === undefined) {
      this.#leaves[field] = [leaf]
      this.present[this.presentCount++] = field
    } else {
      leaves.push(leaf)
    }
    if (leaf.inside !== undefined) this.hasMembership = true
    if (leaf.kind === 'number' && this.numeric[field] === true) this.#noteNumber(leaf.value)
  }

  #noteNumber(value: number | undefined): void {
    this.hasNumber = true
    const size = value === undefined ? Infinity : Math.abs(value)
    if (size < 1e-200 || size > 1e200) this.hasExtremeNumber = true
  }

  of(field: number): readonly Leaf[] {
    return this.#leaves[field] ?? none
  }
}
