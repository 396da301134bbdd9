import type {FirehoseClient} from '@aws-sdk/client-firehose'
import {isAbsent, isDenied, toOpError} from '../aws/map-sdk-error'

/** Events that a local endpoint has taken and not yet written to the lake. */
export interface Undelivered {
  count: number
  /** When the oldest of them arrived, milliseconds since 1970. */
  oldestAt?: number | undefined
}

/** What tells how far the lake is behind: a local endpoint knows, on AWS the stream's buffer bounds it. */
export interface Freshness {
  /** Asks the local endpoint; not given on AWS. */
  undelivered?: (() => Promise<Undelivered>) | undefined
  firehose: () => Promise<FirehoseClient>
  stream: string
}

/** Firehose waits at most this long ("Buffering interval": 0 to 900 seconds), so it bounds a stream that may not be read. */
const longestBufferSeconds = 900
/** Time for the delivery itself, after the buffer is closed. */
const marginMs = 60_000

/**
 * The arrival time up to which every raw object is in the lake, milliseconds since 1970, seen at `startedAt`. Local: when the oldest
 * undelivered event arrived, else `startedAt`. AWS: `startedAt` less the stream's buffering interval less a minute.
 * Throws what `toOpError` makes of Firehose's errors, except that the stream is absent or may not be read.
 */
export async function completeUntil(
  freshness: Freshness,
  startedAt: number,
): Promise<{completeUntil: number; undeliveredCount: number}> {
  if (freshness.undelivered) {
    const {count, oldestAt} = await freshness.undelivered()
    const until = count === 0 ? startedAt : Math.min(oldestAt ?? startedAt, startedAt)
    return {completeUntil: until, undeliveredCount: count}
  }
  const bufferMs = (await bufferSeconds(freshness)) * 1000
  return {completeUntil: startedAt - bufferMs - marginMs, undeliveredCount: 0}
}

async function bufferSeconds(freshness: Freshness): Promise<number> {
  const {DescribeDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const firehose = await freshness.firehose()
  try {
    const command = new DescribeDeliveryStreamCommand({DeliveryStreamName: freshness.stream})
    const {DeliveryStreamDescription} = await firehose.send(command)
    const destination = DeliveryStreamDescription?.Destinations?.[0]
    return (
      destination?.ExtendedS3DestinationDescription?.BufferingHints?.IntervalInSeconds ?? longestBufferSeconds
    )
  } catch (error) {
    if (isAbsent(error) || isDenied(error)) return longestBufferSeconds
    throw toOpError(error, `read delivery stream ${freshness.stream}`)
  }
}
