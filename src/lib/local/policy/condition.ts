import type {Statement} from './document'
import {matchesArn, matchesWildcard} from '../../core/iam-wildcard'
import {resolveVariables, toPlainText, valuesOf, type PolicyContext} from './wildcard'

/** `unknown` is an operator that is not evaluated here: it never allows, and a denial that hangs on it holds. */
export type Match = 'yes' | 'no' | 'unknown'

type Test = (wanted: string, seen: string) => boolean

const isEqual: Test = (wanted, seen) => toPlainText(wanted) === seen
const isEqualFolded: Test = (wanted, seen) => toPlainText(wanted).toLowerCase() === seen.toLowerCase()

/** The operators by name, and whether they hold when no value matches (`NotEquals`). */
const operators: Readonly<Record<string, {test: Test; negated: boolean}>> = {
  StringEquals: {test: isEqual, negated: false},
  StringNotEquals: {test: isEqual, negated: true},
  StringEqualsIgnoreCase: {test: isEqualFolded, negated: false},
  StringNotEqualsIgnoreCase: {test: isEqualFolded, negated: true},
  StringLike: {test: matchesWildcard, negated: false},
  StringNotLike: {test: matchesWildcard, negated: true},
  // "ArnEquals and ArnLike behave identically" (IAM user guide).
  ArnEquals: {test: matchesArn, negated: false},
  ArnLike: {test: matchesArn, negated: false},
  ArnNotEquals: {test: matchesArn, negated: true},
  ArnNotLike: {test: matchesArn, negated: true},
  Bool: {test: isEqualFolded, negated: false},
}

/** True (`yes`) when every condition of a statement holds for the request's context. */
export function matchConditions(conditions: Statement['conditions'], context: PolicyContext): Match {
  const results = conditions.map((condition) => matchCondition(condition, context))
  if (results.includes('no')) return 'no'
  return results.includes('unknown') ? 'unknown' : 'yes'
}

function matchCondition(condition: Statement['conditions'][number], context: PolicyContext): Match {
  const seen = valuesOf(context, condition.key)
  if (condition.operator === 'Null') {
    return toMatch(
      condition.values.some((value) => (value.toLowerCase() === 'true') === (seen === undefined)),
    )
  }
  const [, quantifier, name = '', ifExists] =
    /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(condition.operator) ?? []
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator) return 'unknown'
  if (seen === undefined) {
    return toMatch(
      ifExists !== undefined || quantifier === 'ForAllValues:' || (operator.negated && !quantifier),
    )
  }
  const wanted = condition.values.map((value) => resolveVariables(value, context))
  const holds = (value: string): boolean =>
    wanted.some((pattern) => pattern !== undefined && operator.test(pattern, value)) !== operator.negated
  if (quantifier === 'ForAllValues:') return toMatch(seen.every(holds))
  // A negated operator without a quantifier holds when no value of the request is among the wanted ones.
  return toMatch(operator.negated && !quantifier ? seen.every(holds) : seen.some(holds))
}

function toMatch(holds: boolean): Match {
  return holds ? 'yes' : 'no'
}
