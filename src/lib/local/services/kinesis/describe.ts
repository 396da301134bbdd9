import type {
  DescribeStreamCommandInput,
  DescribeStreamCommandOutput,
  DescribeStreamSummaryCommandInput,
  DescribeStreamSummaryCommandOutput,
  ListShardsCommandInput,
  ListShardsCommandOutput,
  Shard,
} from '@aws-sdk/client-kinesis'
import {Constraints} from '../../constraints'
import {pageOf} from '../../page'
import type {CallContext, Operation} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import {describeShards} from './shards'
import type {Stream, StreamStore} from './stream-store'

/** A stream with its shards, 100 at most at once. Throws `ResourceNotFoundException`. */
export function describeStream(
  streams: StreamStore,
): Operation<DescribeStreamCommandInput, DescribeStreamCommandOutput> {
  return (input, ctx) => {
    new Constraints().number('limit', input.Limit, {min: 1, max: 10_000}).check()
    const stream = streams.ofCall(input, ctx)
    const shards = shardsAfter(stream, input.ExclusiveStartShardId)
    const limit = Math.min(input.Limit ?? 100, 100)
    return {
      StreamDescription: {
        ...commonOf(stream),
        Shards: shards.slice(0, limit),
        HasMoreShards: shards.length > limit,
      },
    }
  }
}

/** A stream without its shards. Throws `ResourceNotFoundException`. */
export function describeStreamSummary(
  streams: StreamStore,
): Operation<DescribeStreamSummaryCommandInput, DescribeStreamSummaryCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    return {
      StreamDescriptionSummary: {
        ...commonOf(stream),
        OpenShardCount: stream.shardCount,
        ConsumerCount: 0,
        MaxRecordSizeInKiB: stream.maxRecordSizeKiB,
      },
    }
  }
}

/**
 * The shards of a stream, 1000 at once unless `MaxResults` says otherwise. Every shard is open from the stream's first moment, so that
 * every filter by time holds all of them. Throws `ResourceNotFoundException`, `InvalidArgumentException`, `ExpiredNextTokenException`.
 */
export function listShards(streams: StreamStore): Operation<ListShardsCommandInput, ListShardsCommandOutput> {
  return (input, ctx) => {
    new Constraints().number('maxResults', input.MaxResults, {min: 1, max: 10_000}).check()
    if (input.StreamCreationTimestamp !== undefined) {
      throw notEmulated('StreamCreationTimestamp', 'InvalidArgumentException')
    }
    const {stream, after, token} = placeOf(streams, input, ctx)
    const badToken = () => new ServiceError('InvalidArgumentException', 'The NextToken is invalid.')
    const page = pageOf(shardsAfter(stream, after), {limit: input.MaxResults ?? 1000, token, badToken})
    if (page.nextToken === undefined) return {Shards: page.items}
    return {
      Shards: page.items,
      NextToken: toToken({...stream, after, token: page.nextToken, madeAt: ctx.now}),
    }
  }
}

/** What a ListShards token stands for: the stream and shard that the first call named, and how far the pages are. */
interface ShardsToken {
  name: string
  row: string
  after: string | undefined
  token: string
  madeAt: number
}

/** Tokens live 300 seconds (API reference, ListShards). */
const tokenLifeMs = 300_000

function placeOf(streams: StreamStore, input: ListShardsCommandInput, ctx: CallContext) {
  if (input.NextToken === undefined) {
    return {stream: streams.ofCall(input, ctx), after: startOf(input), token: undefined}
  }
  if (input.StreamName ?? input.StreamARN ?? input.ExclusiveStartShardId ?? input.ShardFilter) {
    throw new ServiceError(
      'InvalidArgumentException',
      'NextToken and StreamName cannot be provided together.',
    )
  }
  const {name, row, after, token, madeAt} = fromToken(input.NextToken)
  if (ctx.now >= madeAt + tokenLifeMs) {
    throw new ServiceError('ExpiredNextTokenException', 'The pagination token has expired.')
  }
  const stream = streams.ofCall({StreamName: name}, ctx)
  if (stream.row !== row) throw new ServiceError('InvalidArgumentException', 'The NextToken is invalid.')
  return {stream, after, token}
}

function startOf(input: ListShardsCommandInput): string | undefined {
  const filter = input.ShardFilter
  if (filter?.Type !== 'AFTER_SHARD_ID') return input.ExclusiveStartShardId
  if (filter.ShardId === undefined) {
    throw new ServiceError('InvalidArgumentException', 'ShardId must be provided for AFTER_SHARD_ID.')
  }
  return filter.ShardId
}

function shardsAfter(stream: Stream, shardId = ''): Shard[] {
  return describeShards(stream.shardCount, stream.row).filter((shard) => (shard.ShardId ?? '') > shardId)
}

function toToken({name, row, after, token, madeAt}: ShardsToken): string {
  return Buffer.from(JSON.stringify([name, row, after ?? null, token, madeAt])).toString('base64url')
}

function fromToken(text: string): ShardsToken {
  const invalid = new ServiceError('InvalidArgumentException', 'The NextToken is invalid.')
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw invalid
  }
  if (!Array.isArray(parts) || parts.length !== 5) throw invalid
  const [name, row, after, token, madeAt] = parts as unknown[]
  return {
    name: String(name),
    row: String(row),
    after: typeof after === 'string' ? after : undefined,
    token: String(token),
    madeAt: Number(madeAt),
  }
}

function commonOf(stream: Stream) {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: 'ACTIVE' as const,
    StreamModeDetails: {StreamMode: stream.mode},
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(stream.createdAt),
    EnhancedMonitoring: [{ShardLevelMetrics: []}],
    EncryptionType: 'NONE' as const,
  }
}
