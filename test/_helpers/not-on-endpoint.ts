/**
 * Actions that the local endpoint has no use for: it has no functions and no managed policies. `test/peers/permissions.peer.ts` sees them
 * called on an endpoint that has both.
 */
export const notOnEndpoint: ReadonlySet<string> = new Set([
  'lambda:GetPolicy',
  'lambda:AddPermission',
  'lambda:RemovePermission',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:DetachRolePolicy',
])
