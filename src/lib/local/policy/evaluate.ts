import {matchConditions, type Match} from './condition'
import {parsePolicy, PolicyFault, type PolicyDocument, type Statement} from './document'
import {matchesWildcard} from '../../core/iam-wildcard'
import {resolveVariables, type PolicyContext} from './wildcard'

export interface Principal {
  /** A service acting by itself: `events.amazonaws.com`. */
  service?: string | undefined
  /** A user or role. */
  arn?: string | undefined
}

export interface AccessRequest {
  action: string
  resource: string
  context?: PolicyContext | undefined
}

/** `denied`: a statement says Deny, or a policy cannot be read. `not-allowed`: none says Allow. */
export type Decision = 'allowed' | 'denied' | 'not-allowed'

/** What the policies of a user or role say to a request. An explicit Deny wins over every Allow. Never throws. */
export function evaluateIdentityPolicies(texts: readonly string[], request: AccessRequest): Decision {
  return decide(texts, (statement) => matchTarget(statement, request))
}

export interface ResourceAccessRequest extends AccessRequest {
  principalService?: string | undefined
  principalArn?: string | undefined
}

/** What the policy of a resource (a queue, a bucket) says to a request of the principal. Without a policy nothing is allowed. Never throws. */
export function evaluateResourcePolicy(
  policyText: string | undefined,
  request: ResourceAccessRequest,
): Decision {
  const principal = {service: request.principalService, arn: request.principalArn}
  return decide(policyText === undefined ? [] : [policyText], (statement) =>
    allOf([matchPrincipal(statement, principal), matchTarget(statement, request)]),
  )
}

/** Whether a role's trust policy lets the principal assume the role. A trust policy names no resource. Never throws. */
export function evaluateTrustPolicy(
  policyText: string,
  request: {principal: Principal; action?: string; context?: PolicyContext | undefined},
): Decision {
  const {principal, action = 'sts:AssumeRole', context = {}} = request
  return decide([policyText], (statement) =>
    allOf([
      matchPrincipal(statement, principal),
      matchAction(statement, action),
      matchConditions(statement.conditions, context),
    ]),
  )
}

function decide(texts: readonly string[], match: (statement: Statement) => Match): Decision {
  const documents = texts.map(readPolicy)
  const statements: Statement[] = []
  for (const document of documents) {
    if (document instanceof PolicyFault) return 'denied'
    statements.push(...document.statements)
  }
  if (statements.some((s) => s.effect === 'Deny' && match(s) !== 'no')) return 'denied'
  return statements.some((s) => s.effect === 'Allow' && match(s) === 'yes') ? 'allowed' : 'not-allowed'
}

/** Policies are asked far more often than written; a text is read once. */
const read = new Map<string, PolicyDocument | PolicyFault>()
const maxRead = 256

function readPolicy(text: string): PolicyDocument | PolicyFault {
  let document = read.get(text)
  if (!document) {
    if (read.size >= maxRead) read.clear()
    document = parsePolicy(text)
    read.set(text, document)
  }
  return document
}

function matchTarget(statement: Statement, request: AccessRequest): Match {
  const context = request.context ?? {}
  return allOf([
    matchAction(statement, request.action),
    matchResource(statement, request.resource, context),
    matchConditions(statement.conditions, context),
  ])
}

function matchAction(statement: Statement, action: string): Match {
  const isNamed = (patterns: string[]): boolean =>
    patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()))
  if (statement.notActions) return isNamed(statement.notActions) ? 'no' : 'yes'
  return isNamed(statement.actions ?? []) ? 'yes' : 'no'
}

function matchResource(statement: Statement, resource: string, context: PolicyContext): Match {
  const isNamed = (patterns: string[]): boolean =>
    patterns.some((text) => {
      const pattern = resolveVariables(text, context)
      return pattern !== undefined && matchesWildcard(pattern, resource)
    })
  if (statement.notResources) return isNamed(statement.notResources) ? 'no' : 'yes'
  return isNamed(statement.resources ?? []) ? 'yes' : 'no'
}

/** `NotPrincipal` is not evaluated: it never allows, and a denial with it holds. */
function matchPrincipal(statement: Statement, principal: Principal): Match {
  if (statement.hasNotPrincipal) return 'unknown'
  if (statement.principal === '*') return 'yes'
  const {AWS: accounts = [], Service: services = []} = statement.principal ?? {}
  // `{"AWS": "*"}` and `"*"` are the same in a resource's policy (IAM user guide, "All principals").
  if (accounts.includes('*')) return 'yes'
  if (principal.service !== undefined && services.includes(principal.service)) return 'yes'
  const {arn} = principal
  return arn !== undefined && accounts.some((name) => namesPrincipal(name, arn)) ? 'yes' : 'no'
}

/** An account (its id, or its root) stands for every user and role in it. */
function namesPrincipal(name: string, arn: string): boolean {
  const accountId = arn.split(':')[4] ?? ''
  return (
    name === arn || name === accountId || (name.endsWith(`::${accountId}:root`) && name.startsWith('arn:'))
  )
}

function allOf(matches: Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('unknown') ? 'unknown' : 'yes'
}
