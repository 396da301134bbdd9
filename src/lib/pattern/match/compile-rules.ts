import {compileCondition} from './condition'
import type {Condition} from './condition'
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
}

/** Rules made ready for matching. */
export interface CompiledRules {
  root: PathNode
  /** By the number of the path. */
  indexes: (FieldIndex | undefined)[]
  conditions: Condition[]
  /** Branches to look at when a condition (by its id) holds. */
  byCondition: CompiledBranch[][]
  /** Branches to look at when a path (by its number) is in the event. */
  byField: CompiledBranch[][]
  /** Branches to look at for every event: those that ask only for what is absent. */
  always: CompiledBranch[]
  /** By the number of the path: whether a rule looks at numbers there. */
  isNumeric: boolean[]
}

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
    return {rule, conditions: conditions.sort((a, b) => (a.path < b.path ? -1 : 1))}
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

/** The condition of a branch that the fewest branches share; only one that a value leads to. */
function rarest(branch: CompiledBranch, uses: readonly number[]): Condition | undefined {
  const found = branch.conditions.filter(({entries}) => entries !== undefined)
  return found.reduce<Condition | undefined>((best, condition) => {
    return best === undefined || (uses[condition.id] ?? 0) < (uses[best.id] ?? 0) ? condition : best
  }, undefined)
}

function indexesOf(collector: Collector): (FieldIndex | undefined)[] {
  const byField = collector.paths.map((): Condition[] => [])
  for (const condition of collector.conditions) {
    if (condition.entries !== undefined) byField[condition.field]?.push(condition)
  }
  return byField.map((conditions) => (conditions.length > 0 ? new FieldIndex(conditions) : undefined))
}

/** Makes patterns ready for matching; a rule is known by its place in the list. */
export function compileRules(patterns: readonly Pattern[]): CompiledRules {
  const collector = new Collector()
  const branches = patterns.flatMap((pattern, rule) =>
    pattern.branches.map((branch) => collector.branch(rule, branch)),
  )
  const compiled: CompiledRules = {
    root: buildPathTree(collector.paths),
    indexes: indexesOf(collector),
    conditions: collector.conditions,
    byCondition: collector.conditions.map(() => []),
    byField: collector.paths.map(() => []),
    always: [],
    isNumeric: collector.paths.map((_, field) =>
      collector.conditions.some((condition) => condition.field === field && condition.numeric),
    ),
  }
  for (const branch of branches) {
    const found = rarest(branch, collector.uses)
    const needed = branch.conditions.find(({absent}) => !absent)
    const list =
      found === undefined ? needed && compiled.byField[needed.field] : compiled.byCondition[found.id]
    ;(list ?? compiled.always).push(branch)
  }
  return compiled
}
