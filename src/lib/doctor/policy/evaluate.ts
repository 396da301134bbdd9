import {conditionHolds} from './condition'
import type {Certainty, RequestContext} from './condition'
import {readStatements} from './statements'
import type {Statement} from './statements'
import {matchesWildcard} from '../../core/iam-wildcard'

/** `unknown`: it hangs on a condition or a principal that cannot be judged from here. */
export type Decision = 'allowed' | 'denied' | 'not-allowed' | 'unknown'

export interface Request {
  action: string
  /** Absent in a trust policy, which names none. */
  resource?: string | undefined
  /** The service that asks for itself, `events.amazonaws.com`: for policies that name principals. */
  service?: string | undefined
  /** Condition keys of the request: `aws:SourceArn`. */
  context?: RequestContext | undefined
}

/**
 * What policies say to a request, by IAM's rules: an explicit Deny wins, then an Allow, else it is not allowed. Policies
 * that name principals (of a queue, a role's trust) are judged for `request.service`. A text that is no policy allows nothing. Never throws.
 */
export function evaluate(texts: readonly string[], request: Request): Decision {
  const statements = texts.flatMap((text) => readStatements(text) ?? [])
  const certainty = (effect: Statement['effect']): Certainty[] =>
    statements.filter((s) => s.effect === effect).map((s) => applies(s, request))
  const denials = certainty('Deny')
  if (denials.includes('yes')) return 'denied'
  const allowances = certainty('Allow')
  if (allowances.includes('yes')) return denials.includes('unknown') ? 'unknown' : 'allowed'
  return allowances.includes('unknown') ? 'unknown' : 'not-allowed'
}

function applies(statement: Statement, request: Request): Certainty {
  return allOf([
    principalMatches(statement, request.service),
    actionMatches(statement, request.action),
    resourceMatches(statement, request),
    ...statement.conditions.map((condition) => conditionHolds(condition, request.context ?? {})),
  ])
}

function principalMatches({principal, notPrincipal}: Statement, service: string | undefined): Certainty {
  if (notPrincipal) return 'unknown'
  if (!principal || service === undefined) return 'yes'
  const names = [...(principal['Service'] ?? []), ...(principal['*'] ?? [])]
  // `{"AWS": "*"}` and `"*"` mean the same in a resource's policy (IAM user guide, "All principals").
  const isEverybody = names.includes('*') || (principal['AWS'] ?? []).includes('*')
  return isEverybody || names.includes(service) ? 'yes' : 'no'
}

function actionMatches({actions, notActions}: Statement, action: string): Certainty {
  const named = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()))
  if (notActions) return toCertainty(!named(notActions))
  return toCertainty(named(actions ?? []))
}

function resourceMatches({resources, notResources}: Statement, {resource}: Request): Certainty {
  if (resource === undefined || (!resources && !notResources)) return 'yes'
  const listed = resources ?? notResources ?? []
  // A policy variable stands for a value of the request that is not known here.
  if (listed.some((pattern) => pattern.includes('${'))) return 'unknown'
  const named = listed.some((pattern) => matchesWildcard(pattern, resource))
  return toCertainty(resources ? named : !named)
}

function allOf(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes('no')) return 'no'
  return certainties.includes('unknown') ? 'unknown' : 'yes'
}

function toCertainty(holds: boolean): Certainty {
  return holds ? 'yes' : 'no'
}
