import type {AwsClients} from '../../aws/clients'
import {isNotOffered} from '../../aws/not-offered'
import {allItems} from '../../aws/paginate'
import {OpError} from '../../core/errors'
import {athenaArnOf, discovererArnOf} from '../../road/policies'
import type {Road} from '../../road/road'
import type {ActualRoad, RoadTags, TagSet} from './actual-road'
import {readOrAbsent} from './read'

interface Pair {
  Key?: string | undefined
  Value?: string | undefined
}

/**
 * Reads the tags of every resource of `actual`, all services at once. An endpoint that cannot list a resource's tags
 * (it refuses the call or fails at it) leaves them out; a missing permission and an unreachable endpoint are thrown.
 */
export async function readTags(clients: AwsClients, road: Road, actual: ActualRoad): Promise<RoadTags> {
  const {settings} = road
  const wanted: [keyof RoadTags, boolean, () => Promise<TagSet | undefined>][] = [
    ['bus', !!actual.bus, () => eventTags(clients, actual.bus?.arn ?? road.bus.arn)],
    ['rule', !!actual.rule, () => eventTags(clients, actual.rule?.Arn ?? road.rule.arn)],
    ['stream', !!actual.stream, () => streamTags(clients, road.stream.name)],
    ['deliveryRole', !!actual.deliveryRole, () => roleTags(clients, road.deliveryRole.name)],
    ['targetRole', !!actual.targetRole, () => roleTags(clients, road.targetRole.name)],
    ['queue', !!actual.queue, () => queueTags(clients, actual.queue?.url ?? '')],
    ['target', !!actual.target?.url, () => queueTags(clients, actual.target?.url ?? '')],
    ['workgroup', !!actual.workgroup, () => workgroupTags(clients, athenaArnOf(settings))],
    [
      'discoverer',
      !!actual.discoverer,
      () => discovererTags(clients, discovererArnOf(settings, actual.discoverer?.id ?? '')),
    ],
    ['bucket', !!actual.bucket, () => bucketTags(clients, road.bucket.name)],
  ]
  const read = wanted.map(async ([part, isThere, call]) => [
    part,
    isThere ? await orUnknown(call) : undefined,
  ])
  return Object.fromEntries(await Promise.all(read)) as RoadTags
}

/** A service that does not do this is no reason to stop; nothing is removed without its tag. */
async function orUnknown(call: () => Promise<TagSet | undefined>): Promise<TagSet | undefined> {
  try {
    return await call()
  } catch (error) {
    if (isNotOffered(error)) return undefined
    if (error instanceof OpError && ['SERVICE_REFUSED', 'SERVICE_FAILED'].includes(error.code))
      return undefined
    throw error
  }
}

function tagSet(pairs: readonly Pair[] | undefined): TagSet {
  return Object.fromEntries((pairs ?? []).map(({Key = '', Value = ''}) => [Key, Value]))
}

/** The tags of a bus or a rule. */
export async function eventTags(clients: AwsClients, arn: string): Promise<TagSet | undefined> {
  const {ListTagsForResourceCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const answer = await readOrAbsent(`read the tags of ${arn}`, () =>
    client.send(new ListTagsForResourceCommand({ResourceARN: arn})),
  )
  return answer && tagSet(answer.Tags)
}

async function streamTags(clients: AwsClients, name: string): Promise<TagSet | undefined> {
  const {ListTagsForDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const client = await clients.firehose()
  // A stream has 50 tags at most, and one answer takes 50.
  const asked = new ListTagsForDeliveryStreamCommand({DeliveryStreamName: name, Limit: 50})
  const answer = await readOrAbsent(`read the tags of delivery stream ${name}`, () => client.send(asked))
  return answer && tagSet(answer.Tags)
}

async function roleTags(clients: AwsClients, name: string): Promise<TagSet | undefined> {
  const {ListRoleTagsCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  const pairs = await readOrAbsent(`read the tags of role ${name}`, () =>
    allItems<{Marker?: string | undefined; Tags?: Pair[] | undefined}, Pair>(
      (token) => client.send(new ListRoleTagsCommand({RoleName: name, Marker: token})),
      (page) => page.Marker,
      (page) => page.Tags,
    ),
  )
  return pairs && tagSet(pairs)
}

/** The tags of the queue at this URL. */
export async function queueTags(clients: AwsClients, url: string): Promise<TagSet | undefined> {
  const {ListQueueTagsCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const answer = await readOrAbsent(`read the tags of queue ${url}`, () =>
    client.send(new ListQueueTagsCommand({QueueUrl: url})),
  )
  return answer && {...answer.Tags}
}

async function workgroupTags(clients: AwsClients, arn: string): Promise<TagSet | undefined> {
  const {ListTagsForResourceCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const answer = await readOrAbsent(`read the tags of ${arn}`, () =>
    client.send(new ListTagsForResourceCommand({ResourceARN: arn})),
  )
  return answer && tagSet(answer.Tags)
}

async function discovererTags(clients: AwsClients, arn: string): Promise<TagSet | undefined> {
  const {ListTagsForResourceCommand} = await import('@aws-sdk/client-schemas')
  const client = await clients.schemas()
  const answer = await readOrAbsent(`read the tags of ${arn}`, () =>
    client.send(new ListTagsForResourceCommand({ResourceArn: arn})),
  )
  return answer && {...answer.Tags}
}

/** The tags of a bucket. S3 has an error of its own, NoSuchTagSet, for one without. */
export async function bucketTags(clients: AwsClients, name: string): Promise<TagSet | undefined> {
  const {GetBucketTaggingCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const answer = await readOrAbsent(`read the tags of bucket ${name}`, () =>
    client.send(new GetBucketTaggingCommand({Bucket: name})),
  )
  return tagSet(answer?.TagSet)
}
