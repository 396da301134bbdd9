import type {ExtendedS3DestinationDescription} from '@aws-sdk/client-firehose'
import {formatArn} from '../../../core/arn'
import type {CallContext} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection} from '../../store'

/** What a stream does with its records: the S3 destination in the form that DescribeDeliveryStream shows. */
export type Destination = ExtendedS3DestinationDescription

export interface StreamRow {
  name: string
  arn: string
  /** Goes up with every UpdateDestination; stands in the names of objects. */
  versionId: number
  destination: Destination
  createdAt: number
  updatedAt?: number
  tags?: Record<string, string>
}

export const destinationId = 'destinationId-000000000001'

export const streamKey = (region: string, name: string) => `${region}/${name}`

export function streamArn(ctx: CallContext, name: string): string {
  return formatArn({
    service: 'firehose',
    region: ctx.region,
    accountId: ctx.accountId,
    resource: `deliverystream/${name}`,
  })
}

/** The row of a stream. Throws ResourceNotFoundException. */
export function streamOrThrow(streams: Collection<StreamRow>, ctx: CallContext, name = ''): StreamRow {
  const row = streams.get(streamKey(ctx.region, name))
  if (row) return row
  throw new ServiceError(
    'ResourceNotFoundException',
    `Firehose ${name} under account ${ctx.accountId} not found.`,
  )
}
