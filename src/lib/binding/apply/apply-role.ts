import {OpError} from '../../core/errors'
import type {Road, RoleResource} from '../../road/road'
import type {ApplyContext} from './apply-context'
import type {Change} from '../change'
import {tagList} from './tag-list'

/** Makes a role, or gives it the trust policy and the permissions boundary it should have. */
export async function applyRole({clients, road}: ApplyContext, change: Change): Promise<void> {
  const {CreateRoleCommand, PutRolePermissionsBoundaryCommand, UpdateAssumeRolePolicyCommand} =
    await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const role = roleOf(road, change)
  const trust = JSON.stringify(role.trustPolicy)
  const {permissionsBoundary: PermissionsBoundary} = role
  if (change.action === 'update') {
    await client.send(new UpdateAssumeRolePolicyCommand({RoleName: role.name, PolicyDocument: trust}))
    if (PermissionsBoundary !== undefined && change.fields?.includes('permissionsBoundary')) {
      const input = {RoleName: role.name, PermissionsBoundary}
      await client.send(new PutRolePermissionsBoundaryCommand(input))
    }
    return
  }
  await client.send(
    new CreateRoleCommand({
      RoleName: role.name,
      AssumeRolePolicyDocument: trust,
      Description: role.description,
      ...(PermissionsBoundary !== undefined && {PermissionsBoundary}),
      Tags: tagList(role.tags),
    }),
  )
}

/** Puts the inline policy on a role. */
export async function applyRolePolicy({clients, road}: ApplyContext, change: Change): Promise<void> {
  const {PutRolePolicyCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const role = roleOf(road, change)
  const PolicyDocument = JSON.stringify(role.policy)
  await client.send(
    new PutRolePolicyCommand({RoleName: role.name, PolicyName: role.policyName, PolicyDocument}),
  )
}

function roleOf(road: Road, change: Change): RoleResource {
  const role = [road.deliveryRole, road.targetRole].find((r) => r.name === change.name)
  if (role) return role
  throw new OpError('bug', 'BUG', `The plan names a role ${change.name} that is not of this road.`)
}
