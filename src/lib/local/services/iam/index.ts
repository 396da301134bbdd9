import type {Platform, Service} from '../../platform'
import {
  attachRolePolicy,
  detachRolePolicy,
  listAttachedRolePolicies,
  listInstanceProfilesForRole,
} from './attachments'
import {deleteRolePolicy, getRolePolicy, listRolePolicies, putRolePolicy} from './inline-policies'
import {listRoleTags, tagRole, untagRole} from './role-tags'
import {createRole, deleteRole, getRole, listRoles, updateAssumeRolePolicy, updateRole} from './roles'
import {simulatePrincipalPolicy} from './simulate'

/** AWS IAM: roles with trust policies and inline policies, which the endpoint evaluates. Users, groups and managed policies are not there. */
export function create({roles}: Platform): Service {
  return {
    operations: {
      CreateRole: createRole(roles),
      GetRole: getRole(roles),
      ListRoles: listRoles(roles),
      DeleteRole: deleteRole(roles),
      UpdateRole: updateRole(roles),
      UpdateAssumeRolePolicy: updateAssumeRolePolicy(roles),
      PutRolePolicy: putRolePolicy(roles),
      GetRolePolicy: getRolePolicy(roles),
      ListRolePolicies: listRolePolicies(roles),
      DeleteRolePolicy: deleteRolePolicy(roles),
      AttachRolePolicy: attachRolePolicy(roles),
      DetachRolePolicy: detachRolePolicy(roles),
      ListAttachedRolePolicies: listAttachedRolePolicies(roles),
      ListInstanceProfilesForRole: listInstanceProfilesForRole(roles),
      SimulatePrincipalPolicy: simulatePrincipalPolicy(roles),
      TagRole: tagRole(roles),
      UntagRole: untagRole(roles),
      ListRoleTags: listRoleTags(roles),
    },
  }
}
