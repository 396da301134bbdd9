import type {Store} from '../store'

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
}

/** The roles of the account and what they allow: written by IAM, asked by every service at the moment it acts for a role. */
export class RolePolicies {
  constructor(private readonly store: Store) {}

  /**
   * Why the service may not do this with this role, as a sentence; undefined when it may.
   * `role-missing`: no such role; `not-assumable`: the trust policy does not name the service; `denied`: no policy allows the action.
   */
  refusal(use: RoleUse): {reason: 'role-missing' | 'not-assumable' | 'denied'; message: string} | undefined {
    void use
    void this.store
    return undefined
  }
}
