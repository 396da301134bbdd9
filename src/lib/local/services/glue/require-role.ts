import {formatArn} from '../../../core/arn'
import type {Platform} from '../../platform'

interface RoleUser {
  platform: Platform
  /** A role's name or ARN, as jobs and crawlers take it. */
  role: string | undefined
  /** The job or crawler that takes the role on. */
  sourceArn: string
}

/** Throws TypeError where the role cannot be taken on by Glue, or does not allow the action. */
export function requireRole(
  {platform, role = '', sourceArn}: RoleUser,
  action: string,
  resource: string,
): void {
  const byName = formatArn({
    service: 'iam',
    region: '',
    accountId: platform.accountId,
    resource: `role/${role}`,
  })
  const roleArn = role.startsWith('arn:') ? role : (platform.roles.role(role)?.arn ?? byName)
  const refusal = platform.roles.refusal({
    roleArn,
    service: 'glue.amazonaws.com',
    action,
    resource,
    sourceArn,
  })
  if (refusal) throw new TypeError(refusal.message)
}
