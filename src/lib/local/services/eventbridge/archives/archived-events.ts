import type {Clock} from '../../../clock'
import type {Sequence} from '../../../sequence'
import type {Collection, Log, Store} from '../../../store'
import type {ArchiveRow} from './archive-row'

export interface Totals {
  count: number
  /** UTF-8 of the events. */
  sizeBytes: number
}

const dayMs = 86_400_000
const newline = 0x0a

/** The events that archives keep, a row for what came in together: one line an event, under the moment at which they came. */
export class ArchivedEvents {
  private readonly rows: Log
  private readonly known = new Map<string, Totals>()
  private armed: (() => void) | undefined

  constructor(
    private readonly store: Store,
    private readonly archives: Collection<ArchiveRow>,
    private readonly clock: Clock,
    private readonly sequence: Sequence,
  ) {
    this.rows = store.bytes('events/archived')
  }

  /** Takes events into an archive: `stage` runs inside `Store.batch`, `committed` once that is on disk. Events are in one line each. */
  take(archive: ArchiveRow, events: readonly string[]): {stage: () => void; committed: () => void} {
    const totals = this.totals(archive)
    const row = Buffer.from(events.join('\n'), 'utf8')
    const key = `${prefixOf(archive)}${padded(this.clock.now())}-${this.sequence.next()}`
    return {
      stage: () => this.rows.put(key, row),
      committed: () => {
        add(totals, totalsOf(row), 1)
        if (!this.armed) this.arm()
      },
    }
  }

  /** How much the archive holds now. */
  totals(archive: ArchiveRow): Totals {
    let totals = this.known.get(archive.id)
    if (!totals) {
      totals = {count: 0, sizeBytes: 0}
      for (const {value} of this.rows.list(prefixOf(archive))) add(totals, totalsOf(value), 1)
      this.known.set(archive.id, totals)
    }
    return totals
  }

  /** The archive's next events after the row `after`. */
  next(archive: ArchiveRow, after?: string): {key: string; events: string[]} | undefined {
    const [row] = this.rows.list(prefixOf(archive), after)
    return row && {key: row.key, events: row.value.toString('utf8').split('\n')}
  }

  /** Removes everything that an archive holds. Only inside `Store.write`. */
  clear(archive: ArchiveRow): void {
    for (const {key} of [...this.rows.list(prefixOf(archive))]) this.rows.delete(key)
    this.known.delete(archive.id)
  }

  /** Removes what is older than its archive keeps, and does so again when the next is. */
  expire(): void {
    const now = this.clock.now()
    for (const {value: archive} of this.archives.list()) {
      if (archive.retentionDays > 0) this.expireIn(archive, now - archive.retentionDays * dayMs)
    }
    this.arm()
  }

  private expireIn(archive: ArchiveRow, oldestMs: number): void {
    const old: {key: string; totals: Totals}[] = []
    for (const {key, value} of this.rows.list(prefixOf(archive))) {
      if (takenAt(archive, key) > oldestMs) break
      old.push({key, totals: totalsOf(value)})
    }
    if (old.length === 0) return
    const totals = this.totals(archive)
    this.store.write(() => {
      for (const {key} of old) this.rows.delete(key)
    })
    for (const row of old) add(totals, row.totals, -1)
  }

  private arm(): void {
    this.armed?.()
    this.armed = undefined
    let dueAt = Infinity
    for (const {value: archive} of this.archives.list()) {
      if (archive.retentionDays === 0) continue
      const [oldest] = this.rows.list(prefixOf(archive))
      if (oldest) dueAt = Math.min(dueAt, takenAt(archive, oldest.key) + archive.retentionDays * dayMs)
    }
    if (dueAt !== Infinity) this.armed = this.clock.at(dueAt, () => this.expire())
  }
}

const prefixOf = (archive: ArchiveRow) => `${archive.id}/`

const padded = (ms: number) => String(ms).padStart(16, '0')

const takenAt = (archive: ArchiveRow, key: string) => Number(key.slice(prefixOf(archive).length).slice(0, 16))

function totalsOf(row: Buffer): Totals {
  let breaks = 0
  for (let at = row.indexOf(newline); at >= 0; at = row.indexOf(newline, at + 1)) breaks += 1
  return {count: breaks + 1, sizeBytes: row.length - breaks}
}

function add(totals: Totals, more: Totals, sign: 1 | -1): void {
  totals.count += sign * more.count
  totals.sizeBytes += sign * more.sizeBytes
}
