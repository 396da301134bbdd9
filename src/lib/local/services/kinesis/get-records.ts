import type {GetRecordsCommandInput, GetRecordsCommandOutput, _Record} from '@aws-sdk/client-kinesis'
import {Constraints} from '../../constraints'
import type {CallContext, Operation} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {RecordStore, StoredRecord} from './record-store'
import {fromIterator, toIterator, type ShardPlace} from './shard-iterator'
import {noSuchStream, type Stream, type StreamStore} from './stream-store'

const maxRecords = 10_000
const maxAnswerBytes = 10 * 1024 * 1024

/** Iterators live five minutes (API reference, GetRecords). */
const iteratorLifeMs = 300_000

/**
 * Records from an iterator on, at most 10,000 and 10 MiB, and the iterator of the next ones.
 * Throws `ExpiredIteratorException`, `InvalidArgumentException`, `ResourceNotFoundException`.
 */
export function getRecords(
  streams: StreamStore,
  records: RecordStore,
): Operation<GetRecordsCommandInput, GetRecordsCommandOutput> {
  return (input, ctx) => {
    new Constraints().number('limit', input.Limit, {min: 1, max: maxRecords}).check()
    const place = fromIterator(input.ShardIterator ?? '')
    checkAge(place, ctx)
    const stream = streamOf(streams, place, input, ctx)
    const {taken, next} = read(records, stream, place, {limit: input.Limit ?? maxRecords, now: ctx.now})
    const after = taken.at(-1)?.SequenceNumber ?? place.after
    return {
      Records: taken,
      NextShardIterator: toIterator({...place, after, madeAt: ctx.now}),
      // Zero says that the reader has caught up, so what is left to read is at least a millisecond behind.
      MillisBehindLatest: next ? Math.max(1, ctx.now - next.arrivedAt) : 0,
    }
  }
}

/** What an answer can hold, and the record that comes after it. */
function read(
  records: RecordStore,
  stream: Stream,
  {shardIndex, after, since}: ShardPlace,
  {limit, now}: {limit: number; now: number},
): {taken: _Record[]; next: StoredRecord | undefined} {
  const taken: _Record[] = []
  let sizeBytes = 0
  for (const record of records.list(stream, shardIndex, {after, now})) {
    if (record.arrivedAt < since) continue
    sizeBytes += record.data.length
    if (taken.length === limit || (sizeBytes > maxAnswerBytes && taken.length > 0)) {
      return {taken, next: record}
    }
    taken.push({
      SequenceNumber: record.sequenceNumber,
      ApproximateArrivalTimestamp: new Date(record.arrivedAt),
      Data: record.data,
      PartitionKey: record.partitionKey,
      EncryptionType: 'NONE',
    })
  }
  return {taken, next: undefined}
}

function checkAge({madeAt}: ShardPlace, {now}: CallContext): void {
  if (now < madeAt + iteratorLifeMs) return
  throw new ServiceError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${new Date(madeAt).toISOString()} while right now it is ${new Date(now).toISOString()} which is further in the future than the tolerated delay of ${iteratorLifeMs} milliseconds.`,
  )
}

function streamOf(
  streams: StreamStore,
  place: ShardPlace,
  input: GetRecordsCommandInput,
  ctx: CallContext,
): Stream {
  if (input.StreamId !== undefined) throw notEmulated('StreamId', 'InvalidArgumentException')
  const stream = streams.find(ctx.region, place.streamName)
  if (stream?.row !== place.streamRow) throw noSuchStream(place.streamName, ctx)
  if (input.StreamARN === undefined || input.StreamARN === stream.arn) return stream
  throw new ServiceError('InvalidArgumentException', 'StreamARN is not that of the shard iterator.')
}
