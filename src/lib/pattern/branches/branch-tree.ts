import {blurs} from './alternative-keys'
import type {AlternativeKey, Family} from './alternative-keys'

/** One field of a branch. */
export interface BranchField {
  path: string
  keys: readonly AlternativeKey[]
}

/** By the key of an alternative: the branches that have come to a state by it. */
type Arrivals = Map<string, Set<number>>

/** Where branches are after a field, for all alternatives that EventBridge has joined. */
class State {
  readonly places = new Map<string, Place>()
  readonly passing: Arrivals = new Map()
  readonly ending: Arrivals = new Map()

  arrivals(isLast: boolean): Arrivals {
    return isLast ? this.ending : this.passing
  }
}

/** A field after a state: where its alternatives lead. */
class Place {
  readonly states = new Map<string, State>()
  readonly families = new Set<Family>()

  /** The states that alternatives lead to. One that is new goes along with the one before it. */
  put(keys: readonly AlternativeKey[]): Set<State> {
    const found = new Set<State>()
    let last: State | undefined
    for (const {family, key} of keys) {
      last = this.states.get(key) ?? last ?? new State()
      this.states.set(key, last)
      this.families.add(family)
      found.add(last)
    }
    return found
  }
}

/** What the tree says of a branch. */
export interface Arrival {
  /**
   * Earlier branches that EventBridge may take this one for, as a set for each way to look for them: it goes one of these
   * ways, by chance.
   */
  taken: ReadonlySet<number>[]
  /** Whether a field has alternatives that EventBridge may fail to find again, so that `taken` is a guess. */
  isBlurred: boolean
  /** Notes the branch: those that come later may be taken for it. */
  settle: () => void
}

/** The branches that come by one of the keys. */
function branchesBy(arrivals: Arrivals, keys: readonly AlternativeKey[]): Set<number> {
  return new Set(keys.flatMap(({key}) => [...(arrivals.get(key) ?? [])]))
}

/** Whether a branch comes by one of the keys. */
function comesBy(arrivals: Arrivals, keys: readonly AlternativeKey[], branch: number): boolean {
  return keys.some(({key}) => arrivals.get(key)?.has(branch))
}

/** EventBridge notes a branch for all alternatives of a field in all states that one of them leads to. */
function note(arrivals: Arrivals, keys: readonly AlternativeKey[], branch: number): void {
  for (const {key} of keys) {
    const known = arrivals.get(key)
    if (known === undefined) arrivals.set(key, new Set([branch]))
    else known.add(branch)
  }
}

/**
 * The tree that EventBridge makes of the branches of a rule: a level for each field, in the order of the paths, and below it
 * a state for the alternatives of a branch that were new together. A branch whose way down was gone by an earlier one is
 * taken for that one.
 */
export class BranchTree {
  readonly #root = new State()
  /** Steps that may still be taken. The tree may grow as the product of what the branches have. */
  #left = 200_000

  /** Lays the way of a branch, its fields sorted by path; undefined where that would take too long. */
  add(branch: number, fields: readonly BranchField[]): Arrival | undefined {
    const levels = fields.map(() => new Set<State>())
    let isBlurred = false
    const visit = (state: State, level: number): Set<number>[] => {
      const field = fields[level]
      if (field === undefined) return []
      this.#left -= field.keys.length
      if (this.#left < 0) return []
      const place = state.places.get(field.path) ?? new Place()
      state.places.set(field.path, place)
      const isLast = level + 1 === fields.length
      const ways = [...place.put(field.keys)].flatMap((next) => {
        levels[level]?.add(next)
        const arrivals = next.arrivals(isLast)
        if (isLast) return [branchesBy(arrivals, field.keys)]
        const below = visit(next, level + 1)
        return below.map((way) => new Set([...way].filter((other) => comesBy(arrivals, field.keys, other))))
      })
      isBlurred ||= blurs(place.families)
      return ways
    }
    const taken = visit(this.#root, 0)
    if (this.#left < 0) return undefined
    const settle = (): void => {
      for (const [level, {keys}] of fields.entries()) {
        const isLast = level + 1 === fields.length
        for (const state of levels[level] ?? []) note(state.arrivals(isLast), keys, branch)
      }
    }
    return {taken, isBlurred, settle}
  }
}
