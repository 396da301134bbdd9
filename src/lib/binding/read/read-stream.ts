import type {AwsClients} from '../../aws/clients'
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
