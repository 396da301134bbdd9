import type {AssumeRoleCommandInput, AssumeRoleCommandOutput} from '@aws-sdk/client-sts'
import {randomBytes} from 'node:crypto'
import {formatArn, partitionOf} from '../../../core/arn'
import type {Operation} from '../../platform'
import type {RolePolicies} from '../../policy/role-policies'
import {notEmulated, ServiceError} from '../../service-error'
import {callerArn} from './get-caller-identity'

/** Each would narrow or bind the session in a way that nothing here evaluates. */
const refused = [
  ...(['Policy', 'PolicyArns', 'SerialNumber', 'TokenCode', 'ProvidedContexts'] as const),
  ...(['Tags', 'TransitiveTagKeys', 'SourceIdentity'] as const),
]

/**
 * Credentials of a role, as far as its trust policy lets the caller assume it. The endpoint takes any credentials, so these
 * are as good as others. Throws `AccessDenied` (403, also for a role that does not exist) and `ValidationError`.
 */
export function assumeRole(roles: RolePolicies): Operation<AssumeRoleCommandInput, AssumeRoleCommandOutput> {
  return (input, ctx) => {
    const found = refused.find((member) => input[member] !== undefined)
    if (found) throw notEmulated(found, 'ValidationError')
    const session = sessionNameOf(input.RoleSessionName)
    const role = roles.roleByArn(input.RoleArn ?? '')
    const durationSeconds = durationOf(input.DurationSeconds, role?.maxSessionDuration ?? 3600)
    const context = {
      'sts:ExternalId': input.ExternalId,
      'sts:RoleSessionName': session,
      'aws:PrincipalAccount': ctx.accountId,
    }
    if (!role || !roles.mayAssume(role.arn, {arn: callerArn(ctx)}, context)) {
      throw new ServiceError(
        'AccessDenied',
        `User: ${callerArn(ctx)} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn ?? ''}`,
        403,
      )
    }
    const arn = {partition: partitionOf(ctx.region), service: 'sts', region: '', accountId: ctx.accountId}
    return {
      Credentials: {
        AccessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        SecretAccessKey: randomBytes(30).toString('base64'),
        SessionToken: randomBytes(96).toString('base64'),
        Expiration: new Date(ctx.now + durationSeconds * 1000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${session}`,
        Arn: formatArn({...arn, resource: `assumed-role/${role.name}/${session}`}),
      },
    }
  }
}

function sessionNameOf(name = ''): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name
  throw new ServiceError(
    'ValidationError',
    `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
  )
}

function durationOf(seconds = 3600, max: number): number {
  if (seconds < 900) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    )
  }
  if (seconds > max) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  return seconds
}
