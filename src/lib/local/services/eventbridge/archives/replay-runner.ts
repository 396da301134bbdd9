import {randomUUID} from 'node:crypto'
import {messageOf} from '../../../../core/errors'
import type {Platform} from '../../../platform'
import {RoutedEvents} from '../routed-events'
import type {Tables} from '../rows'
import type {RuleIndex} from '../rule-index'
import {routesFor} from '../rule-index'
import {archiveKey} from './archive-row'
import type {ArchivedEvents} from './archived-events'
import type {ReplayProgress, ReplayRow} from './replay-row'

/**
 * Runs replays, one after another. A row of the archive goes out in the same transaction in which the replay's progress is written, so
 * that a replay which a kill cut off goes on where it was.
 */
export class ReplayRunner {
  private running: Promise<void> = Promise.resolve()
  private closed = false

  constructor(
    private readonly platform: Platform,
    private readonly tables: Tables,
    private readonly archived: ArchivedEvents,
    private readonly rules: RuleIndex,
  ) {}

  /** Goes on with replays that an earlier run of the endpoint has begun. */
  resume(): void {
    for (const {key, value} of this.tables.replays.list()) if (value.endedAt === undefined) this.start(key)
  }

  start(key: string): void {
    this.running = this.running
      .then(() => this.run(key))
      .catch((error: unknown) => this.platform.log(`a replay has stopped: ${messageOf(error)}`))
  }

  /** Resolves once no replay runs and what they sent was handed over. */
  async settled(): Promise<void> {
    await this.running
    await this.platform.outbox.settled()
  }

  async close(): Promise<void> {
    this.closed = true
    await this.running
  }

  private async run(key: string): Promise<void> {
    while (!this.closed) {
      const replay = this.tables.replays.get(key)
      if (!replay || replay.endedAt !== undefined) return
      const progress = this.tables.replayProgress.get(key)
      const next = replay.state === 'CANCELLING' ? undefined : this.next(replay, progress)
      if (!next) {
        this.end(key, replay)
        return
      }
      if (replay.state === 'STARTING') this.save(key, {...replay, state: 'RUNNING'})
      await this.send(key, replay, {...progress, after: next.key}, next.events)
    }
  }

  private next({region, archive, archiveArn}: ReplayRow, progress: ReplayProgress | undefined) {
    const row = this.tables.archives.get(archiveKey(region, archive))
    return row?.arn === archiveArn ? this.archived.next(row, progress?.after) : undefined
  }

  private end(key: string, replay: ReplayRow): void {
    const state = replay.state === 'CANCELLING' ? 'CANCELLED' : 'COMPLETED'
    this.save(key, {...replay, state, endedAt: this.platform.clock.now()})
  }

  private save(key: string, replay: ReplayRow): void {
    this.platform.store.write(() => this.tables.replays.put(key, replay))
  }

  private async send(
    key: string,
    replay: ReplayRow,
    progress: ReplayProgress,
    texts: readonly string[],
  ): Promise<void> {
    const rules = this.rules.of(replay.region, replay.bus)
    const routed = new RoutedEvents()
    for (const archivedText of texts) {
      const event = replayed(archivedText, replay)
      if (!event || !rules) continue
      progress.lastEventMs = Math.max(progress.lastEventMs ?? 0, event.timeMs)
      const matched = routesFor(rules, event)
      if ('problem' in matched) {
        this.platform.log(`replay ${replay.name}: an event was left out: ${matched.problem}`)
        continue
      }
      routed.add(
        event.text,
        matched.filter(([route]) => replay.filterArns?.includes(route?.ruleArn ?? '') ?? true),
      )
    }
    const parcel = routed.parcel(this.platform.clock.now())
    const joined = parcel && this.platform.outbox.join(parcel)
    await this.platform.store.batch(() => {
      joined?.stage()
      this.tables.replayProgress.put(key, progress)
    })
    joined?.committed()
  }
}

/** The event as it goes out again: with the replay's name and an id of its own. Undefined where it did not occur in the replay's range. */
function replayed(text: string, replay: ReplayRow) {
  const before = JSON.parse(text) as {id: string; time: string}
  const timeMs = Date.parse(before.time)
  if (timeMs < replay.fromMs || timeMs >= replay.toMs) return undefined
  const id = randomUUID()
  // Texts of this endpoint begin so, and every digit of the rest is kept.
  const rest = text.slice(`{"version":"0","id":"${before.id}"`.length)
  return {
    timeMs,
    text: `{"version":"0","id":"${id}","replay-name":"${replay.name}"${rest}`,
    parsed: {...before, id, 'replay-name': replay.name},
  }
}
