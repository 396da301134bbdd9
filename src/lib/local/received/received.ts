import type {Clock} from '../clock'
import type {Sequence} from '../sequence'
import type {Collection, Store} from '../store'
import {WriteBehind} from '../write-behind'
import type {ReceivedEvent, ReceivedPage} from './received-event'
import {RecentEvents} from './recent-events'
import {keptLimits, segmentKey, segmentsOf, sizeOfKey} from './segments'

/**
 * A list of what came in, for whoever tests a producer. It is no part of the road: it costs PutEvents a few references, is
 * bounded, and is written behind the answers: a kill takes the last seconds of the list with it, never an event.
 */
export class Received {
  private readonly rows: Collection<ReceivedEvent[]>
  private readonly counts: Collection<number>
  private readonly recent = new RecentEvents(keptLimits)
  private writtenCount: number
  private readonly behind: WriteBehind

  constructor(
    private readonly store: Store,
    clock: Clock,
    private readonly sequence: Sequence,
    log: (line: string) => void,
  ) {
    this.rows = store.collection('received')
    this.counts = store.collection('received-counts')
    this.writtenCount = this.counts.get('total') ?? 0
    this.behind = new WriteBehind({clock, write: () => this.write(), what: 'received events', log})
  }

  /** Notes one event or refused entry. Cheap: nothing is written here. */
  add(event: ReceivedEvent): void {
    this.recent.add(event)
    this.behind.arm()
  }

  /** Resolves once all that was noted is on disk. */
  async flush(): Promise<void> {
    await this.behind.flush()
  }

  /** What is kept, in the order in which it came; `after` is the `next` of the page before. */
  async page(after?: string): Promise<ReceivedPage> {
    await this.flush()
    const [first, second] = this.rows.list('', after)
    return {
      totalCount: this.writtenCount,
      events: first?.value ?? [],
      ...(first && second ? {next: first.key} : {}),
    }
  }

  private async write(): Promise<void> {
    const {events, count} = this.recent.take()
    if (count === 0) return
    const segments = segmentsOf(events).map((segment) => ({
      key: segmentKey(this.sequence.next(), segment),
      segment,
    }))
    const total = this.writtenCount + count
    const outdated = this.outdated(segments.map(({key}) => key))
    await this.store.batch(() => {
      for (const {key, segment} of segments) this.rows.put(key, segment)
      for (const key of outdated) this.rows.delete(key)
      this.counts.put('total', total)
    })
    this.writtenCount = total
  }

  /** The oldest rows, as far as the newer ones alone are as much as is kept. */
  private outdated(newKeys: readonly string[]): string[] {
    const oldKeys = [...this.rows.list()].map(({key}) => key)
    let count = 0
    let characters = 0
    const outdated: string[] = []
    for (const key of [...oldKeys, ...newKeys].reverse()) {
      if (count >= keptLimits.count || characters >= keptLimits.characters) outdated.push(key)
      const size = sizeOfKey(key)
      count += size.count
      characters += size.characters
    }
    return outdated
  }
}
