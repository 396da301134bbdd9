import type {IAMClient} from '@aws-sdk/client-iam'
import type {AwsClients} from '../aws/clients'
import {allItems} from '../aws/paginate'
import {readOrAbsent} from '../binding/read/read'

/** One policy of a role, as JSON text. `name` is set for an inline one, `arn` for one that is attached. */
export interface RolePolicy {
  name?: string
  arn?: string
  text: string
}

/** A role with everything that says what it may do, as JSON texts. */
export interface WholeRole {
  name: string
  arn: string
  trustPolicy: string
  policies: RolePolicy[]
  /** What the policies are limited to, where the role has a permissions boundary. */
  boundary: {arn: string; text: string} | undefined
}

/** The role with this ARN, or undefined where there is none. Throws what IAM says otherwise. */
export async function readWholeRole(clients: AwsClients, arn: string): Promise<WholeRole | undefined> {
  const {GetRoleCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const found = await readOrAbsent(`read role ${name}`, () =>
    client.send(new GetRoleCommand({RoleName: name})),
  )
  if (!found?.Role) return undefined
  const boundaryArn = found.Role.PermissionsBoundary?.PermissionsBoundaryArn
  const [inline, attached, boundary] = await Promise.all([
    inlinePolicies(client, name),
    attachedPolicies(client, name),
    boundaryArn === undefined ? undefined : managedPolicy(client, boundaryArn),
  ])
  return {
    name,
    arn: found.Role.Arn ?? arn,
    trustPolicy: decoded(found.Role.AssumeRolePolicyDocument),
    policies: [...inline, ...attached],
    boundary,
  }
}

async function inlinePolicies(client: IAMClient, role: string): Promise<RolePolicy[]> {
  const {GetRolePolicyCommand, ListRolePoliciesCommand} = await import('@aws-sdk/client-iam')
  const names = await readOrAbsent(`read the policies of role ${role}`, () =>
    allItems(
      (token) => client.send(new ListRolePoliciesCommand({RoleName: role, Marker: token})),
      (page) => page.Marker,
      (page) => page.PolicyNames,
    ),
  )
  return Promise.all(
    (names ?? []).map(async (policy) => {
      const read = new GetRolePolicyCommand({RoleName: role, PolicyName: policy})
      const answer = await readOrAbsent(`read policy ${policy} of role ${role}`, () => client.send(read))
      return {name: policy, text: decoded(answer?.PolicyDocument)}
    }),
  )
}

async function attachedPolicies(client: IAMClient, role: string): Promise<RolePolicy[]> {
  const {ListAttachedRolePoliciesCommand} = await import('@aws-sdk/client-iam')
  const attached = await readOrAbsent(`read the policies attached to role ${role}`, () =>
    allItems(
      (token) => client.send(new ListAttachedRolePoliciesCommand({RoleName: role, Marker: token})),
      (page) => page.Marker,
      (page) => page.AttachedPolicies,
    ),
  )
  return Promise.all((attached ?? []).map(({PolicyArn: arn}) => managedPolicy(client, arn ?? '')))
}

async function managedPolicy(client: IAMClient, arn: string): Promise<{arn: string; text: string}> {
  const {GetPolicyCommand, GetPolicyVersionCommand} = await import('@aws-sdk/client-iam')
  const answer = await readOrAbsent(`read policy ${arn}`, async () => {
    const {Policy: policy} = await client.send(new GetPolicyCommand({PolicyArn: arn}))
    const version = {PolicyArn: arn, VersionId: policy?.DefaultVersionId}
    return client.send(new GetPolicyVersionCommand(version))
  })
  return {arn, text: decoded(answer?.PolicyVersion?.Document)}
}

/** IAM: "Policies returned by this operation are URL-encoded compliant with RFC 3986." */
function decoded(text = ''): string {
  return text.trimStart().startsWith('%') ? decodeURIComponent(text) : text
}
