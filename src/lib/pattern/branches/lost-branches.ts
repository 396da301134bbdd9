import {keysOf} from './alternative-keys'
import {BranchTree} from './branch-tree'
import type {BranchField} from './branch-tree'
import type {Branch, FieldCondition, LostBranch} from '../pattern'

/** The fields of branches with their keys, which branches share as they share their conditions. */
class FieldReader {
  readonly #known = new Map<FieldCondition, BranchField>()

  read(branch: Branch): BranchField[] {
    const conditions = [...branch.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
    return conditions.map((condition) => this.#field(condition))
  }

  #field(condition: FieldCondition): BranchField {
    const known = this.#known.get(condition)
    if (known !== undefined) return known
    const field = {path: condition.path, keys: condition.alternatives.flatMap(keysOf)}
    this.#known.set(condition, field)
    return field
  }
}

function haveCommon(one: BranchField['keys'], other: BranchField['keys']): boolean {
  const known = new Set(one.map(({key}) => key))
  return other.some(({key}) => known.has(key))
}

/** Whether two branches name the same fields, with an alternative in common in each. */
function meet(one: readonly BranchField[], other: readonly BranchField[]): boolean {
  if (one.length !== other.length) return false
  return one.every(({path, keys}, at) => {
    const field = other[at]
    return field?.path === path && (field.keys === keys || haveCommon(keys, field.keys))
  })
}

/** Whether a branch is lost, and to which earlier one. */
type Fate = {kept: true} | {kept: false; to: number; isSure: boolean}

/**
 * Lays one branch after the other. One that is lost leaves its way in the tree, as on EventBridge, but nothing is taken for
 * it.
 */
class BranchSorter {
  readonly #tree = new BranchTree()
  readonly #fields: BranchField[][] = []
  /** Of the branches so far: those that are lost, and those that may be. */
  readonly #lost = new Set<number>()
  readonly #doubtful = new Set<number>()

  /** Undefined where it would take too long to say. */
  next(fields: BranchField[]): Fate | undefined {
    const branch = this.#fields.push(fields) - 1
    const arrival = this.#tree.add(branch, fields)
    if (arrival === undefined) return undefined
    const fate = arrival.isBlurred ? this.#guess(branch, fields) : this.#judge(arrival.taken)
    if (fate.kept || !fate.isSure) arrival.settle()
    if (!fate.kept) (fate.isSure ? this.#lost : this.#doubtful).add(branch)
    return fate
  }

  #judge(taken: readonly ReadonlySet<number>[]): Fate {
    const all = taken.flatMap((way) => [...way])
    if (all.length === 0) return {kept: true}
    const isSure = taken.every((way) => [...way].some((other) => !this.#doubtful.has(other)))
    return {kept: false, to: Math.min(...all), isSure}
  }

  #guess(branch: number, fields: readonly BranchField[]): Fate {
    const to = this.#fields
      .slice(0, branch)
      .findIndex((other, at) => !this.#lost.has(at) && meet(other, fields))
    return to === -1 ? {kept: true} : {kept: false, to, isSure: false}
  }
}

/**
 * Finds the branches of a pattern that EventBridge loses: it takes a branch for an earlier one that names the same fields
 * where an alternative of each field is known to it from that one, and forgets the branch. Answers the branches that are left, and those that are
 * or may be lost. In a pattern so large that finding out takes too long the later branches are taken to be kept.
 *
 * Known from Event Ruler 2.0.1, the library inside the service (`GenericMachine.addStep`).
 */
export function sortBranches(all: readonly Branch[]): {branches: Branch[]; lost: LostBranch[]} {
  if (all.length < 2) return {branches: [...all], lost: []}
  const reader = new FieldReader()
  const sorter = new BranchSorter()
  const lost: LostBranch[] = []
  const branches = all.filter((branch) => {
    const fate = sorter.next(reader.read(branch))
    if (fate === undefined || fate.kept) return true
    lost.push({branch, earlier: all[fate.to] ?? branch, isSure: fate.isSure})
    return !fate.isSure
  })
  return {branches, lost}
}
