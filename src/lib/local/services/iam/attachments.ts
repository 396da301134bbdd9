import type {
  AttachRolePolicyCommandInput,
  AttachRolePolicyCommandOutput,
  DetachRolePolicyCommandInput,
  DetachRolePolicyCommandOutput,
  ListAttachedRolePoliciesCommandInput,
  ListAttachedRolePoliciesCommandOutput,
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
} from '@aws-sdk/client-iam'
import type {Operation} from '../../platform'
import type {RolePolicies} from '../../policy/role-policies'
import {notEmulated} from '../../service-error'
import {noSuchEntity} from './errors'
import {roleOf} from './input'

/** Managed policies are not emulated: attaching one would promise permissions that nothing here evaluates. Throws `InvalidInput`. */
export function attachRolePolicy(
  roles: RolePolicies,
): Operation<AttachRolePolicyCommandInput, AttachRolePolicyCommandOutput> {
  return (input) => {
    roleOf(roles, input.RoleName)
    throw notEmulated(
      `Attaching the managed policy ${input.PolicyArn ?? ''} (write it into the role with PutRolePolicy)`,
      'InvalidInputException',
    )
  }
}

/** No managed policy can be attached, so there is none to detach. Throws `NoSuchEntity`. */
export function detachRolePolicy(
  roles: RolePolicies,
): Operation<DetachRolePolicyCommandInput, DetachRolePolicyCommandOutput> {
  return (input) => {
    roleOf(roles, input.RoleName)
    throw noSuchEntity(`Policy ${input.PolicyArn ?? ''} was not found.`)
  }
}

/** The managed policies of a role: none. Throws `NoSuchEntity` for the role. */
export function listAttachedRolePolicies(
  roles: RolePolicies,
): Operation<ListAttachedRolePoliciesCommandInput, ListAttachedRolePoliciesCommandOutput> {
  return (input) => {
    roleOf(roles, input.RoleName)
    return {AttachedPolicies: [], IsTruncated: false}
  }
}

/** The instance profiles of a role: none, for nothing here runs on EC2. Infrastructure tools ask before they delete a role. */
export function listInstanceProfilesForRole(
  roles: RolePolicies,
): Operation<ListInstanceProfilesForRoleCommandInput, ListInstanceProfilesForRoleCommandOutput> {
  return (input) => {
    roleOf(roles, input.RoleName)
    return {InstanceProfiles: [], IsTruncated: false}
  }
}
