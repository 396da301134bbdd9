import type {RemovalContext} from './remove'
import {unlessGone} from '../../aws/unless-gone'

/** Takes back what lets EventBridge send to a log group or call a function. */
export async function removeResourcePolicy({clients, road}: RemovalContext): Promise<void> {
  const {grant, kind, target} = road
  if (kind.name === 'lambda') {
    const {RemovePermissionCommand} = await import('@aws-sdk/client-lambda')
    const client = await clients.lambda()
    const input = {FunctionName: target.arn, StatementId: grant?.statements[0]?.Sid}
    await unlessGone(() => client.send(new RemovePermissionCommand(input)))
    return
  }
  const {DeleteResourcePolicyCommand} = await import('@aws-sdk/client-cloudwatch-logs')
  const client = await clients.logs()
  await unlessGone(() => client.send(new DeleteResourcePolicyCommand({policyName: grant?.name})))
}
