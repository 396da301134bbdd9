import type {
  DeleteRolePolicyCommandInput,
  DeleteRolePolicyCommandOutput,
  GetRolePolicyCommandInput,
  GetRolePolicyCommandOutput,
  ListRolePoliciesCommandInput,
  ListRolePoliciesCommandOutput,
  PutRolePolicyCommandInput,
  PutRolePolicyCommandOutput,
} from '@aws-sdk/client-iam'
import type {Operation} from '../../platform'
import type {RolePolicies} from '../../policy/role-policies'
import type {ServiceError} from '../../service-error'
import {noSuchEntity} from './errors'
import {nameOf, pageOfItems, roleOf} from './input'
import {encodeDocument, inlinePolicyOf} from './policy-text'

/** Writes a role's inline policy, new or changed. Throws `NoSuchEntity`, `MalformedPolicyDocument`, `LimitExceeded`. */
export function putRolePolicy(
  roles: RolePolicies,
): Operation<PutRolePolicyCommandInput, PutRolePolicyCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const name = nameOf(input.PolicyName, 'policyName', 128)
    const others = without(role.inlinePolicies, name)
    const text = inlinePolicyOf(input.PolicyDocument, Object.values(others), role.name)
    roles.save({...role, inlinePolicies: {...others, [name]: text}})
    return {}
  }
}

/** An inline policy, its document URL-encoded. Throws `NoSuchEntity`. */
export function getRolePolicy(
  roles: RolePolicies,
): Operation<GetRolePolicyCommandInput, GetRolePolicyCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const name = nameOf(input.PolicyName, 'policyName', 128)
    const text = Object.hasOwn(role.inlinePolicies, name) ? role.inlinePolicies[name] : undefined
    if (text === undefined) throw noSuchPolicy(name)
    return {RoleName: role.name, PolicyName: name, PolicyDocument: encodeDocument(text)}
  }
}

/** The names of a role's inline policies, in order. Throws `NoSuchEntity`. */
export function listRolePolicies(
  roles: RolePolicies,
): Operation<ListRolePoliciesCommandInput, ListRolePoliciesCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const {items, page} = pageOfItems(Object.keys(role.inlinePolicies).sort(), input)
    return {PolicyNames: items, ...page}
  }
}

/** Removes an inline policy. Throws `NoSuchEntity`. */
export function deleteRolePolicy(
  roles: RolePolicies,
): Operation<DeleteRolePolicyCommandInput, DeleteRolePolicyCommandOutput> {
  return (input) => {
    const role = roleOf(roles, input.RoleName)
    const name = nameOf(input.PolicyName, 'policyName', 128)
    if (!Object.hasOwn(role.inlinePolicies, name)) throw noSuchPolicy(name)
    roles.save({...role, inlinePolicies: without(role.inlinePolicies, name)})
    return {}
  }
}

function without(policies: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(policies).filter(([other]) => other !== name))
}

function noSuchPolicy(name: string): ServiceError {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`)
}
