import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {toOpError} from '../aws/map-sdk-error'
import {OpError} from '../core/errors'

/**
 * Makes sure that the bus (name or ARN) exists: PutEvents answers an event id for a bus that does not, and drops the event.
 * Throws `BUS_ABSENT` (absent), and what the service says otherwise.
 */
export async function checkBus(client: EventBridgeClient, bus: string): Promise<void> {
  const {DescribeEventBusCommand} = await import('@aws-sdk/client-eventbridge')
  try {
    await client.send(new DescribeEventBusCommand({Name: bus}))
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') throw busAbsent(bus, error)
    throw toOpError(error, `look for the event bus ${bus}`)
  }
}

function busAbsent(bus: string, cause: Error): OpError {
  return new OpError(
    'absent',
    'BUS_ABSENT',
    `The event bus ${bus} does not exist: events sent to it would be lost.`,
    {
      hint: `Create it and all that belongs to it: usage-tracker bind-target --bus ${bus}`,
      cause,
    },
  )
}
