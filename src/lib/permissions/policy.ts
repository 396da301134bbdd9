import {OpError} from '../core/errors'
import {matchesWildcard} from '../core/iam-wildcard'
import {document} from '../road/policies'
import type {PolicyDocument, PolicyStatement} from '../road/policies'
import type {Permission} from './permission'
import {permissionsOf} from './permissions-of'
import {resources} from './resources'
import type {Scope} from './scope'

/** One action on one resource. */
interface Grant {
  action: string
  resource: string
  condition: PolicyStatement['Condition']
}

/**
 * The least policy with which a command can do its work on each of the scopes. Pure. Throws `BUG` for a command that is not listed.
 */
export function policyOf(command: string, scopes: readonly Scope[]): PolicyDocument {
  const permissions = permissionsOf[command]
  if (!permissions) throw new OpError('bug', 'BUG', `The permissions of "${command}" are not listed.`)
  const grants = scopes.flatMap((scope) =>
    permissions.filter(({only}) => only?.holds(scope) ?? true).flatMap((one) => grantsOf(one, scope)),
  )
  return document(...statementsOf(withoutNarrower(grants)))
}

function grantsOf({actions, on, condition}: Permission, scope: Scope): Grant[] {
  const arns = on.flatMap((name) => resources[name].arns(scope))
  return arns.flatMap((resource) => actions.map((action) => ({action, resource, condition})))
}

/** Each grant once, and none that a wider one holds already. */
function withoutNarrower(grants: readonly Grant[]): Grant[] {
  const unique = [...new Map(grants.map((grant) => [keyOf(grant), grant])).values()]
  const isWider = (wide: Grant, narrow: Grant): boolean =>
    wide !== narrow &&
    wide.action === narrow.action &&
    sameText(wide.condition, narrow.condition) &&
    matchesWildcard(wide.resource, narrow.resource)
  return unique.filter((grant) => !unique.some((other) => isWider(other, grant)))
}

function keyOf({action, resource, condition}: Grant): string {
  return JSON.stringify([action, resource, condition])
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** One statement for all resources that the same may be done with. */
function statementsOf(grants: readonly Grant[]): PolicyStatement[] {
  const ofResource = grouped(grants, ({resource, condition}) => JSON.stringify([resource, condition]))
  const actionsOf = (some: readonly Grant[]): string[] => some.map(({action}) => action).sort()
  const alike = grouped(ofResource, (some) => JSON.stringify([actionsOf(some), some[0]?.condition]))
  return alike.map((parts) => ({
    Effect: 'Allow',
    Action: actionsOf(parts[0] ?? []),
    Resource: parts.flatMap(([first]) => first?.resource ?? []).sort(),
    ...(parts[0]?.[0]?.condition && {Condition: parts[0][0].condition}),
  }))
}

/** Items of the same key together, in the order in which the keys are first met. */
function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item)) ?? []
    groups.set(key(item), [...group, item])
  }
  return [...groups.values()]
}
