import type {Sequence} from '../../sequence'
import type {Collection, Store} from '../../store'
import type {GroupStore, LogGroup} from './group-store'
import type {LogStream, LogStreamStore} from './stream-store'

export interface LogEvent {
  /** Milliseconds since 1970, as the producer says. */
  timestamp: number
  message: string
  /** Milliseconds since 1970 on the endpoint's clock. */
  ingestedAt: number
}

export interface StoredEvent extends LogEvent {
  /** Time and row: grows with the timestamp, and, for equal ones, in the order of arrival. */
  key: string
}

/** What DescribeLogStreams tells of a stream's events. */
export interface StreamTimes {
  firstTimestamp: number
  lastTimestamp: number
  lastIngestedAt: number
}

const dayMs = 86_400_000

/** Events whose time is over that one put removes from a stream at most; more leave with the next ones. */
const removedAtOnce = 100

/** The events of all log streams, by timestamp under group and stream. */
export class EventStore {
  private readonly rows: Collection<LogEvent>

  constructor(
    private readonly store: Store,
    private readonly sequence: Sequence,
    private readonly groups: GroupStore,
    private readonly streams: LogStreamStore,
  ) {
    this.rows = store.collection('logs/events')
  }

  /** Puts events into a stream; durable when the promise resolves. */
  async put(group: LogGroup, stream: LogStream, events: readonly LogEvent[], now: number): Promise<void> {
    await this.store.batch(() => this.stage(group, stream, events, now))
  }

  /** The writes that put events into a stream; only inside `Store.batch` or `Store.write`. */
  stage(group: LogGroup, stream: LogStream, events: readonly LogEvent[], now: number): void {
    // The group may have been deleted since it was looked up; what was put into it is gone with it.
    if (this.groups.find(group.region, group.name)?.row !== group.row) return
    for (const key of this.expired(group, stream, now)) this.rows.delete(key)
    for (const event of events) {
      const time = String(event.timestamp).padStart(15, '0')
      this.rows.put(`${streamKey(group, stream)}${time}${this.sequence.next()}`, event)
    }
  }

  /** Events of a stream by time, `from` (inclusive) to `to` (exclusive), those beyond the group's retention left out. */
  *list(
    group: LogGroup,
    stream: LogStream,
    {from, to, now}: {from: number; to: number; now: number},
  ): Iterable<StoredEvent> {
    const prefix = streamKey(group, stream)
    const start = String(Math.max(0, from)).padStart(15, '0')
    for (const {key, value} of this.rows.list(prefix, `${prefix}${start}`)) {
      if (value.timestamp >= to) return
      if (value.timestamp >= from && !isExpired(group, value.timestamp, now)) {
        yield {...value, key: key.slice(prefix.length)}
      }
    }
  }

  /** The times of a stream's events, or undefined where it has none. */
  timesOf(group: LogGroup, stream: LogStream, now: number): StreamTimes | undefined {
    let times: StreamTimes | undefined
    for (const {timestamp, ingestedAt} of this.list(group, stream, {from: 0, to: Infinity, now})) {
      times ??= {firstTimestamp: timestamp, lastTimestamp: timestamp, lastIngestedAt: ingestedAt}
      times.lastTimestamp = timestamp
      times.lastIngestedAt = Math.max(times.lastIngestedAt, ingestedAt)
    }
    return times
  }

  /** The writes that forget a stream and its events; only inside `Store.batch` or `Store.write`. */
  stageStreamRemoval(group: LogGroup, stream: LogStream): void {
    for (const {key} of [...this.rows.list(streamKey(group, stream))]) this.rows.delete(key)
    this.streams.stageRemoval(group, stream)
  }

  /** The writes that forget a group's streams and events; only inside `Store.write`. */
  stageRemoval(group: LogGroup): void {
    for (const stream of this.streams.list(group)) this.stageStreamRemoval(group, stream)
  }

  private expired(group: LogGroup, stream: LogStream, now: number): string[] {
    if (group.retentionDays === undefined) return []
    const keys: string[] = []
    for (const {key, value} of this.rows.list(streamKey(group, stream))) {
      if (!isExpired(group, value.timestamp, now) || keys.length === removedAtOnce) break
      keys.push(key)
    }
    return keys
  }
}

/** True where the group's retention period is over for an event of that time. */
export function isExpired({retentionDays}: LogGroup, timestamp: number, now: number): boolean {
  return retentionDays !== undefined && timestamp + retentionDays * dayMs <= now
}

const streamKey = (group: LogGroup, stream: LogStream): string => `${group.row}/${stream.row}/`
