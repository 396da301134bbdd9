import type {Meter, Metrics} from '../../metrics/metrics'
import type {WrittenRecords} from './delivery'
import {streamKey} from './rows'

export type PutKind = 'PutRecord' | 'PutRecordBatch'

/** Counts `AWS/Firehose` for each stream: what comes in and what goes out to S3. */
export class StreamMetrics {
  private readonly byStream = new Map<string, Meter>()

  constructor(private readonly metrics: Metrics) {}

  /** Records that one call has put, or one hand-over of EventBridge, which calls PutRecordBatch. */
  put(
    kind: PutKind,
    region: string,
    stream: string,
    {records, bytes}: {records: number; bytes: number},
    at: number,
  ): void {
    const meter = this.meterOf(streamKey(region, stream))
    meter.count('IncomingPutRequests', 1, at)
    meter.count('IncomingRecords', 1, at, records)
    meter.count('IncomingBytes', bytes, at)
    meter.count(`${kind}.Requests`, 1, at)
    meter.count(`${kind}.Bytes`, bytes, at)
    if (kind === 'PutRecordBatch') meter.count('PutRecordBatch.Records', records, at)
  }

  /** Records were written; `arrivedAt` is when the first of them came. Those that could not be converted count for themselves. */
  delivered(where: string, {object, converted}: WrittenRecords, arrivedAt: number, at: number): void {
    const meter = this.meterOf(where)
    meter.count('DeliveryToS3.Success', 1, at)
    meter.count('DeliveryToS3.DataFreshness', ageSeconds(arrivedAt, at), at)
    if (object) {
      meter.count('DeliveryToS3.ObjectCount', 1, at)
      meter.count('DeliveryToS3.Records', object.records, at)
      meter.count('DeliveryToS3.Bytes', object.bytes, at)
    }
    if (!converted) return
    meter.count('SucceedConversion.Records', converted.succeeded.records, at)
    meter.count('SucceedConversion.Bytes', converted.succeeded.bytes, at)
    meter.count('FailedConversion.Records', converted.failed.records, at)
    meter.count('FailedConversion.Bytes', converted.failed.bytes, at)
  }

  /** An object could not be written, and the oldest record waits on. */
  notDelivered(where: string, oldestAt: number | undefined, at: number): void {
    const meter = this.meterOf(where)
    meter.count('DeliveryToS3.Success', 0, at)
    if (oldestAt !== undefined) meter.count('DeliveryToS3.DataFreshness', ageSeconds(oldestAt, at), at)
  }

  private meterOf(where: string): Meter {
    let meter = this.byStream.get(where)
    if (!meter) {
      const slash = where.indexOf('/')
      meter = this.metrics.meter({
        region: where.slice(0, slash),
        namespace: 'AWS/Firehose',
        dimensions: [{name: 'DeliveryStreamName', value: where.slice(slash + 1)}],
      })
      this.byStream.set(where, meter)
    }
    return meter
  }
}

function ageSeconds(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / 1000))
}
