import type {RolePolicy, WholeRole} from '../read-whole-role'
import {evaluate} from './evaluate'
import type {RequestContext} from './condition'
import type {Decision} from './evaluate'

/** What a service must be able to do with a role. */
export interface RoleUse {
  /** `events.amazonaws.com`. */
  service: string
  /** Condition keys that the service hands when it takes the role on. */
  trustContext: RequestContext
  /** Action -> resource; each must be allowed. */
  needs: readonly {action: string; resource: string}[]
}

export interface RoleVerdict {
  trust: Decision
  /** The needs that are not allowed, and those that cannot be judged. */
  missing: readonly string[]
  unknown: readonly string[]
  /** The first policy that denies one of the missing needs in so many words: no other policy can make up for that. */
  denying: RolePolicy | undefined
  /** The missing needs that the role's policies allow and its permissions boundary does not. */
  limited: readonly string[]
}

/** Judges a role by its own documents: its trust policy, its policies and, where it has one, its permissions boundary. Pure. */
export function judgeRole(role: WholeRole, use: RoleUse): RoleVerdict {
  const {service, trustContext: context} = use
  const decisions = use.needs.map((need) => ({...need, ...decide(role, need)}))
  const actionsWith = (...wanted: Decision[]): string[] =>
    unique(decisions.filter(({decision}) => wanted.includes(decision)).map(({action}) => action))
  const missing = actionsWith('denied', 'not-allowed')
  return {
    trust: evaluate([role.trustPolicy], {action: 'sts:AssumeRole', service, context}),
    missing,
    unknown: actionsWith('unknown'),
    denying: role.policies.find(({text}) => use.needs.some((need) => evaluate([text], need) === 'denied')),
    limited: unique(
      decisions
        .filter(({action, byBoundary}) => byBoundary && missing.includes(action))
        .map(({action}) => action),
    ),
  }
}

/** An action may be needed on several resources. */
function unique(actions: readonly string[]): string[] {
  return [...new Set(actions)]
}

function decide(role: WholeRole, need: RoleUse['needs'][number]): {decision: Decision; byBoundary: boolean} {
  const texts = role.policies.map(({text}) => text)
  const own = evaluate(texts, need)
  if (own !== 'allowed' || role.boundary === undefined) return {decision: own, byBoundary: false}
  return {decision: evaluate([role.boundary.text], need), byBoundary: true}
}
