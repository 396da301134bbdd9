import {tryParseArn} from '../../core/arn'
import type {Collection, Store} from '../store'
import {evaluateIdentityPolicies, evaluateTrustPolicy, type Principal} from './evaluate'
import type {PolicyContext} from './wildcard'

export interface Role {
  name: string
  arn: string
  id: string
  path: string
  createdAt: number
  /** The trust policy, JSON text. */
  trustPolicy: string
  /** Inline policies by name, JSON text. */
  inlinePolicies: Record<string, string>
  description?: string
  maxSessionDuration?: number
  tags?: Record<string, string>
}

export interface RoleUse {
  roleArn: string
  /** The service that assumes the role: `events.amazonaws.com`, `firehose.amazonaws.com`. */
  service: string
  action: string
  resource: string
  /** The resource on whose behalf the service assumes the role (a rule, a stream): `aws:SourceArn` of the trust policy. */
  sourceArn?: string | undefined
  /** Condition keys of the action, where it has some (`kms:ViaService`). */
  context?: PolicyContext | undefined
}

export interface RoleRefusal {
  reason: 'role-missing' | 'not-assumable' | 'denied'
  message: string
}

/** The roles of the account and what they allow: written by IAM, asked by every service at the moment it acts for a role. */
export class RolePolicies {
  private readonly rows: Collection<Role>

  constructor(private readonly store: Store) {
    this.rows = store.collection('iam/roles')
  }

  /** The role of that name. Names are told apart without regard to case (IAM user guide, "IAM name requirements"). */
  role(name: string): Role | undefined {
    return this.rows.get(name.toLowerCase())
  }

  /** The role of that ARN. */
  roleByArn(arn: string): Role | undefined {
    const parsed = tryParseArn(arn)
    if (parsed?.service !== 'iam' || !parsed.resource.startsWith('role/')) return undefined
    const role = this.role(parsed.resource.slice(parsed.resource.lastIndexOf('/') + 1))
    return role?.arn === arn ? role : undefined
  }

  /** Every role, by name. */
  roles(): Role[] {
    return [...this.rows.list()].map((row) => row.value)
  }

  /** Writes a role, new or changed; durable when it returns. */
  save(role: Role): void {
    this.store.write(() => this.rows.put(role.name.toLowerCase(), role))
  }

  delete(name: string): void {
    this.store.write(() => this.rows.delete(name.toLowerCase()))
  }

  /**
   * Why the service may not do this with this role, as a sentence; undefined when it may.
   * `role-missing`: no such role; `not-assumable`: the trust policy does not name the service; `denied`: no policy allows the action.
   */
  refusal(use: RoleUse): RoleRefusal | undefined {
    const role = this.roleByArn(use.roleArn)
    if (!role) return {reason: 'role-missing', message: `The role ${use.roleArn} does not exist.`}
    const principal = {service: use.service}
    if (!isAssumable(role, principal, {...sourceContext(use), ...use.context})) {
      return {
        reason: 'not-assumable',
        message: `The trust policy of ${use.roleArn} does not let ${use.service} assume the role.`,
      }
    }
    return denial(role, use)
  }

  /** True when the role exists and its trust policy lets the principal assume it. */
  mayAssume(roleArn: string, principal: Principal, context: PolicyContext): boolean {
    const role = this.roleByArn(roleArn)
    return role !== undefined && isAssumable(role, principal, context)
  }
}

function isAssumable(role: Role, principal: Principal, context: PolicyContext): boolean {
  return evaluateTrustPolicy(role.trustPolicy, {principal, context}) === 'allowed'
}

function denial(role: Role, use: RoleUse): RoleRefusal | undefined {
  const decision = evaluateIdentityPolicies(Object.values(role.inlinePolicies), use)
  if (decision === 'allowed') return undefined
  const why =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${use.action} action`
  return {
    reason: 'denied',
    message: `${role.arn} is not authorized to perform: ${use.action} on resource: ${use.resource} ${why}`,
  }
}

/**
 * What a service says of itself when it assumes a role. Firehose hands the account as external id: its guide has
 * `"StringEquals": {"sts:ExternalId": "ACCOUNT"}` in the trust policy.
 */
function sourceContext(use: RoleUse): PolicyContext {
  const accountId = tryParseArn(use.roleArn)?.accountId
  return {
    'aws:SourceAccount': accountId,
    'aws:SourceArn': use.sourceArn,
    'sts:ExternalId': use.service === 'firehose.amazonaws.com' ? accountId : undefined,
  }
}
