import type {DeliveryStreamType} from '@aws-sdk/client-firehose'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import type {ActualStream} from './actual-road'
import {readOrAbsent} from './read'

/** The delivery stream of this name. A stream has one destination. */
export async function readStream(clients: AwsClients, name: string): Promise<ActualStream | undefined> {
  const {DescribeDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const client = await clients.firehose()
  const answer = await readOrAbsent(`read delivery stream ${name}`, () =>
    client.send(new DescribeDeliveryStreamCommand({DeliveryStreamName: name})),
  )
  const stream = answer?.DeliveryStreamDescription
  const destination = stream?.Destinations?.[0]
  return (
    stream && {
      status: stream.DeliveryStreamStatus,
      failure: stream.FailureDescription?.Details,
      type: stream.DeliveryStreamType,
      versionId: stream.VersionId ?? '1',
      destinationId: destination?.DestinationId,
      destination: destination?.ExtendedS3DestinationDescription,
    }
  )
}

/**
 * The names of the delivery streams of account and region: all, or those of a type. Firehose continues a list after the
 * last name seen, and says only that there is more.
 */
export async function streamNames(clients: AwsClients, type?: DeliveryStreamType): Promise<string[]> {
  const {ListDeliveryStreamsCommand} = await import('@aws-sdk/client-firehose')
  const client = await clients.firehose()
  const wanted = {DeliveryStreamType: type}
  const names = await readOrAbsent('list the delivery streams', () =>
    allItems(
      (last) =>
        client.send(new ListDeliveryStreamsCommand({...wanted, ExclusiveStartDeliveryStreamName: last})),
      (page) => (page.HasMoreDeliveryStreams ? page.DeliveryStreamNames?.at(-1) : undefined),
      (page) => page.DeliveryStreamNames,
    ),
  )
  return names ?? []
}
