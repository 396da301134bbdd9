import {parsePolicy, PolicyFault, type PolicyDocument} from '../../policy/document'
import {ServiceError} from '../../service-error'
import {limitExceeded} from './errors'

/** IAM quotas, "IAM and STS character quotas": white space does not count. */
const maxTrustPolicyLength = 2048
const maxInlinePoliciesLength = 10_240

/** Checks a trust policy and returns its text. Throws `MalformedPolicyDocument` and `LimitExceeded`. */
export function trustPolicyOf(text: string | undefined): string {
  const {statements} = parse(text)
  for (const statement of statements) {
    if (statement.principal === undefined && !statement.hasNotPrincipal) {
      throw malformed('Missing required field Principal')
    }
    if (statement.resources ?? statement.notResources) throw malformed('Has prohibited field Resource')
    if (!(statement.actions ?? []).every((action) => /^(sts:.+|\*)$/i.test(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
    }
  }
  const checked = text ?? ''
  if (sizeOf(checked) > maxTrustPolicyLength) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${maxTrustPolicyLength}`)
  }
  return checked
}

/** Checks an inline policy and returns its text. `others` are the role's other policies: all together have a limit. */
export function inlinePolicyOf(
  text: string | undefined,
  others: readonly string[],
  roleName: string,
): string {
  const {statements} = parse(text)
  for (const statement of statements) {
    if (statement.principal !== undefined || statement.hasNotPrincipal) {
      throw malformed('Policy document should not specify a principal.')
    }
    if (!statement.resources && !statement.notResources)
      throw malformed('Policy statement must contain resources.')
    for (const resource of [...(statement.resources ?? []), ...(statement.notResources ?? [])]) {
      if (resource !== '*' && !/^(arn:|\$\{|\*)/.test(resource)) {
        throw malformed(`Resource ${resource} must be in ARN format or "*".`)
      }
    }
  }
  const checked = text ?? ''
  if ([checked, ...others].reduce((sum, policy) => sum + sizeOf(policy), 0) > maxInlinePoliciesLength) {
    throw limitExceeded(
      `Maximum policy size of ${maxInlinePoliciesLength} bytes exceeded for role ${roleName}`,
    )
  }
  return checked
}

/** Documents stand URL-encoded in IAM's answers (RFC 3986), which boto3 takes back and the JavaScript SDK does not. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function parse(text: string | undefined): PolicyDocument {
  const document = parsePolicy(text ?? '')
  if (document instanceof PolicyFault) throw malformed(document.message)
  return document
}

function sizeOf(text: string): number {
  return text.replace(/\s/g, '').length
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocumentException', message)
}
