import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import type {Change} from '../change'
import type {RemovalContext} from './remove'
import {unlessGone} from '../../aws/unless-gone'

/** Deletes the inline policy that the road puts on a role. */
export async function removeRolePolicy({clients, road}: RemovalContext, change: Change): Promise<void> {
  const {DeleteRolePolicyCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const role = road.deliveryRole.name === change.name ? road.deliveryRole : road.targetRole
  const input = {RoleName: role.name, PolicyName: role.policyName}
  await unlessGone(() => client.send(new DeleteRolePolicyCommand(input)))
}

/** Deletes a role; before that, inline policies that others put on it, and detaches what they attached: IAM refuses it else. */
export async function removeRole({clients}: RemovalContext, change: Change): Promise<void> {
  const {DeleteRoleCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  await unlessGone(async () => {
    await removeInlinePolicies(clients, change.name)
    await detachPolicies(clients, change.name)
    await client.send(new DeleteRoleCommand({RoleName: change.name}))
  })
}

async function removeInlinePolicies(clients: AwsClients, RoleName: string): Promise<void> {
  const {DeleteRolePolicyCommand, ListRolePoliciesCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const names = await allItems(
    (token) => client.send(new ListRolePoliciesCommand({RoleName, Marker: token})),
    (page) => page.Marker,
    (page) => page.PolicyNames,
  )
  for (const PolicyName of names) await client.send(new DeleteRolePolicyCommand({RoleName, PolicyName}))
}

async function detachPolicies(clients: AwsClients, RoleName: string): Promise<void> {
  const {DetachRolePolicyCommand, ListAttachedRolePoliciesCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const attached = await allItems(
    (token) => client.send(new ListAttachedRolePoliciesCommand({RoleName, Marker: token})),
    (page) => page.Marker,
    (page) => page.AttachedPolicies,
  )
  for (const {PolicyArn} of attached) await client.send(new DetachRolePolicyCommand({RoleName, PolicyArn}))
}
