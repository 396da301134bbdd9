import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {ActualTarget} from './actual-road'
import {parsePolicyText} from './parse-policy-text'
import {readOrAbsent} from './read'

/** The Lambda function, version or alias, with its policy. One that is Inactive wakes up when it is called. */
export async function readFunction(clients: AwsClients, {target}: Road): Promise<ActualTarget | undefined> {
  const {GetFunctionConfigurationCommand, GetPolicyCommand} = await import('@aws-sdk/client-lambda')
  const client = await clients.lambda()
  const input = {FunctionName: target.arn}
  const found = await readOrAbsent(`read function ${target.name}`, () =>
    client.send(new GetFunctionConfigurationCommand(input)),
  )
  if (!found) return undefined
  const answer = await readOrAbsent(`read the policy of function ${target.name}`, () =>
    client.send(new GetPolicyCommand(input)),
  )
  return {
    policy: answer?.Policy === undefined ? undefined : parsePolicyText(answer.Policy),
    trouble:
      found.State === 'Failed' ? `has failed: ${found.StateReason ?? 'Lambda gives no reason'}` : undefined,
  }
}
