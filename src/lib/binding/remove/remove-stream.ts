import {waitUntil} from '../../aws/wait'
import type {RemovalContext} from './remove'
import {readStream} from '../read/read-stream'
import {unlessGone} from '../../aws/unless-gone'

const goneWithinMs = 5 * 60_000

/** Deletes the delivery stream and waits until it has gone, so that its role outlives its last delivery. Throws `WAIT_TIMED_OUT`. */
export async function removeStream(context: RemovalContext): Promise<void> {
  const {clients, now, sleep, signal} = context
  const {DeleteDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const client = await clients.firehose()
  const {name} = context.road.stream
  if (context.actual.stream?.status !== 'DELETING') {
    await unlessGone(() => client.send(new DeleteDeliveryStreamCommand({DeliveryStreamName: name})))
  }
  const look = async (): Promise<true | undefined> => ((await readStream(clients, name)) ? undefined : true)
  const waitingFor = `delivery stream ${name} to be deleted`
  await waitUntil(look, {now, sleep, signal, timeoutMs: goneWithinMs, waitingFor})
}
