import {createHash} from 'node:crypto'
import {Readable} from 'node:stream'
import {constants, createGzip} from 'node:zlib'
import {messageOf} from '../../../core/errors'
import type {Platform} from '../../platform'
import type {Collection} from '../../store'
import {delimiterOf} from './destination'
import {evaluatePrefix, objectTimestamp} from './prefix'
import {streamKey, type StreamRow} from './rows'

const mebibyte = 1024 * 1024
/** A stream that cannot deliver (no permission, no bucket) tries again after this long. */
const retryAfterMs = 60_000

/** What waits in one stream's buffer. */
interface Waiting {
  bytes: number
  count: number
  oldestAt: number
  takeTimerBack?: (() => void) | undefined
}

/** One row: its place, its size and how many records it holds. */
interface RowSize {
  where: string
  key: string
  bytes: number
  count: number
}

/**
 * The records that streams have taken and not yet delivered. They are rows, so that they survive; a row holds the records
 * of one call, in order. A buffer is delivered when it is full or old enough, whichever comes first.
 */
export class Buffers {
  private readonly rows: Collection<Buffer>
  private readonly waiting = new Map<string, Waiting>()
  private readonly delivering = new Map<string, Promise<void>>()
  private readonly counted = new Set<string>()
  /** Rows that were delivered between their commit and the moment when they were counted. */
  private readonly deliveredUncounted = new Set<string>()
  private sequence = 0

  constructor(
    private readonly platform: Platform,
    private readonly streams: Collection<StreamRow>,
  ) {
    this.rows = platform.store.bytes('firehose/buffer')
    for (const {key, value} of this.rows.list()) {
      const [where = '', sequence] = key.split('|')
      this.sequence = Math.max(this.sequence, Number(sequence))
      const row = readRow(value)
      this.account({where, key, bytes: row.data.length, count: row.count}, row.arrivedAt)
    }
  }

  /**
   * What puts records into a stream's buffer: `stage` is the write, to be run inside `Store.batch`; `committed` is to be called
   * once that batch is on disk, and starts the buffer's clock.
   */
  stage(
    stream: StreamRow,
    region: string,
    records: readonly (string | Uint8Array)[],
    now: number,
  ): {stage: () => void; committed: () => void} {
    const data = joinRecords(records, delimiterOf(stream.destination))
    return this.stageData(stream, region, {data, count: records.length}, now)
  }

  /** The same for records that stand one behind the other already, delimiters included. */
  stageData(
    stream: StreamRow,
    region: string,
    {data, count}: {data: Buffer; count: number},
    now: number,
  ): {stage: () => void; committed: () => void} {
    this.sequence += 1
    const where = streamKey(region, stream.name)
    const key = `${where}|${String(this.sequence).padStart(16, '0')}`
    const row = writeRow(now, count, data)
    return {
      stage: () => this.rows.put(key, row),
      committed: () => this.account({where, key, bytes: data.length, count}, now),
    }
  }

  pending(): {count: number; oldestAt: number | undefined} {
    let count = 0
    let oldestAt: number | undefined
    for (const waiting of this.waiting.values()) {
      count += waiting.count
      oldestAt = Math.min(oldestAt ?? waiting.oldestAt, waiting.oldestAt)
    }
    return {count, oldestAt}
  }

  /** Delivers all that waits in one stream, whatever its buffer would still wait for. */
  async flush(region: string, name: string): Promise<void> {
    await this.deliver(streamKey(region, name))
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.waiting.keys()].map((stream) => this.deliver(stream)))
  }

  async settled(): Promise<void> {
    while (this.delivering.size > 0) await Promise.all(this.delivering.values())
  }

  /** Forgets a stream's records. Only inside `Store.write`. */
  drop(region: string, name: string): void {
    const where = streamKey(region, name)
    for (const {key} of [...this.rows.list(`${where}|`)]) this.rows.delete(key)
    this.waiting.get(where)?.takeTimerBack?.()
    this.waiting.delete(where)
  }

  private account({where, key, bytes, count}: RowSize, at: number): void {
    if (this.deliveredUncounted.delete(key)) return
    this.counted.add(key)
    let waiting = this.waiting.get(where)
    if (!waiting) this.waiting.set(where, (waiting = {bytes: 0, count: 0, oldestAt: at}))
    waiting.bytes += bytes
    waiting.count += count
    const {IntervalInSeconds = 300, SizeInMBs = 5} = this.streams.get(where)?.destination.BufferingHints ?? {}
    if (waiting.bytes >= SizeInMBs * mebibyte) {
      this.deliverSoon(where, this.platform.clock.now())
      return
    }
    if (!waiting.takeTimerBack) this.deliverSoon(where, waiting.oldestAt + IntervalInSeconds * 1000)
  }

  private deliverSoon(where: string, dueAt: number): void {
    const waiting = this.waiting.get(where)
    if (!waiting) return
    waiting.takeTimerBack?.()
    waiting.takeTimerBack = this.platform.clock.at(dueAt, () => void this.deliver(where))
  }

  /** One delivery of a stream at a time: a second request waits for the first and then takes what is left. */
  private async deliver(where: string): Promise<void> {
    while (this.delivering.has(where)) await this.delivering.get(where)
    const work = this.deliverObjects(where).finally(() => this.delivering.delete(where))
    this.delivering.set(where, work)
    await work
  }

  private async deliverObjects(where: string): Promise<void> {
    try {
      while (await this.deliverObject(where)) continue
    } catch (error) {
      this.platform.log(`stream ${where} could not deliver: ${messageOf(error)}`)
      this.deliverSoon(where, this.platform.clock.now() + retryAfterMs)
    }
  }

  /** Writes one object of at most the buffer's size and takes its records out of the buffer; false when there were none. */
  private async deliverObject(where: string): Promise<boolean> {
    const stream = this.streams.get(where)
    const [first] = this.rows.list(`${where}|`)
    if (!stream || !first) {
      this.waiting.get(where)?.takeTimerBack?.()
      this.waiting.delete(where)
      return false
    }
    const limit = (stream.destination.BufferingHints?.SizeInMBs ?? 5) * mebibyte
    const taken: RowSize[] = []
    const rows = this.rowsUpTo(where, limit, taken)
    await this.writeObject(stream, first.key, readRow(first.value).arrivedAt, rows)
    await this.platform.store.batch(() => {
      for (const {key} of taken) this.rows.delete(key)
    })
    this.forget(where, taken)
    return true
  }

  private *rowsUpTo(where: string, limit: number, taken: RowSize[]): Generator<Buffer> {
    let total = 0
    for (const {key, value} of this.rows.list(`${where}|`)) {
      const row = readRow(value)
      taken.push({where, key, bytes: row.data.length, count: row.count})
      total += row.data.length
      yield row.data
      if (total >= limit) return
    }
  }

  private forget(where: string, taken: readonly RowSize[]): void {
    const waiting = this.waiting.get(where)
    for (const {key, bytes, count} of taken) {
      if (!this.counted.delete(key)) this.deliveredUncounted.add(key)
      else if (waiting) {
        waiting.bytes -= bytes
        waiting.count -= count
      }
    }
    if (!waiting) return
    const [next] = this.rows.list(`${where}|`)
    if (next) {
      waiting.oldestAt = readRow(next.value).arrivedAt
      const interval = this.streams.get(where)?.destination.BufferingHints?.IntervalInSeconds ?? 300
      this.deliverSoon(where, waiting.oldestAt + interval * 1000)
    } else if (waiting.count === 0) {
      waiting.takeTimerBack?.()
      this.waiting.delete(where)
    }
  }

  private async writeObject(
    stream: StreamRow,
    firstKey: string,
    arrivedAt: number,
    rows: Iterable<Buffer>,
  ): Promise<void> {
    const {destination} = stream
    const bucketArn = destination.BucketARN ?? ''
    const key = objectKey(stream, firstKey, arrivedAt)
    const refusal = this.platform.roles.refusal({
      roleArn: destination.RoleARN ?? '',
      service: 'firehose.amazonaws.com',
      action: 's3:PutObject',
      resource: `${bucketArn}/${key}`,
      context: {'sts:ExternalId': this.platform.accountId},
    })
    if (refusal) throw new TypeError(refusal.message)
    const bucket = bucketArn.split(':::')[1] ?? ''
    if (!this.platform.blobs.bucket(bucket)) throw new TypeError(`the bucket ${bucket} does not exist`)
    const gzip = destination.CompressionFormat === 'GZIP'
    const body = gzip
      ? Readable.from(rows).pipe(createGzip({level: constants.Z_BEST_SPEED}))
      : Readable.from(rows)
    await this.platform.blobs.put(bucket, key, body, {
      contentType: 'application/octet-stream',
      contentEncoding: gzip ? 'gzip' : undefined,
      at: this.platform.clock.now(),
    })
  }
}

/**
 * `PREFIX STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID EXTENSION`. The id follows from the first record's place, so that a delivery
 * which a crash has cut off before its records were taken out is written again under the same name, not beside it.
 */
function objectKey(stream: StreamRow, firstKey: string, arrivedAt: number): string {
  const {destination} = stream
  const digest = createHash('sha256').update(`${stream.arn} ${stream.createdAt} ${firstKey}`).digest('hex')
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  const prefix = evaluatePrefix(destination.Prefix, {
    at: arrivedAt,
    timeZone: destination.CustomTimeZone ?? 'UTC',
    randomString: () => digest.slice(-11),
  })
  const extension = destination.FileExtension ?? (destination.CompressionFormat === 'GZIP' ? '.gz' : '')
  return `${prefix}${stream.name}-${stream.versionId}-${objectTimestamp(arrivedAt)}-${id}${extension}`
}

function joinRecords(records: readonly (string | Uint8Array)[], delimiter: string): Buffer {
  if (records.every((record) => typeof record === 'string')) {
    return Buffer.from(records.join(delimiter) + delimiter, 'utf8')
  }
  const end = Buffer.from(delimiter, 'utf8')
  return Buffer.concat(
    records.flatMap((record) => [typeof record === 'string' ? Buffer.from(record, 'utf8') : record, end]),
  )
}

/** A row: when its records came (8 bytes), how many they are (4 bytes), and the records as they will stand in the object. */
function writeRow(arrivedAt: number, count: number, data: Buffer): Buffer {
  const row = Buffer.allocUnsafe(12 + data.length)
  row.writeDoubleBE(arrivedAt, 0)
  row.writeUInt32BE(count, 8)
  data.copy(row, 12)
  return row
}

function readRow(row: Buffer): {arrivedAt: number; count: number; data: Buffer} {
  return {arrivedAt: row.readDoubleBE(0), count: row.readUInt32BE(8), data: row.subarray(12)}
}
