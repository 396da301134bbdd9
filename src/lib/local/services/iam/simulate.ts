import type {
  EvaluationResult,
  SimulatePrincipalPolicyCommandInput,
  SimulatePrincipalPolicyCommandOutput,
} from '@aws-sdk/client-iam'
import type {Operation} from '../../platform'
import {parsePolicy, PolicyFault} from '../../policy/document'
import {evaluateIdentityPolicies, type Decision} from '../../policy/evaluate'
import type {RolePolicies} from '../../policy/role-policies'
import {ServiceError} from '../../service-error'
import {noSuchRole} from './errors'
import {pageOfItems, refuse} from './input'

/** Each of these would change what a policy says, and is not looked at here. */
const notEvaluated = [
  ...['CallerArn', 'ContextEntries', 'PermissionsBoundaryPolicyInputList', 'PolicyInputList'],
  ...['ResourceHandlingOption', 'ResourceOwner', 'ResourcePolicy'],
]

const decisions: Readonly<Record<Decision, EvaluationResult['EvalDecision']>> = {
  allowed: 'allowed',
  denied: 'explicitDeny',
  'not-allowed': 'implicitDeny',
}

/**
 * What the inline policies of a role say to each action on each resource, as they are evaluated when a service acts for the
 * role; its trust policy is not asked. Throws `NoSuchEntity` and `InvalidInput`.
 */
export function simulatePrincipalPolicy(
  roles: RolePolicies,
): Operation<SimulatePrincipalPolicyCommandInput, SimulatePrincipalPolicyCommandOutput> {
  return (input) => {
    refuse(input, notEvaluated)
    const arn = input.PolicySourceArn ?? ''
    const role = roles.roleByArn(arn)
    if (!role) throw noSuchRole(arn.slice(arn.lastIndexOf('/') + 1))
    const texts = Object.values(role.inlinePolicies)
    const missing = keysAskedFor(texts)
    const {ResourceArns: resources = ['*'], ActionNames: actions = []} = input
    const results = actions.map(actionOf).flatMap((action) =>
      resources.map((resource) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decisions[evaluateIdentityPolicies(texts, {action, resource})],
        MissingContextValues: missing,
      })),
    )
    const {items, page} = pageOfItems(results, input)
    return {EvaluationResults: items, ...page}
  }
}

/** "Each operation must include the service identifier"; "this operation does not support using wildcards" (SimulatePrincipalPolicy). */
function actionOf(name: string): string {
  if (/^[\w-]+:\w+$/.test(name)) return name
  throw new ServiceError('InvalidInputException', `Invalid Entity Action: ${name}`)
}

/** The keys that conditions and policy variables ask for; none has a value, as no context is taken. */
function keysAskedFor(texts: readonly string[]): string[] {
  const keys = texts.flatMap((text) => {
    const document = parsePolicy(text)
    if (document instanceof PolicyFault) return []
    const variables = [...text.matchAll(/\$\{([\w-]+:[^,}]+)/g)].map(([, key = '']) => key.trim())
    return [...document.statements.flatMap(({conditions}) => conditions.map(({key}) => key)), ...variables]
  })
  return [...new Set(keys)]
}
