import type {GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput} from '@aws-sdk/client-sts'
import {formatArn, partitionOf} from '../../../core/arn'
import type {CallContext, Operation} from '../../platform'

/** The caller: always the root of the endpoint's one account, for signatures are not checked. */
export const getCallerIdentity: Operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput> = (
  _,
  ctx,
) => ({
  Account: ctx.accountId,
  Arn: callerArn(ctx),
  UserId: ctx.accountId,
})

/** The ARN under which every caller of the endpoint acts. */
export function callerArn(ctx: CallContext): string {
  const partition = partitionOf(ctx.region)
  return formatArn({partition, service: 'iam', region: '', accountId: ctx.accountId, resource: 'root'})
}
