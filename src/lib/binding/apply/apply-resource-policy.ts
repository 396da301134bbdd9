import {OpError} from '../../core/errors'
import {document} from '../../road/policies'
import type {GrantResource} from '../../road/road'
import type {ApplyContext} from './apply-context'
import {statementsOf} from '../plan/differences'
import {unlessGone} from '../../aws/unless-gone'

/** Lets EventBridge send to a log group or call a function. */
export async function applyResourcePolicy(context: ApplyContext): Promise<void> {
  const {grant, kind} = context.road
  if (!grant) throw new OpError('bug', 'BUG', 'The plan names a resource policy, and the road has none.')
  await (kind.name === 'lambda' ? addPermission(context, grant) : putPolicy(context, grant))
}

/** CloudWatch Logs has policies of the account, each with a name; this one is the binding's alone. */
async function putPolicy({clients}: ApplyContext, grant: GrantResource): Promise<void> {
  const {PutResourcePolicyCommand} = await import('@aws-sdk/client-cloudwatch-logs')
  const client = await clients.logs()
  const policyDocument = JSON.stringify(document(...grant.statements))
  await client.send(new PutResourcePolicyCommand({policyName: grant.name, policyDocument}))
}

/** Lambda refuses a second statement with the same id, so one that differs is taken out first. */
async function addPermission({clients, road, actual}: ApplyContext, grant: GrantResource): Promise<void> {
  const {AddPermissionCommand, RemovePermissionCommand} = await import('@aws-sdk/client-lambda')
  const client = await clients.lambda()
  const StatementId = grant.statements[0]?.Sid
  const input = {FunctionName: road.target.arn, StatementId}
  if (statementsOf(actual.target?.policy).some((s) => (s as {Sid?: string}).Sid === StatementId)) {
    await unlessGone(() => client.send(new RemovePermissionCommand(input)))
  }
  await client.send(
    new AddPermissionCommand({
      ...input,
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: road.rule.arn,
    }),
  )
}
