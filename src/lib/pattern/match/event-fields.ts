import {OpError} from '../../core/errors'
import type {Leaf, Membership} from '../values/leaf'
import {ScalarLeaf} from './scalar-leaf'
import type {Scalar} from './scalar-leaf'

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

/** An event may cost so much, a test of a value being one: that is seconds, and far beyond what rules and events in use need. */
const effortLimit = 300_000_000

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
  /** Whether a number stands where a rule looks at how it is written. */
  hasSpelledNumber = false
  /** Whether a number stands where a rule may match by how it is written, not by its double. */
  hasGainingNumber = false
  #effort = 0
  /** Nearly always of one element; kept for the next event when they are. */
  readonly #leaves: Leaf[][]
  readonly #isPresent: Uint8Array
  /** A leaf of each path, used again for every event. */
  readonly #own: ScalarLeaf[]

  /** By the number of a path: whether a rule looks at numbers there, at how they are written, and may match by that alone. */
  constructor(
    readonly numeric: readonly boolean[],
    readonly readsDigits: readonly boolean[] = [],
    readonly gainsByText: readonly boolean[] = [],
  ) {
    this.#leaves = numeric.map(() => [])
    this.#own = numeric.map(() => new ScalarLeaf(undefined))
    this.#isPresent = new Uint8Array(numeric.length)
    this.present = new Int32Array(numeric.length)
  }

  clear(): void {
    for (let index = 0; index < this.presentCount; index++) {
      const field = this.present[index] ?? 0
      this.#isPresent[field] = 0
      if ((this.#leaves[field]?.length ?? 0) > 1) this.#leaves[field] = []
    }
    this.presentCount = 0
    this.#effort = 0
    this.hasMembership = false
    this.hasNumber = false
    this.hasExtremeNumber = false
    this.hasSpelledNumber = false
    this.hasGainingNumber = false
  }

  add(field: number, leaf: Leaf): void {
    const leaves = this.#leaves[field]
    if (leaves === undefined) return
    if (this.#isPresent[field] === 0) {
      this.#isPresent[field] = 1
      this.present[this.presentCount++] = field
      if (leaves[0] !== leaf) leaves[0] = leaf
    } else {
      leaves.push(leaf)
    }
    if (leaf.inside !== undefined) this.hasMembership = true
    if (leaf.kind === 'number' && this.numeric[field] === true) this.#noteNumber(field, leaf.value)
  }

  /** As `add`, for a scalar that `JSON.parse` has made. */
  put(field: number, scalar: Scalar, inside: Membership | undefined): void {
    const own = this.#own[field]
    if (own === undefined || inside !== undefined || this.#isPresent[field] === 1) {
      this.add(field, new ScalarLeaf(inside).set(scalar))
    } else {
      this.add(field, own.set(scalar))
    }
  }

  #noteNumber(field: number, value: number | undefined): void {
    this.hasNumber = true
    if (this.readsDigits[field] === true) this.hasSpelledNumber = true
    if (this.gainsByText[field] === true) this.hasGainingNumber = true
    const size = value === undefined ? Infinity : Math.abs(value)
    if (size < 1e-200 || size > 1e200) this.hasExtremeNumber = true
  }

  /** Notes work that grows with the values of a field. Throws `BAD_EVENT` when an event has cost too much. */
  spend(effort: number): void {
    this.#effort += effort
    if (this.#effort > effortLimit)
      throw badEvent('its arrays are too large to be matched against these rules.')
  }

  /** All scalars of a path; to be used until the next event. */
  of(field: number): readonly Leaf[] {
    return this.#isPresent[field] === 1 ? (this.#leaves[field] ?? none) : none
  }
}
