import type {Collection, Store} from '../../store'
import type {Sequence} from '../../sequence'
import {toSequenceNumber} from './sequence-number'
import type {Stream, StreamStore} from './stream-store'

/** A record before it has its number. */
export interface NewRecord {
  shardIndex: number
  partitionKey: string
  data: Uint8Array
}

export interface StoredRecord {
  partitionKey: string
  data: Uint8Array
  /** Milliseconds since 1970 on the endpoint's clock. */
  arrivedAt: number
}

const hourMs = 3_600_000

/** Records whose time is over that one put removes from a shard at most; more leave with the next ones. */
const removedAtOnce = 100

/**
 * The records of all streams, in the order of their sequence numbers under stream and shard. A number is given in the moment of the
 * write, so that no reader ever passes a place where a record appears later.
 */
export class RecordStore {
  private readonly rows: Collection<StoredRecord>

  constructor(
    private readonly store: Store,
    private readonly sequence: Sequence,
    private readonly streams: StreamStore,
  ) {
    this.rows = store.collection('kinesis/records')
  }

  /** Puts records into a stream and returns their sequence numbers; durable when the promise resolves. */
  async put(stream: Stream, records: readonly NewRecord[], now: number): Promise<string[]> {
    let numbers: string[] = []
    await this.store.batch(() => {
      numbers = this.stage(stream, records, now)
    })
    return numbers
  }

  /** The writes that put records into a stream, and their sequence numbers; only inside `Store.batch` or `Store.write`. */
  stage(stream: Stream, records: readonly NewRecord[], now: number): string[] {
    // The stream may have been deleted since it was looked up; what was put into it is gone with it.
    const isThere = this.streams.find(stream.region, stream.name)?.row === stream.row
    if (isThere) this.stageRetention(stream, new Set(records.map(({shardIndex}) => shardIndex)), now)
    return records.map(({shardIndex, partitionKey, data}) => {
      const number = toSequenceNumber(this.sequence.next(), shardIndex)
      if (isThere)
        this.rows.put(`${shardKey(stream, shardIndex)}${number}`, {partitionKey, data, arrivedAt: now})
      return number
    })
  }

  /** Records of a shard after a sequence number, those whose retention period is over left out. */
  *list(
    stream: Stream,
    shardIndex: number,
    options: {after: string; now: number},
  ): Iterable<StoredRecord & {sequenceNumber: string}> {
    const prefix = shardKey(stream, shardIndex)
    for (const {key, value} of this.rows.list(prefix, `${prefix}${options.after}`)) {
      if (isOver(stream, value, options.now)) continue
      yield {...value, sequenceNumber: key.slice(prefix.length)}
    }
  }

  /** A sequence number after those of all records that are there, and before those of all to come. */
  tip(shardIndex: number): string {
    return toSequenceNumber(this.sequence.next(), shardIndex)
  }

  /** The writes that forget a stream's records; only inside `Store.write`. */
  stageRemoval(stream: Stream): void {
    for (const {key} of [...this.rows.list(`${stream.row}/`)]) this.rows.delete(key)
  }

  private stageRetention(stream: Stream, shards: ReadonlySet<number>, now: number): void {
    for (const shardIndex of shards) {
      const over: string[] = []
      for (const {key, value} of this.rows.list(shardKey(stream, shardIndex))) {
        if (!isOver(stream, value, now) || over.length === removedAtOnce) break
        over.push(key)
      }
      for (const key of over) this.rows.delete(key)
    }
  }
}

function shardKey(stream: Stream, shardIndex: number): string {
  return `${stream.row}/${String(shardIndex).padStart(12, '0')}/`
}

function isOver(stream: Stream, record: StoredRecord, now: number): boolean {
  return record.arrivedAt + stream.retentionHours * hourMs <= now
}
