import {sdkErrorName} from '../../aws/map-sdk-error'
import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {ActualTarget} from './actual-road'
import {readOrAbsent} from './read'

/** The Step Functions state machine. Step Functions names a missing one StateMachineDoesNotExist. */
export async function readStateMachine(
  clients: AwsClients,
  {target}: Road,
): Promise<ActualTarget | undefined> {
  const {DescribeStateMachineCommand} = await import('@aws-sdk/client-sfn')
  const client = await clients.stepFunctions()
  const found = await readOrAbsent(
    `read state machine ${target.name}`,
    () => client.send(new DescribeStateMachineCommand({stateMachineArn: target.arn})),
    (error) => sdkErrorName(error) === 'StateMachineDoesNotExist',
  )
  return found && {trouble: found.status === 'DELETING' ? 'is DELETING' : undefined}
}
