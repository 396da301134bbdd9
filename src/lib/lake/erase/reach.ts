import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, isDenied, toOpError} from '../../aws/map-sdk-error'
import {allItems} from '../../aws/paginate'
import {dayMs, formatTime} from '../../core/time'
import {layout} from '../../road/layout'
import {busArnOf} from '../../road/policies'
import type {RoadSettings} from '../../road/settings'

/** A place that keeps copies of events and that erasing does not reach. */
export interface Unreached {
  place: string
  /** Until when copies of today can be there: ISO-8601, or in words. */
  until: string
}

/** SQS keeps a message for 14 days at most. */
const longestRetentionDays = 14

/** Where copies of events are that cannot be rewritten, and until when. Throws what EventBridge refuses, except that it may not be asked. */
export async function unreached(
  {eventBridge, s3, now}: {eventBridge: EventBridgeClient; s3: S3Client; now: number},
  settings: RoadSettings,
): Promise<Unreached[]> {
  const {bucket} = settings
  return [
    ...(await archives(eventBridge, settings, now)),
    {place: 'dead-letter queues of the bus', until: formatTime(now + longestRetentionDays * dayMs)},
    ...(await versions(s3, bucket)),
    {place: `query results under s3://${bucket}/${layout.queryResultsFolder}`, until: 'they are deleted'},
    {
      place: `raw objects that were put aside under s3://${bucket}/${layout.brokenFolder}`,
      until: 'they are deleted',
    },
    {
      place: `what Firehose could not write under s3://${bucket}/${layout.errorsFolder}`,
      until: 'it is deleted',
    },
  ]
}

async function archives(
  client: EventBridgeClient,
  settings: RoadSettings,
  now: number,
): Promise<Unreached[]> {
  const {ListArchivesCommand} = await import('@aws-sdk/client-eventbridge')
  const EventSourceArn = busArnOf(settings)
  try {
    const found = await allItems(
      (NextToken) => client.send(new ListArchivesCommand({EventSourceArn, NextToken})),
      (page) => page.NextToken,
      (page) => page.Archives,
    )
    return found.map(({ArchiveName: name, RetentionDays: days = 0}) => ({
      place: `archive ${name}`,
      until: days === 0 ? 'it is deleted' : formatTime(now + days * dayMs),
    }))
  } catch (error) {
    if (isAbsent(error)) return []
    if (isDenied(error)) return [{place: 'archives of the bus, which may not be listed', until: 'unknown'}]
    throw toOpError(error, `list the archives of bus ${settings.bus}`)
  }
}

async function versions(s3: S3Client, bucket: string): Promise<Unreached[]> {
  const {GetBucketVersioningCommand} = await import('@aws-sdk/client-s3')
  const place = `old versions of objects in bucket ${bucket}`
  try {
    const {Status: status} = await s3.send(new GetBucketVersioningCommand({Bucket: bucket}))
    return status === undefined ? [] : [{place, until: 'they are deleted, or a lifecycle rule does it'}]
  } catch {
    return [{place: `${place}, where it keeps them`, until: 'unknown'}]
  }
}
