import type {PolicyDocument} from '../../road/policies'
import {statementsOf} from '../../binding/plan/differences'
import type {Commands} from '../commands'
import type {WholeRole} from '../read-whole-role'

/** What a role must have that somebody else looks after. */
export interface NeededOfRole {
  trustPolicy: PolicyDocument
  /** Name of an inline policy that nobody else gives. */
  policyName: string
  policy: PolicyDocument
}

/** Makes the role with all that it needs. */
export function makeRole(arn: string, needed: NeededOfRole, commands: Commands): string {
  const [, path = '', name = ''] = /:role\/(.*\/)?([^/]+)$/.exec(arn) ?? []
  const words = ['--role-name', name, ...(path === '' ? [] : ['--path', `/${path}`])]
  const trust = JSON.stringify(needed.trustPolicy)
  const create = commands.aws('iam', 'create-role', ...words, '--assume-role-policy-document', trust)
  return commands.inTurn(create, allow(name, needed, commands))
}

/** Adds what is needed to the trust policy; who else may take the role on stays. */
export function widenTrust(role: WholeRole, {trustPolicy}: NeededOfRole, commands: Commands): string {
  const before = parsed(role.trustPolicy)
  const policy = {
    ...trustPolicy,
    ...before,
    Statement: [...statementsOf(before), ...trustPolicy.Statement],
  }
  const words = ['--role-name', role.name, '--policy-document', JSON.stringify(policy)]
  return commands.aws('iam', 'update-assume-role-policy', ...words)
}

/** Allows what is needed in a policy of its own; the others of the role stay. */
export function allow(role: string, {policyName, policy}: NeededOfRole, commands: Commands): string {
  const words = ['--role-name', role, '--policy-name', policyName]
  return commands.aws('iam', 'put-role-policy', ...words, '--policy-document', JSON.stringify(policy))
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object
  } catch {
    return {}
  }
}
