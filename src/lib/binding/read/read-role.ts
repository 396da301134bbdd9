import type {AwsClients} from '../../aws/clients'
import type {RoleResource} from '../../road/road'
import type {ActualRole} from './actual-road'
import {parsePolicyText} from './parse-policy-text'
import {readOrAbsent} from './read'

/** The role with its trust policy and the one inline policy that the road puts on it. */
export async function readRole(clients: AwsClients, role: RoleResource): Promise<ActualRole | undefined> {
  const {GetRoleCommand, GetRolePolicyCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const found = await readOrAbsent(`read role ${role.name}`, () =>
    client.send(new GetRoleCommand({RoleName: role.name})),
  )
  if (!found) return undefined
  const policy = await readOrAbsent(`read the policy of role ${role.name}`, () =>
    client.send(new GetRolePolicyCommand({RoleName: role.name, PolicyName: role.policyName})),
  )
  return {
    trustPolicy: parseDocument(found.Role?.AssumeRolePolicyDocument),
    policy: parseDocument(policy?.PolicyDocument),
    permissionsBoundary: found.Role?.PermissionsBoundary?.PermissionsBoundaryArn,
  }
}

/** IAM, GetRole: "Policies returned by this operation are URL-encoded compliant with RFC 3986." */
function parseDocument(text: string | undefined): unknown {
  if (text === undefined) return undefined
  const isEncoded = text.trimStart().startsWith('%')
  return parsePolicyText(isEncoded ? decodeURIComponent(text) : text)
}
