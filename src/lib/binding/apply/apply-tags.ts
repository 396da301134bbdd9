import type {AwsClients} from '../../aws/clients'
import {athenaArnOf, discovererArnOf} from '../../road/policies'
import type {Change, ResourceKind} from '../change'
import {bucketTags} from '../read/read-tags'
import type {ApplyContext} from './apply-context'
import {tagList} from './tag-list'

type Tags = Readonly<Record<string, string>>
type Tagger = (context: ApplyContext, tags: Tags, change: Change) => Promise<unknown>

const taggers: Readonly<Partial<Record<ResourceKind, Tagger>>> = {
  bus: ({clients, road, actual}, tags) => tagOnEvents(clients, actual.bus?.arn ?? road.bus.arn, tags),
  rule: ({clients, road}, tags) => tagOnEvents(clients, road.rule.arn, tags),
  stream: tagStream,
  bucket: tagBucket,
  role: tagRole,
  queue: tagQueue,
  workgroup: tagWorkgroup,
  discoverer: tagDiscoverer,
}

/** Gives a resource the tags of the binding; those that others gave it stay. */
export async function applyTags(context: ApplyContext, change: Change): Promise<void> {
  await taggers[change.resource]?.(context, context.road.rule.tags, change)
}

async function tagOnEvents(clients: AwsClients, ResourceARN: string, tags: Tags): Promise<void> {
  const {TagResourceCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  await client.send(new TagResourceCommand({ResourceARN, Tags: tagList(tags)}))
}

async function tagStream({clients, road}: ApplyContext, tags: Tags): Promise<void> {
  const {TagDeliveryStreamCommand} = await import('@aws-sdk/client-firehose')
  const client = await clients.firehose()
  const input = {DeliveryStreamName: road.stream.name, Tags: tagList(tags)}
  await client.send(new TagDeliveryStreamCommand(input))
}

/** S3, PutBucketTagging: the tags of the call take the place of all that were there, so those are read first. */
async function tagBucket({clients, road}: ApplyContext, tags: Tags): Promise<void> {
  const {PutBucketTaggingCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const {name: Bucket} = road.bucket
  const TagSet = tagList({...(await bucketTags(clients, Bucket)), ...tags})
  await client.send(new PutBucketTaggingCommand({Bucket, Tagging: {TagSet}}))
}

async function tagRole({clients}: ApplyContext, tags: Tags, {name}: Change): Promise<void> {
  const {TagRoleCommand} = await import('@aws-sdk/client-iam')
  const client = await clients.iam()
  await client.send(new TagRoleCommand({RoleName: name, Tags: tagList(tags)}))
}

async function tagQueue({clients, actual}: ApplyContext, tags: Tags): Promise<void> {
  const {TagQueueCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  await client.send(new TagQueueCommand({QueueUrl: actual.queue?.url, Tags: {...tags}}))
}

async function tagWorkgroup({clients, road}: ApplyContext, tags: Tags): Promise<void> {
  const {TagResourceCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const ResourceARN = athenaArnOf(road.settings)
  await client.send(new TagResourceCommand({ResourceARN, Tags: tagList(tags)}))
}

async function tagDiscoverer({clients, road, actual}: ApplyContext, tags: Tags): Promise<void> {
  const {TagResourceCommand} = await import('@aws-sdk/client-schemas')
  const client = await clients.schemas()
  const ResourceArn = discovererArnOf(road.settings, actual.discoverer?.id ?? '')
  await client.send(new TagResourceCommand({ResourceArn, Tags: {...tags}}))
}
