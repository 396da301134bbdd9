import {compileCondition} from './condition'
import type {Condition, Guard} from './condition'
import {FieldIndex} from './field-index'
import type {Branch, FieldCondition, Pattern} from '../pattern'
import {buildPathTree} from './path-tree'
import type {PathNode} from './path-tree'

/** One branch of one rule. */
export interface CompiledBranch {
  /** The rule's place in the rule set. */
  rule: number
  /** Sorted by path. */
  conditions: Condition[]
  /** Those that are still to be looked at when the branch has been found; what is likely to fail comes first. */
  checks: Condition[]
  /** Whether one of the conditions looks at numbers. */
  isNumeric: boolean
}

/** Rules made ready for matching. */
export interface CompiledRules {
  root: PathNode
  /** By the number of the path: finds the conditions that `isFound` names. */
  indexes: (FieldIndex | undefined)[]
  /** By the number of the path: all conditions that a value could lead to. */
  findable: Condition[][]
  conditions: Condition[]
  /** By the id of a condition: whether `indexes` finds it whenever it holds; else it is to be tried. */
  isFound: boolean[]
  /** Branches to look at when a condition (by its id) holds. */
  byCondition: CompiledBranch[][]
  /** Branches to look at when a path (by its number) is in the event; undefined where there are none at all. */
  byField: CompiledBranch[][] | undefined
  /** Branches to look at for every event: those that ask only for what is absent. */
  always: CompiledBranch[]
  /** By the number of the path: whether a rule looks at numbers there. */
  isNumeric: boolean[]
  /** By the number of the path: whether a rule may match by how a number there is written, not by its double. */
  gainsByText: boolean[]
  /** By the number of the path: whether a rule looks at how a number there is written. */
  readsDigits: boolean[]
}

/** A condition with more ways to hold than this is not tried but looked up, even when no branch is found by it. */
const triedLimit = 8

/** Collects paths and conditions, each once. */
class Collector {
  readonly paths: string[] = []
  readonly conditions: Condition[] = []
  /** How many branches use a condition. */
  readonly uses: number[] = []
  readonly #fields = new Map<string, number>()
  readonly #known = new Map<string, Condition>()

  branch(rule: number, branch: Branch): CompiledBranch {
    const conditions = [...branch.values()].map((source) => this.#condition(source))
    return {
      rule,
      conditions: conditions.sort((a, b) => (a.path < b.path ? -1 : 1)),
      checks: [],
      isNumeric: conditions.some(({numeric}) => numeric),
    }
  }

  #condition(source: FieldCondition): Condition {
    const key = `${JSON.stringify(source.path)}${source.source}`
    let condition = this.#known.get(key)
    if (condition === undefined) {
      condition = compileCondition(source, this.conditions.length, this.#field(source.path))
      this.#known.set(key, condition)
      this.conditions.push(condition)
      this.uses.push(0)
    }
    this.uses[condition.id] = (this.uses[condition.id] ?? 0) + 1
    return condition
  }

  #field(path: string): number {
    const known = this.#fields.get(path)
    if (known !== undefined) return known
    this.#fields.set(path, this.paths.length)
    this.paths.push(path)
    return this.paths.length - 1
  }
}

/** A guess of how much more often than a given text a value satisfies what a condition can be found by. */
const frequency: Readonly<Record<Guard['by'], number>> = {
  ...{text: 1, folded: 1, number: 2, 'number-text': 1, literal: 8, range: 8, address: 2},
  ...{prefix: 4, suffix: 4, 'folded-prefix': 4, 'folded-suffix': 4},
}

/** How many branches a condition leads to, times how often; where no value leads to it, as if it nearly always held. */
function costOf({id, entries}: Condition, uses: readonly number[]): number {
  const often = entries === undefined ? 16 : entries.reduce((sum, {guard}) => sum + frequency[guard.by], 0)
  return often * (uses[id] ?? 0)
}

/**
 * Settles in which order a branch's conditions are looked at. Answers the one by which the branch is found: of those that a
 * value leads to the one that is likely to lead to the fewest branches in vain. Undefined when there is none.
 */
function arrange(branch: CompiledBranch, uses: readonly number[]): Condition | undefined {
  const byCost = branch.conditions
    .map((condition) => ({condition, cost: costOf(condition, uses)}))
    .sort((a, b) => a.cost - b.cost)
    .map(({condition}) => condition)
  const key = byCost.find(({entries}) => entries !== undefined)
  branch.checks = byCost.filter((condition) => condition !== key)
  return key
}

/** By the number of a path: its conditions that a value can lead to. */
function findableOf({paths, conditions}: Collector): Condition[][] {
  const byField = paths.map((): Condition[] => [])
  for (const condition of conditions) {
    if (condition.entries !== undefined) byField[condition.field]?.push(condition)
  }
  return byField
}

/** By the number of a path: whether one of its conditions is of a kind. */
function fieldsWith(
  kind: 'numeric' | 'gainsByText' | 'readsDigits',
  {paths, conditions}: Collector,
): boolean[] {
  const found = paths.map(() => false)
  for (const condition of conditions) if (condition[kind]) found[condition.field] = true
  return found
}

/** Makes patterns ready for matching; a rule is known by its place in the list. */
export function compileRules(patterns: readonly Pattern[]): CompiledRules {
  const collector = new Collector()
  const branches = patterns.flatMap((pattern, rule) =>
    pattern.branches.map((branch) => collector.branch(rule, branch)),
  )
  const keys = branches.map((branch) => arrange(branch, collector.uses))
  const isFound = collector.conditions.map(
    ({entries}) => entries !== undefined && entries.length > triedLimit,
  )
  for (const key of keys) if (key !== undefined) isFound[key.id] = true
  const findable = findableOf(collector)
  const compiled: CompiledRules = {
    root: buildPathTree(collector.paths),
    indexes: findable.map((conditions) => {
      const found = conditions.filter(({id}) => isFound[id])
      return found.length > 0 ? new FieldIndex(found) : undefined
    }),
    findable,
    conditions: collector.conditions,
    isFound,
    byCondition: collector.conditions.map(() => []),
    byField: undefined,
    always: [],
    isNumeric: fieldsWith('numeric', collector),
    gainsByText: fieldsWith('gainsByText', collector),
    readsDigits: fieldsWith('readsDigits', collector),
  }
  branches.forEach((branch, index) => {
    const key = keys[index]
    const needed = branch.conditions.find(({absent}) => !absent)
    if (key !== undefined) compiled.byCondition[key.id]?.push(branch)
    else if (needed === undefined) compiled.always.push(branch)
    else {
      compiled.byField ??= collector.paths.map(() => [])
      compiled.byField[needed.field]?.push(branch)
    }
  })
  return compiled
}
