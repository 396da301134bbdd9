import type {
  CreateStreamCommandInput,
  CreateStreamCommandOutput,
  DeleteStreamCommandInput,
  DeleteStreamCommandOutput,
  ListStreamsCommandInput,
  ListStreamsCommandOutput,
} from '@aws-sdk/client-kinesis'
import {Constraints, keyOfToken} from '../../constraints'
import type {CallContext, Operation, Platform} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {RecordStore} from './record-store'
import {streamArn, type Stream, type StreamStore} from './stream-store'
import {withTags} from './tags'

/** Shards of a new on-demand stream (developer guide, "On-demand mode"). */
const onDemandShards = 4

/** More than any account has by default; a number beyond it would only fill answers. */
const maxShards = 10_000

export const nameLimits = {min: 1, max: 128, pattern: /^(?:[a-zA-Z0-9_.-]+)$/}

/** Makes a stream, `ACTIVE` at once. Throws `ResourceInUseException`, `ValidationException`, `InvalidArgumentException`. */
export function createStream(
  streams: StreamStore,
  {sequence}: Platform,
): Operation<CreateStreamCommandInput, CreateStreamCommandOutput> {
  return (input, ctx) => {
    const name = input.StreamName ?? ''
    checkNewStream(input)
    if (streams.find(ctx.region, name)) {
      throw new ServiceError(
        'ResourceInUseException',
        `Stream ${name} under account ${ctx.accountId} already exists.`,
      )
    }
    streams.save({...newStream(input, name, ctx), row: sequence.next()})
    return {}
  }
}

/** Removes a stream and its records. Throws `ResourceNotFoundException`. */
export function deleteStream(
  streams: StreamStore,
  records: RecordStore,
): Operation<DeleteStreamCommandInput, DeleteStreamCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    streams.delete(stream, () => records.stageRemoval(stream))
    return {}
  }
}

/** The region's streams by name, 100 at once unless `Limit` says otherwise. Throws `ValidationException`. */
export function listStreams(
  streams: StreamStore,
): Operation<ListStreamsCommandInput, ListStreamsCommandOutput> {
  return (input, ctx) => {
    new Constraints().number('limit', input.Limit, {min: 1, max: 10_000}).check()
    const limit = input.Limit ?? 100
    const after = keyOfToken(input.NextToken) ?? input.ExclusiveStartStreamName
    const found: Stream[] = []
    for (const stream of streams.list(ctx.region, after)) {
      if (found.push(stream) > limit) break
    }
    const page = found.slice(0, limit)
    const hasMore = found.length > limit
    return {
      StreamNames: page.map(({name}) => name),
      HasMoreStreams: hasMore,
      ...(hasMore ? {NextToken: Buffer.from(page.at(-1)?.name ?? '').toString('base64url')} : {}),
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: 'ACTIVE',
        StreamModeDetails: {StreamMode: stream.mode},
        StreamCreationTimestamp: new Date(stream.createdAt),
      })),
    }
  }
}

function checkNewStream(input: CreateStreamCommandInput): void {
  const mode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED'
  new Constraints()
    .text('streamName', input.StreamName, nameLimits)
    .number('shardCount', input.ShardCount, {min: 1})
    .text('streamModeDetails.streamMode', mode, {oneOf: ['PROVISIONED', 'ON_DEMAND']})
    .number('maxRecordSizeInKiB', input.MaxRecordSizeInKiB, {min: 1024, max: 10_240})
    .check()
  if (input.WarmThroughputMiBps !== undefined) {
    throw notEmulated('WarmThroughputMiBps', 'InvalidArgumentException')
  }
  if (mode === 'ON_DEMAND' && input.ShardCount !== undefined) {
    throw new ServiceError(
      'InvalidArgumentException',
      'ShardCount must not be specified for a stream in ON_DEMAND mode.',
    )
  }
  if (mode === 'PROVISIONED' && input.ShardCount === undefined) {
    throw new ServiceError(
      'InvalidArgumentException',
      'ShardCount must be specified for a stream in PROVISIONED mode.',
    )
  }
  if ((input.ShardCount ?? 1) > maxShards) {
    throw new ServiceError(
      'LimitExceededException',
      `This request would exceed the shard limit of this local endpoint (${maxShards} a stream).`,
    )
  }
}

function newStream(input: CreateStreamCommandInput, name: string, ctx: CallContext): Omit<Stream, 'row'> {
  return {
    name,
    region: ctx.region,
    arn: streamArn(ctx, name),
    mode: input.StreamModeDetails?.StreamMode ?? 'PROVISIONED',
    shardCount: input.ShardCount ?? onDemandShards,
    retentionHours: 24,
    maxRecordSizeKiB: input.MaxRecordSizeInKiB ?? 1024,
    createdAt: ctx.now,
    tags: withTags({}, input.Tags),
  }
}
