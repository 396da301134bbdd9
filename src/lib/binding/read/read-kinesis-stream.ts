import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {ActualTarget} from './actual-road'
import {readOrAbsent} from './read'

/** The Kinesis stream. It takes records while it is ACTIVE or UPDATING. */
export async function readKinesisStream(
  clients: AwsClients,
  {target}: Road,
): Promise<ActualTarget | undefined> {
  const {DescribeStreamSummaryCommand} = await import('@aws-sdk/client-kinesis')
  const client = await clients.kinesis()
  const found = await readOrAbsent(`read Kinesis stream ${target.name}`, () =>
    client.send(new DescribeStreamSummaryCommand({StreamName: target.name})),
  )
  const status = found?.StreamDescriptionSummary?.StreamStatus
  if (status === undefined) return undefined
  return {trouble: status === 'ACTIVE' || status === 'UPDATING' ? undefined : `is ${status}`}
}
