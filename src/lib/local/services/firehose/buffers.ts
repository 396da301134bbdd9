import {messageOf} from '../../../core/errors'
import type {Catalog} from '../../catalog'
import type {Platform} from '../../platform'
import type {Collection} from '../../store'
import {readRow, writeRow, type BufferRow} from './buffer-row'
import {enabledConversion} from './conversion'
import type {Delivery, WrittenRecords} from './delivery'
import {delimiterOf} from './destination'
import {streamKey, type StreamRow} from './rows'
import type {StreamMetrics} from './stream-metrics'
import {writeRaw} from './write-raw'

const mebibyte = 1024 * 1024
/** A stream that cannot deliver (no permission, no bucket) tries again after this long. */
const retryAfterMs = 60_000

/** What waits in one stream's buffer. */
interface Waiting {
  bytes: number
  count: number
  oldestAt: number
  takeTimerBack?: (() => void) | undefined
  /** The last delivery failed; the next one waits for its timer, however full the buffer gets. */
  failed?: boolean
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

  constructor(
    private readonly platform: Platform,
    private readonly streams: Collection<StreamRow>,
    private readonly metrics: StreamMetrics,
    private readonly catalog: Catalog,
  ) {
    this.rows = platform.store.bytes('firehose/buffer')
    for (const {key, value} of this.rows.list()) {
      const [where = ''] = key.split('|')
      const row = readRow(value)
      this.account({where, key, bytes: row.data.length, count: row.count}, row.arrivedAt)
    }
  }

  /**
   * What puts records into a stream's buffer: `stage` is the write, to be run inside `Store.batch`; `committed` is to be called
   * once that batch is on disk, and starts the buffer's clock. A part is a record, or some that its delimiter joins already;
   * `count` is the number of records.
   */
  stage(
    stream: StreamRow,
    region: string,
    {parts, count}: {parts: readonly Uint8Array[]; count: number},
    now: number,
  ): {stage: () => void; committed: () => void} {
    const where = streamKey(region, stream.name)
    const key = `${where}|${this.platform.sequence.next()}`
    const {destination} = stream
    // A conversion reads each record by itself, and an error record holds one as it came.
    const form = enabledConversion(destination) ? 'apart' : {joined: delimiterOf(destination)}
    const row = writeRow(now, count, parts, form)
    return {
      stage: () => this.rows.put(key, row),
      committed: () => this.account({where, key, bytes: readRow(row).data.length, count}, now),
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
    await this.deliver(streamKey(region, name), 'all')
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.waiting.keys()].map((stream) => this.deliver(stream, 'all')))
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
    // A delivery that is under way looks at the size itself before it ends.
    const isFull = waiting.bytes >= this.limitBytes(where)
    if (isFull && !waiting.failed && !this.delivering.has(where)) void this.deliver(where, 'full')
    if (!waiting.takeTimerBack) this.deliverAt(where, waiting.oldestAt + this.intervalMs(where))
  }

  private limitBytes(where: string): number {
    return (this.streams.get(where)?.destination.BufferingHints?.SizeInMBs ?? 5) * mebibyte
  }

  private intervalMs(where: string): number {
    return (this.streams.get(where)?.destination.BufferingHints?.IntervalInSeconds ?? 300) * 1000
  }

  /** Has all delivered that waits at that moment. */
  private deliverAt(where: string, dueAt: number): void {
    const waiting = this.waiting.get(where)
    if (!waiting) return
    waiting.takeTimerBack?.()
    waiting.takeTimerBack = this.platform.clock.at(dueAt, () => void this.deliver(where, 'all'))
  }

  /**
   * Delivers `all` that waits, or as long as there is enough for `full` objects. One delivery of a stream at a time: a second
   * request waits for the first and then takes what is left.
   */
  private async deliver(where: string, what: 'all' | 'full'): Promise<void> {
    while (this.delivering.has(where)) await this.delivering.get(where)
    const work = this.deliverObjects(where, what).finally(() => this.delivering.delete(where))
    this.delivering.set(where, work)
    await work
  }

  private async deliverObjects(where: string, what: 'all' | 'full'): Promise<void> {
    // What comes in meanwhile is for the next delivery, unless it fills an object.
    const last = `${where}|${this.platform.sequence.next()}`
    const isFull = () => (this.waiting.get(where)?.bytes ?? 0) >= this.limitBytes(where)
    try {
      for (let next = this.firstKey(where); next !== undefined; next = this.firstKey(where)) {
        if (!isFull() && (what === 'full' || next > last)) return
        await this.deliverObject(where)
        this.markFailed(where, false)
      }
    } catch (error) {
      this.markFailed(where, true)
      this.metrics.notDelivered(where, this.waiting.get(where)?.oldestAt, this.platform.clock.now())
      this.platform.log(`stream ${where} could not deliver: ${messageOf(error)}`)
      this.deliverAt(where, this.platform.clock.now() + retryAfterMs)
    }
  }

  private markFailed(where: string, failed: boolean): void {
    const waiting = this.waiting.get(where)
    if (waiting) waiting.failed = failed
  }

  private firstKey(where: string): string | undefined {
    const [first] = this.rows.list(`${where}|`)
    return first?.key
  }

  /** Writes one object of at most the buffer's size and takes its records out of the buffer. */
  private async deliverObject(where: string): Promise<void> {
    const stream = this.streams.get(where)
    const [first] = this.rows.list(`${where}|`)
    if (!stream || !first) return
    const taken: RowSize[] = []
    const rows = this.rowsUpTo(where, this.limitBytes(where), taken)
    const {arrivedAt} = readRow(first.value)
    const region = where.slice(0, where.indexOf('/'))
    const written = await this.write({stream, region, firstKey: first.key, arrivedAt, rows})
    await this.platform.store.batch(() => {
      for (const {key} of taken) this.rows.delete(key)
    })
    this.forget(where, taken)
    this.metrics.delivered(where, written, arrivedAt, this.platform.clock.now())
  }

  private async write(delivery: Delivery): Promise<WrittenRecords> {
    const conversion = enabledConversion(delivery.stream.destination)
    if (!conversion) return writeRaw(this.platform, delivery)
    const {writeConverted} = await import('./write-converted')
    return writeConverted(this.platform, this.catalog, conversion, delivery)
  }

  private *rowsUpTo(where: string, limit: number, taken: RowSize[]): Generator<BufferRow> {
    let total = 0
    for (const {key, value} of this.rows.list(`${where}|`)) {
      const row = readRow(value)
      taken.push({where, key, bytes: row.data.length, count: row.count})
      total += row.data.length
      yield row
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
      this.deliverAt(where, waiting.oldestAt + this.intervalMs(where))
    } else if (waiting.count === 0) {
      waiting.takeTimerBack?.()
      this.waiting.delete(where)
    }
  }
}
