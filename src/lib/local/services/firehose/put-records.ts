import {randomBytes} from 'node:crypto'
import type {
  PutRecordBatchCommandInput,
  PutRecordBatchCommandOutput,
  PutRecordCommandInput,
  PutRecordCommandOutput,
} from '@aws-sdk/client-firehose'
import {Constraints} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import type {Buffers} from './buffers'
import {streamOrThrow, type StreamRow} from './rows'
import type {PutKind, StreamMetrics} from './stream-metrics'

/** Before base64. */
export const maxRecordBytes = 1_024_000
const maxBatchBytes = 4 * 1024 * 1024
const maxBatchCount = 500

/** PutRecord and PutRecordBatch. The answer goes out when the records are on disk. */
export function putOperations(
  store: Store,
  streams: Collection<StreamRow>,
  buffers: Buffers,
  metrics: StreamMetrics,
): Operations {
  const keep = async (kind: PutKind, stream: StreamRow, ctx: CallContext, records: readonly Uint8Array[]) => {
    const {stage, committed} = buffers.stage(
      stream,
      ctx.region,
      {parts: records, count: records.length},
      ctx.now,
    )
    await store.batch(stage)
    committed()
    const bytes = records.reduce((sum, data) => sum + data.length, 0)
    metrics.put(kind, ctx.region, stream.name, {records: records.length, bytes}, ctx.now)
  }

  const putRecord = async (
    input: PutRecordCommandInput,
    ctx: CallContext,
  ): Promise<Omit<PutRecordCommandOutput, '$metadata'>> => {
    const stream = streamOrThrow(streams, ctx, input.DeliveryStreamName)
    const data = dataOf(input.Record)
    checkRecord(data, 'record.data')
    await keep('PutRecord', stream, ctx, [data])
    return {RecordId: recordId(), Encrypted: false}
  }

  const putRecordBatch = async (
    input: PutRecordBatchCommandInput,
    ctx: CallContext,
  ): Promise<Omit<PutRecordBatchCommandOutput, '$metadata'>> => {
    const records = (input.Records ?? []).map(dataOf)
    new Constraints('InvalidArgumentException').list('records', records, {min: 1, max: maxBatchCount}).check()
    for (const [i, data] of records.entries()) checkRecord(data, `records.${i + 1}.member.data`)
    if (records.reduce((sum, data) => sum + data.length, 0) > maxBatchBytes) {
      throw new ServiceError('InvalidArgumentException', 'Records size exceeds 4 MB limit')
    }
    const stream = streamOrThrow(streams, ctx, input.DeliveryStreamName)
    await keep('PutRecordBatch', stream, ctx, records)
    return {
      FailedPutCount: 0,
      Encrypted: false,
      RequestResponses: records.map(() => ({RecordId: recordId()})),
    }
  }

  return {PutRecord: putRecord, PutRecordBatch: putRecordBatch}
}

function dataOf(record: {Data?: Uint8Array | undefined} | undefined): Uint8Array {
  return record?.Data ?? new Uint8Array()
}

function checkRecord(data: Uint8Array, path: string): void {
  if (data.length <= maxRecordBytes) return
  throw new ServiceError(
    'InvalidArgumentException',
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${maxRecordBytes}`,
  )
}

/** AWS's ids are long opaque texts; nothing can be asked by them. */
function recordId(): string {
  return randomBytes(96).toString('base64url')
}
