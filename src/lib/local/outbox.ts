import {tryParseArn} from '../core/arn'
import {messageOf} from '../core/errors'
import {backoffMs} from '../retry/backoff'
import type {Clock} from './clock'
import {deadLetterAttributes, deadLetterRoute} from './dead-letter'
import {DeliveryTally} from './metrics/delivery-tally'
import type {RuleMetrics} from './metrics/rule-metrics'
import {decodeParcel, encodeParcel, mergeParcels, type Parcel, type Route} from './parcel'
import {deliveriesOf, withFailures} from './deliveries'
import type {DeliveryFailure, DeliveryOutcome, Service} from './platform'
import {exhaustedCondition} from './retry-policy'
import {groupByRoute, type Group, type Item, type ReadyParcel} from './route-groups'
import type {Sequence} from './sequence'
import type {Collection, Log, Store} from './store'

export interface OutboxOptions {
  store: Store
  clock: Clock
  sequence: Sequence
  accountId: string
  /** Numbers from 0 (inclusive) to 1 (exclusive), for the jitter of retries. */
  random: () => number
  /** Counts what becomes of the events. */
  metrics: RuleMetrics
  service: (name: string) => Promise<Service | undefined>
  log: (line: string) => void
}

/** Parcels that one round takes: enough to share a commit, few enough to keep answering requests in between. */
const parcelsPerRound = 32

/** EventBridge does not publish its schedule of retries; it says exponential back-off with jitter. */
const retryWaits = {baseMs: 2000, maxMs: 15 * 60_000}

/** How long parcels are gathered before a round, so that under load one commit carries many (milliseconds of the machine). */
const gatherMs = 25

/**
 * The one road from a rule to its targets. A parcel (events and the routes they take) is durable when `accept` resolves;
 * it leaves the outbox in the same transaction in which the target takes it, is put back for a retry, or goes to a
 * dead-letter queue. Targets, retries and dead letters of every kind pass here.
 */
export class Outbox {
  private readonly rows: Log
  private readonly later: Collection<Buffer>
  private readonly ready: ReadyParcel[] = []
  private waiting = 0
  private gathering: {parcels: Parcel[]; committed: Promise<void>} | undefined
  private committing: Promise<void> | undefined
  private running: Promise<void> | undefined
  private wake: (() => void) | undefined
  private closed = false

  constructor(private readonly options: OutboxOptions) {
    this.rows = options.store.bytes('outbox')
    this.later = options.store.bytes('outbox-later')
    for (const {key, value} of this.rows.list()) {
      this.ready.push({key, parcel: decodeParcel(value), row: value})
    }
    this.waiting = this.ready.reduce((sum, {parcel}) => sum + parcel.events.length, 0)
  }

  /** Begins to deliver what was left from before, and arms the timer of the next retry. */
  start(): void {
    this.kick()
    this.armRetries()
  }

  /** Takes events for their routes. Durable when the promise resolves; delivery goes on by itself. */
  async accept(parcel: Parcel): Promise<void> {
    if (this.gathering) this.gathering.parcels.push(parcel)
    else this.gathering = {parcels: [parcel], committed: this.commitGathered()}
    await this.gathering.committed
    this.options.metrics.matched(parcel, this.options.clock.now())
  }

  /** Takes events as part of another transaction: `stage` runs inside `Store.batch`, `committed` once that is on disk. */
  join(parcel: Parcel): {stage: () => void; committed: () => void} {
    const key = this.options.sequence.next()
    const row = encodeParcel(parcel)
    return {
      stage: () => this.rows.put(key, row),
      committed: () => {
        this.options.metrics.matched(parcel, this.options.clock.now())
        this.enqueue({key, parcel, row})
        this.kick()
      },
    }
  }

  /** Resolves once everything that is ready has been handed over, put aside for a retry or dead-lettered. */
  async settled(): Promise<void> {
    while (this.running) await this.running
  }

  /** Events that have not reached their targets, and when the oldest of them was accepted. */
  pending(): {count: number; oldestAt: number | undefined} {
    let count = this.waiting
    let oldestAt = this.ready[0]?.parcel.acceptedAt
    for (const {value} of this.later.list()) {
      const parcel = decodeParcel(value)
      count += parcel.events.length
      oldestAt = Math.min(oldestAt ?? parcel.acceptedAt, parcel.acceptedAt)
    }
    return {count, oldestAt}
  }

  async close(): Promise<void> {
    this.closed = true
    this.wake?.()
    await this.settled()
  }

  /**
   * Group commit: while one commit is under way, the parcels that come in are gathered and go into the next one together,
   * as one row.
   */
  private async commitGathered(): Promise<void> {
    await this.committing
    const parcel = mergeParcels(this.gathering?.parcels ?? [])
    this.gathering = undefined
    const key = this.options.sequence.next()
    const bytes = encodeParcel(parcel)
    const commit = this.rows.append(key, bytes)
    this.committing = commit.catch(() => undefined)
    await commit
    this.enqueue({key, parcel, row: bytes})
    this.kick()
  }

  private enqueue(ready: ReadyParcel): void {
    this.ready.push(ready)
    this.waiting += ready.parcel.events.length
  }

  private kick(): void {
    if (this.running || this.closed || this.ready.length === 0) return
    this.running = this.drain()
      .catch((error: unknown) => {
        // The disk refused a commit. What was not committed is still in the outbox's rows and goes out after a restart.
        this.options.log(`delivery has stopped: ${messageOf(error)}`)
        this.closed = true
      })
      .finally(() => {
        this.running = undefined
        this.kick()
      })
  }

  private async drain(): Promise<void> {
    while (this.ready.length > 0 && !this.closed) {
      if (this.ready.length < parcelsPerRound) await new Promise((resolve) => setTimeout(resolve, gatherMs))
      const round = this.ready.splice(0, parcelsPerRound)
      await this.deliverRound(round)
      this.waiting -= round.reduce((sum, {parcel}) => sum + parcel.events.length, 0)
    }
  }

  /** Hands each route's events over in one call, and commits all that follows from it in one transaction. */
  private async deliverRound(round: ReadyParcel[]): Promise<void> {
    const writes: Write[] = []
    const tallies: DeliveryTally[] = []
    for (const group of groupByRoute(round)) {
      const outcome = await this.attempt(group)
      const tally = new DeliveryTally(group)
      tallies.push(tally)
      if (outcome.stage) writes.push({stage: outcome.stage, committed: outcome.committed})
      for (const {index, failure} of outcome.failed ?? []) {
        const item = group.items[index]
        if (!item) continue
        const write = this.afterFailure(group.route, item, failure)
        tally.fail(item, write.again === true)
        writes.push(write)
      }
    }
    await this.options.store.batch(() => {
      for (const write of writes) write.stage()
      for (const {key} of round) this.rows.delete(key)
    })
    const now = this.options.clock.now()
    for (const tally of tallies) tally.count(this.options.metrics, now)
    for (const {committed, follows} of writes) {
      committed?.()
      if (follows) this.enqueue(follows)
    }
    this.armRetries()
  }

  private async attempt({route, items, lines}: Group): Promise<DeliveryOutcome> {
    const all = (failure: DeliveryFailure) => ({failed: items.map((_, index) => ({index, failure}))})
    const arn = tryParseArn(route.targetArn)
    const service = arn && (await this.options.service(arn.service))
    if (!service?.deliver) {
      return all({
        code: 'NO_RESOURCE',
        message: `Nothing here takes events for ${route.targetArn}.`,
        retryable: false,
      })
    }
    const {deliveries, places, failed} = deliveriesOf(route, items)
    if (deliveries.length === 0) return {failed}
    try {
      const request = {...route, accountId: this.options.accountId, deliveries, lines}
      return withFailures(await service.deliver(request), places, failed)
    } catch (error) {
      return all({code: 'INTERNAL_ERROR', message: messageOf(error), retryable: true})
    }
  }

  /** A failed event waits for its next attempt, or, when there is none, goes to the rule's dead-letter queue or is gone. */
  private afterFailure(route: Route, item: Item, failure: DeliveryFailure): Write {
    const now = this.options.clock.now()
    const attempts = item.parcel.attempts + 1
    const exhausted = exhaustedCondition(route, item.parcel, attempts, now)
    if (failure.retryable && !exhausted) {
      const dueAt = now + backoffMs(attempts, retryWaits, this.options.random)
      const row = encodeParcel({
        ...item.parcel,
        attempts,
        events: [item.event],
        routes: [{route, indexes: [0]}],
      })
      const key = `${String(dueAt).padStart(16, '0')}-${this.options.sequence.next()}`
      return {stage: () => this.later.put(key, row), again: true}
    }
    this.options.log(`event not delivered to ${route.targetArn} (${failure.code}): ${failure.message}`)
    if (!route.deadLetterArn) return {stage: () => undefined}
    const letter: Parcel = {
      acceptedAt: item.parcel.acceptedAt,
      attempts: 0,
      events: [item.event],
      attributes: deadLetterAttributes(
        route,
        failure,
        failure.retryable ? exhausted : undefined,
        attempts - 1,
      ),
      routes: [{route: deadLetterRoute(route, route.deadLetterArn), indexes: [0]}],
    }
    const key = this.options.sequence.next()
    const bytes = encodeParcel(letter)
    return {stage: () => this.rows.put(key, bytes), follows: {key, parcel: letter, row: bytes}}
  }

  private armRetries(): void {
    this.wake?.()
    this.wake = undefined
    if (this.closed) return
    const [next] = this.later.list()
    if (next) this.wake = this.options.clock.at(Number(next.key.slice(0, 16)), () => void this.retryDue())
  }

  /** Moves retries that are due back among the ready ones. */
  private async retryDue(): Promise<void> {
    const now = this.options.clock.now()
    const due: {from: string; key: string; bytes: Buffer}[] = []
    for (const {key, value} of this.later.list()) {
      if (Number(key.slice(0, 16)) > now) break
      due.push({from: key, key: this.options.sequence.next(), bytes: Buffer.from(value)})
    }
    await this.options.store.batch(() => {
      for (const {from, key, bytes} of due) {
        this.later.delete(from)
        this.rows.put(key, bytes)
      }
    })
    for (const {key, bytes} of due) this.enqueue({key, parcel: decodeParcel(bytes), row: bytes})
    this.kick()
    this.armRetries()
  }
}

/** What follows from a delivery, committed together with the parcel's removal; `follows` is sent on afterwards. */
interface Write {
  stage: () => void
  committed?: (() => void) | undefined
  follows?: ReadyParcel
  /** The event waits for another attempt. */
  again?: boolean
}
