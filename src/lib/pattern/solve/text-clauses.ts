import type {Budget} from './budget'
import type {Demand} from './demand'
import {GlobMachine} from './glob-machine'
import {textRule} from './text-rule'
import type {TextClause} from './text-search'

type Rules = ReturnType<typeof textRule>[]

/** One of the rules must hold. An address is what is looked for elsewhere, so here it holds for no text. */
function anyOf(rules: Rules): TextClause | undefined {
  if (rules.some(({kind}) => kind === 'always')) return undefined
  const globs = rules.filter((rule) => rule.kind === 'globs')
  const plain = globs.filter(({negated}) => !negated).flatMap((rule) => rule.globs)
  const negated = globs.filter((rule) => rule.negated)
  return [
    {machine: new GlobMachine(plain), negated: false},
    ...negated.map((rule) => ({machine: new GlobMachine(rule.globs), negated: true})),
  ]
}

/** None of the rules must hold. Which texts are no addresses is not known here, so an address excludes none. */
function noneOf(rules: Rules): TextClause[] {
  if (rules.some(({kind}) => kind === 'always')) return [[{machine: new GlobMachine([]), negated: false}]]
  const globs = rules.filter((rule) => rule.kind === 'globs')
  const plain = globs.filter(({negated}) => !negated).flatMap((rule) => rule.globs)
  const negated = globs.filter((rule) => rule.negated)
  return [
    [{machine: new GlobMachine(plain), negated: true}],
    ...negated.map((rule): TextClause => [{machine: new GlobMachine(rule.globs), negated: false}]),
  ]
}

/**
 * What texts must satisfy for demands to agree, where the text is no address or, with `bits`, an address that begins with
 * these. Every text that the demands agree with satisfies the clauses of one or the other; undefined when making them takes
 * too long.
 */
export function textClauses(
  demands: readonly Demand[],
  bits: string | undefined,
  budget: Budget,
): TextClause[] | undefined {
  const clauses: TextClause[] = []
  for (const demand of demands) {
    if (bits !== undefined && demand.asksForAll(bits)) continue
    const rules = demand.source.alternatives.map(textRule)
    const own = demand.negated ? noneOf(rules) : [anyOf(rules)]
    for (const clause of own) {
      if (clause === undefined) continue
      clauses.push(clause)
      if (!budget.spend(clause.reduce((size, {machine}) => size + machine.size, 1))) return undefined
    }
  }
  return clauses
}
