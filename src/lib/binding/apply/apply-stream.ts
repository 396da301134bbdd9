import type {ExtendedS3DestinationUpdate} from '@aws-sdk/client-firehose'
import {waitUntil} from '../../aws/wait'
import {OpError} from '../../core/errors'
import type {ApplyContext} from './apply-context'
import type {Change} from '../change'
import {readStream} from '../read/read-stream'
import {tagList} from './tag-list'
import {withNewRole} from './with-new-role'

const activeWithinMs = 5 * 60_000

/** Makes the delivery stream and waits until it is ACTIVE, or changes its destination. */
export async function applyStream(context: ApplyContext, change: Change): Promise<void> {
  if (change.action === 'update') return updateStream(context, change)
  const {CreateDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const client = await context.clients.firehose()
  const {name, destination, tags} = context.road.stream
  const command = new CreateDeliveryStreamCommand({
    DeliveryStreamName: name,
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: destination,
    Tags: tagList(tags),
  })
  await withNewRole(context, `delivery stream ${name} to accept its role`, () => client.send(command))
  await waitUntilActive(context)
}

/** Waits until the stream is ACTIVE. Throws `STREAM_NOT_READY` (service) where making it failed, `WAIT_TIMED_OUT` after five minutes. */
export async function waitUntilActive(context: ApplyContext): Promise<void> {
  const {name} = context.road.stream
  const look = async (): Promise<true | undefined> => {
    const stream = await readStream(context.clients, name)
    if (stream?.status === 'CREATING_FAILED') {
      const reason = stream.failure ?? 'Firehose gives no reason'
      throw new OpError(
        'service',
        'STREAM_NOT_READY',
        `Delivery stream ${name} could not be made: ${reason}.`,
        {
          hint: `Delete it (aws firehose delete-delivery-stream --delivery-stream-name ${name}).`,
        },
      )
    }
    return stream?.status === 'ACTIVE' ? true : undefined
  }
  const {now, sleep, signal} = context
  const waitingFor = `delivery stream ${name} to become ACTIVE`
  await waitUntil(look, {now, sleep, signal, timeoutMs: activeWithinMs, waitingFor})
}

async function updateStream(context: ApplyContext, change: Change): Promise<void> {
  const {UpdateDestinationCommand} = await import('@aws-sdk/client-firehose')
  const client = await context.clients.firehose()
  const {name, destination} = context.road.stream
  const command = new UpdateDestinationCommand({
    DeliveryStreamName: name,
    CurrentDeliveryStreamVersionId: context.actual.stream?.versionId,
    DestinationId: context.actual.stream?.destinationId,
    ExtendedS3DestinationUpdate: {...switchedOff(change.fields ?? []), ...destination},
  })
  await withNewRole(context, `delivery stream ${name} to accept its role`, () => client.send(command))
}

/** UpdateDestination leaves alone what is not named, so what should not be there is switched off by name. */
function switchedOff(fields: readonly string[]): ExtendedS3DestinationUpdate {
  return {
    ...(fields.includes('formatConversion') && {DataFormatConversionConfiguration: {Enabled: false}}),
    ...(fields.includes('fileExtension') && {FileExtension: ''}),
    ...(fields.includes('timeZone') && {CustomTimeZone: 'UTC'}),
  }
}
