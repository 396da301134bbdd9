import type {GetShardIteratorCommandInput, GetShardIteratorCommandOutput} from '@aws-sdk/client-kinesis'
import {Constraints} from '../../constraints'
import type {CallContext, Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {RecordStore} from './record-store'
import {before, isOfShard} from './sequence-number'
import {shardIndexOf} from './shards'
import type {Stream, StreamStore} from './stream-store'

/** A place in a shard: after a sequence number, and not before a time. */
export interface ShardPlace {
  streamName: string
  streamRow: string
  shardIndex: number
  after: string
  /** Records that arrived earlier are passed over; milliseconds since 1970. */
  since: number
  madeAt: number
}

const types = ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']

/** A place to read a shard from. Throws `ResourceNotFoundException`, `InvalidArgumentException`, `ValidationException`. */
export function getShardIterator(
  streams: StreamStore,
  records: RecordStore,
): Operation<GetShardIteratorCommandInput, GetShardIteratorCommandOutput> {
  return (input, ctx) => {
    new Constraints().text('shardIteratorType', input.ShardIteratorType, {oneOf: types}).check()
    const stream = streams.ofCall(input, ctx)
    const shardIndex = shardIndexOf(input.ShardId ?? '', stream.shardCount)
    if (shardIndex === undefined) {
      throw new ServiceError(
        'ResourceNotFoundException',
        `Shard ${input.ShardId ?? ''} in stream ${stream.name} under account ${ctx.accountId} does not exist`,
      )
    }
    const place = {streamName: stream.name, streamRow: stream.row, shardIndex, madeAt: ctx.now}
    return {ShardIterator: toIterator({...place, ...startOf(input, {stream, shardIndex, records, ctx})})}
  }
}

interface Start {
  stream: Stream
  shardIndex: number
  records: RecordStore
  ctx: CallContext
}

function startOf(input: GetShardIteratorCommandInput, start: Start): {after: string; since: number} {
  switch (input.ShardIteratorType) {
    case 'LATEST':
      return {after: start.records.tip(start.shardIndex), since: 0}
    case 'AT_SEQUENCE_NUMBER':
      return {after: before(startingNumber(input, start)), since: 0}
    case 'AFTER_SEQUENCE_NUMBER':
      return {after: startingNumber(input, start), since: 0}
    case 'AT_TIMESTAMP':
      return {after: '', since: startingTime(input, start.ctx)}
    default:
      return {after: '', since: 0}
  }
}

function startingNumber(
  {StartingSequenceNumber: number, ShardIteratorType: type, ShardId: shardId}: GetShardIteratorCommandInput,
  {stream, shardIndex, ctx}: Start,
): string {
  if (number === undefined) {
    throw invalid(
      `Must specify StartingSequenceNumber parameter for iterator of type ${type ?? ''}. Current request has no StartingSequenceNumber parameter.`,
    )
  }
  if (isOfShard(number, stream.row, shardIndex)) return number
  throw invalid(
    `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shardId ?? ''} in stream ${stream.name} under account ${ctx.accountId} is invalid because it did not come from this stream.`,
  )
}

function startingTime({Timestamp}: GetShardIteratorCommandInput, ctx: CallContext): number {
  if (Timestamp === undefined) {
    throw invalid(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    )
  }
  const since = Timestamp.getTime()
  if (since <= ctx.now) return since
  throw invalid(
    `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${since}, currentTimestampInMillis: ${ctx.now}`,
  )
}

/** A place as clients hold it: opaque text, at most 512 characters. */
export function toIterator(place: ShardPlace): string {
  const {streamName, streamRow, shardIndex, after, since, madeAt} = place
  return Buffer.from([streamName, streamRow, shardIndex, after, since, madeAt].join(' ')).toString('base64')
}

/** The place that an iterator stands for. Throws `InvalidArgumentException`. */
export function fromIterator(iterator: string): ShardPlace {
  const parts = Buffer.from(iterator, 'base64').toString().split(' ')
  const [streamName = '', streamRow = '', shardIndex, after = '', since, madeAt] = parts
  if (parts.length !== 6 || !/^\d{20}$/.test(streamRow) || ![shardIndex, since, madeAt].every(isCount)) {
    throw invalid('Invalid ShardIterator.')
  }
  return {
    ...{streamName, streamRow, after},
    ...{shardIndex: Number(shardIndex), since: Number(since), madeAt: Number(madeAt)},
  }
}

function isCount(text: string | undefined): boolean {
  return /^\d{1,16}$/.test(text ?? '')
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message)
}
