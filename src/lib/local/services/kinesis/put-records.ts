import type {
  PutRecordCommandInput,
  PutRecordCommandOutput,
  PutRecordsCommandInput,
  PutRecordsCommandOutput,
  PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis'
import {Constraints} from '../../constraints'
import type {Operation} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {NewRecord, RecordStore} from './record-store'
import {hashKeyOf, isHashKey, shardIdOf, shardIndexOfHashKey} from './shards'
import type {Stream, StreamStore} from './stream-store'

/** Data and partition keys of a request together (API reference, PutRecords). */
const maxRequestBytes = 10 * 1024 * 1024

/**
 * Puts one record; answers when it is on disk. Sequence numbers always grow, so that `SequenceNumberForOrdering` holds by itself.
 * Throws `ResourceNotFoundException`, `InvalidArgumentException`, `ValidationException`.
 */
export function putRecord(
  streams: StreamStore,
  records: RecordStore,
): Operation<PutRecordCommandInput, PutRecordCommandOutput> {
  return async (input, ctx) => {
    const ordering = input.SequenceNumberForOrdering
    new Constraints()
      .text('sequenceNumberForOrdering', ordering, {pattern: /^(?:0|([1-9]\d{0,128}))$/})
      .check()
    if (input.DryRun) throw notEmulated('DryRun', 'InvalidArgumentException')
    checkEntry(input, '')
    const stream = streams.ofCall(input, ctx)
    checkSize(input, '', stream)
    const record = toRecord(input, stream)
    const [SequenceNumber] = await records.put(stream, [record], ctx.now)
    return {ShardId: shardIdOf(record.shardIndex), SequenceNumber, EncryptionType: 'NONE'}
  }
}

/** Puts up to 500 records in one commit; answers when they are on disk. Nothing limits throughput here, so no record ever fails by itself. */
export function putRecords(
  streams: StreamStore,
  records: RecordStore,
): Operation<PutRecordsCommandInput, PutRecordsCommandOutput> {
  return async (input, ctx) => {
    const entries = input.Records ?? []
    new Constraints().list('records', entries, {min: 1, max: 500}).check()
    for (const [i, entry] of entries.entries()) checkEntry(entry, `records.${i + 1}.member.`)
    if (entries.reduce((sum, entry) => sum + sizeBytesOf(entry), 0) > maxRequestBytes) {
      throw new ServiceError('InvalidArgumentException', 'Records size exceeds 10 MB limit')
    }
    const stream = streams.ofCall(input, ctx)
    for (const [i, entry] of entries.entries()) checkSize(entry, `records.${i + 1}.member.`, stream)
    const put = entries.map((entry) => toRecord(entry, stream))
    const numbers = await records.put(stream, put, ctx.now)
    return {
      FailedRecordCount: 0,
      Records: put.map(({shardIndex}, i) => ({SequenceNumber: numbers[i], ShardId: shardIdOf(shardIndex)})),
      EncryptionType: 'NONE',
    }
  }
}

/** A record's size as the service counts it: its data and its partition key in UTF-8. */
export function sizeBytesOf({Data, PartitionKey}: PutRecordsRequestEntry): number {
  return (Data?.length ?? 0) + Buffer.byteLength(PartitionKey ?? '', 'utf8')
}

/** The record with the shard that its explicit hash key or else its partition key stands for. */
export function toRecord(entry: PutRecordsRequestEntry, stream: Stream): NewRecord {
  const partitionKey = entry.PartitionKey ?? ''
  const hashKey =
    entry.ExplicitHashKey === undefined ? hashKeyOf(partitionKey) : BigInt(entry.ExplicitHashKey)
  return {
    shardIndex: shardIndexOfHashKey(hashKey, stream.shardCount),
    partitionKey,
    data: entry.Data ?? new Uint8Array(),
  }
}

function checkEntry({PartitionKey, ExplicitHashKey}: PutRecordsRequestEntry, at: string): void {
  if (PartitionKey === undefined) {
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value null at '${at}partitionKey' failed to satisfy constraint: Member must not be null`,
    )
  }
  new Constraints()
    .text(`${at}partitionKey`, PartitionKey, {min: 1, max: 256})
    .text(`${at}explicitHashKey`, ExplicitHashKey, {pattern: /^(?:0|([1-9]\d{0,38}))$/})
    .check()
  if (ExplicitHashKey === undefined || isHashKey(ExplicitHashKey)) return
  throw new ServiceError(
    'InvalidArgumentException',
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
  )
}

function checkSize(entry: PutRecordsRequestEntry, at: string, stream: Stream): void {
  const maxBytes = stream.maxRecordSizeKiB * 1024
  if (sizeBytesOf(entry) <= maxBytes) return
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${at}data' failed to satisfy constraint: Member must have length less than or equal to ${maxBytes}`,
  )
}
