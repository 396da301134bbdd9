import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {ActualTarget} from './actual-road'
import {readOrAbsent} from './read'
import {readBus} from './read-events'

/** The bus that events are forwarded to. */
export async function readTargetBus(clients: AwsClients, {target}: Road): Promise<ActualTarget | undefined> {
  return (await readBus(clients, target.name)) && {}
}

/** The API destination; one of the same name with another id in its ARN is another one. */
export async function readApiDestination(
  clients: AwsClients,
  {target}: Road,
): Promise<ActualTarget | undefined> {
  const {DescribeApiDestinationCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const found = await readOrAbsent(`read API destination ${target.name}`, () =>
    client.send(new DescribeApiDestinationCommand({Name: target.name})),
  )
  if (found?.ApiDestinationArn !== target.arn) return undefined
  const state = found.ApiDestinationState
  return {trouble: state === 'INACTIVE' ? 'is INACTIVE, as its connection is not authorized' : undefined}
}
