import {Budget} from './budget'
import {buildEvent} from './build-event'
import type {EventShape} from './event-shape'
import {FieldSolver} from './field-solver'
import {OpError} from '../../core/errors'
import type {Branch, FieldCondition, Pattern} from '../pattern'
import {RuleSet} from '../rule-set'

/** Why a combination of branches has no event: the field on which it fails. */
export interface Conflict {
  path: string
  reason: string
}

export type Found =
  /** `eventText`: JSON text of an event that every pattern matches. */
  | {kind: 'event'; eventText: string}
  /** No event matches all of them. `conflicts`: where the combinations of branches fail, each way once, five at most. */
  | {kind: 'none'; conflicts: Conflict[]}
  /** There are too many combinations to look at, or one of them is not decided here. */
  | {kind: 'unknown'}

/** More combinations of branches are not looked at. */
export const combinationLimit = 20_000
const conflictLimit = 5
/** Combinations of conditions of one field that are looked at before whole branches are. */
const pairLimit = 100
/** A path of more steps could make an event that nests too deep. */
const stepLimit = 500

/** What one branch of every pattern so far asks, by path. */
type Merged = ReadonlyMap<string, readonly FieldCondition[]>

/** The conditions of a path in all branches of a pattern, each once; undefined when a branch does not ask for it. */
function conditionsOf(pattern: Pattern, path: string, solver: FieldSolver): FieldCondition[] | undefined {
  const found = new Map<number, FieldCondition>()
  for (const branch of pattern.branches) {
    const condition = branch.get(path)
    if (condition === undefined) return undefined
    found.set(solver.idOf(condition), condition)
  }
  return [...found.values()]
}

class EventSearch {
  readonly #budget = new Budget()
  readonly #solver: FieldSolver
  #rules: RuleSet<number> | undefined
  readonly #conflicts = new Map<string, Conflict>()
  #combinations = 0
  #unknown = false

  constructor(
    readonly patterns: readonly Pattern[],
    readonly shape: EventShape,
  ) {
    this.#solver = new FieldSolver(shape, this.#budget)
  }

  run(): Found {
    const conflict = this.#conflictOfPairs()
    if (conflict !== undefined) return {kind: 'none', conflicts: [conflict]}
    const eventText = this.#from(0, new Map(), [])
    if (eventText !== undefined) return {kind: 'event', eventText}
    return this.#unknown ? {kind: 'unknown'} : {kind: 'none', conflicts: [...this.#conflicts.values()]}
  }

  /** A field that two patterns ask for in all their branches, in ways that never go together. */
  #conflictOfPairs(): Conflict | undefined {
    for (const [index, one] of this.patterns.entries()) {
      for (const other of this.patterns.slice(index + 1)) {
        for (const path of one.branches[0]?.keys() ?? []) {
          const conflict = this.#conflictAt(path, one, other)
          if (conflict !== undefined) return conflict
        }
      }
    }
    return undefined
  }

  #conflictAt(path: string, one: Pattern, other: Pattern): Conflict | undefined {
    const [ours, theirs] = [one, other].map((pattern) => conditionsOf(pattern, path, this.#solver))
    if (ours === undefined || theirs === undefined || ours.length * theirs.length > pairLimit)
      return undefined
    const solutions = ours.flatMap((our) => theirs.map((their) => this.#solver.solve([our, their])))
    const [first] = solutions
    return first?.kind === 'none' && solutions.every(({kind}) => kind === 'none')
      ? {path, reason: first.reason}
      : undefined
  }

  /** An event for one of the combinations that begin with `branches`. */
  #from(level: number, merged: Merged, branches: readonly Branch[]): string | undefined {
    const pattern = this.patterns[level]
    if (pattern === undefined) return this.#finish(merged, branches)
    for (const branch of pattern.branches) {
      if (++this.#combinations > combinationLimit || !this.#budget.spend(merged.size + branch.size)) {
        this.#unknown = true
        return undefined
      }
      const next = this.#merge(merged, branch)
      const found = next && this.#from(level + 1, next, [...branches, branch])
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Adds what a branch asks; undefined when that fails on a field. */
  #merge(merged: Merged, branch: Branch): Merged | undefined {
    const next = new Map(merged)
    for (const [path, condition] of branch) {
      const conditions = [...(merged.get(path) ?? []), condition]
      const solution = this.#solver.solve(conditions)
      if (solution.kind === 'none') {
        this.#fail({path, reason: solution.reason})
        return undefined
      }
      // Another field may still show that there is no event.
      next.set(path, conditions)
    }
    return next
  }

  #fail(conflict: Conflict): void {
    if (this.#conflicts.size < conflictLimit) this.#conflicts.set(JSON.stringify(conflict), conflict)
  }

  #finish(merged: Merged, branches: readonly Branch[]): string | undefined {
    const values = new Map<string, string>()
    const absent = new Set<string>()
    let isKnown = true
    for (const [path, conditions] of merged) {
      const solution = this.#solver.solve(conditions)
      if (solution.kind === 'value') values.set(path, solution.json)
      else if (solution.kind === 'absent') absent.add(path)
      else isKnown = false
    }
    const conflict = this.#nested([...values.keys()], branches)
    if (conflict !== undefined) {
      this.#fail(conflict)
      return undefined
    }
    const text = isKnown ? this.#build(values, absent) : undefined
    if (text === undefined) this.#unknown = true
    return text
  }

  /**
   * A field that would have to hold a value for one pattern and fields of its own for another. One pattern that asks for
   * both can be matched by a list.
   */
  #nested(paths: readonly string[], branches: readonly Branch[]): Conflict | undefined {
    const known = new Set(paths)
    for (const path of paths) {
      for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) {
        const outer = path.slice(0, at)
        if (!known.has(outer) || branches.some((branch) => branch.has(outer) && branch.has(path))) continue
        return {path: outer, reason: `${outer} would have to hold both a value and the field ${path}.`}
      }
    }
    return undefined
  }

  #build(values: ReadonlyMap<string, string>, absent: ReadonlySet<string>): string | undefined {
    if ([...values.keys()].some((path) => path.split('.').length > stepLimit)) return undefined
    const text = buildEvent(values, absent, this.shape, (field) => {
      const value = this.#solver.anyValue(field)
      return value.kind === 'value' ? value.json : undefined
    })
    return text !== undefined && this.#matches(text) ? text : undefined
  }

  #matches(eventText: string): boolean {
    this.#rules ??= RuleSet.compile(this.patterns.map((pattern, key) => ({key, pattern})))
    try {
      return this.#rules.match(eventText).length === this.patterns.length
    } catch (error) {
      if (error instanceof OpError) return false
      throw error
    }
  }
}

/**
 * Finds an event that all patterns match, or that there is none, for events of a shape such as `envelopeShape`.
 *
 * A field is taken to hold one value, or fields of its own, but not both, unless the shape says that it is a list: where
 * two patterns can only meet through a list that holds a value for each, that is not found, and the answer is `none`. For
 * one pattern `none` is certain: no event of the shape matches it, lists or not. An event that is answered has been
 * matched against all patterns. `unknown` is answered where more than `combinationLimit` combinations of branches would
 * have to be looked at, and where EventBridge's quirks (numbers that it takes for addresses, the many spellings of IPv6)
 * leave doubt.
 */
export function findEvent(patterns: readonly Pattern[], shape: EventShape): Found {
  return new EventSearch(patterns, shape).run()
}
