import type {Statement} from './statements'
import {matchesArn, matchesWildcard} from '../../core/iam-wildcard'

export type Certainty = 'yes' | 'no' | 'unknown'

/** Values of a request by condition key; a key that is not here is not known, which is not the same as absent. */
export type RequestContext = Readonly<Record<string, string>>

type Test = (wanted: string, seen: string) => boolean

const equal: Test = (wanted, seen) => wanted === seen
const equalFolded: Test = (wanted, seen) => wanted.toLowerCase() === seen.toLowerCase()

/** The operators that a service's calls are limited by in practice, and whether they hold where no value matches. */
const operators: Readonly<Record<string, {test: Test; negated: boolean}>> = {
  stringequals: {test: equal, negated: false},
  stringnotequals: {test: equal, negated: true},
  stringequalsignorecase: {test: equalFolded, negated: false},
  stringlike: {test: matchesWildcard, negated: false},
  stringnotlike: {test: matchesWildcard, negated: true},
  // "ArnEquals and ArnLike behave identically" (IAM user guide).
  arnequals: {test: matchesArn, negated: false},
  arnlike: {test: matchesArn, negated: false},
  arnnotequals: {test: matchesArn, negated: true},
  arnnotlike: {test: matchesArn, negated: true},
}

/** Whether a condition holds for a request; `unknown` where its operator or its key is not known here. */
export function conditionHolds(
  {operator, key, values}: Statement['conditions'][number],
  context: RequestContext,
): Certainty {
  const rule = operators[operator.toLowerCase().replace(/ifexists$/, '')]
  const name = Object.keys(context).find((known) => known.toLowerCase() === key.toLowerCase())
  const seen = name === undefined ? undefined : context[name]
  if (!rule || seen === undefined || values.some((value) => value.includes('${'))) return 'unknown'
  const matches = values.some((wanted) => rule.test(wanted, seen))
  return matches !== rule.negated ? 'yes' : 'no'
}
