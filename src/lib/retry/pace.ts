import type {Now} from '../core/clock'

export interface PaceOptions {
  /** Events a second at most. Absent: as many as the service takes. */
  perSecond?: number | undefined
  /** Any clock that goes steadily, in milliseconds. */
  now: Now
  /** Waits; may end early. */
  sleep: (delayMs: number) => Promise<void>
}

/** What the bucket holds at most: the share of a second that may be sent at once after a pause. */
const burstMs = 100
/** Answers to requests that were sent before a cut come after it: they tell nothing new. */
const cutIntervalMs = 250
/** What is left of the rate after a cut. */
const cutShare = 0.7
/** The part of the rate at the last cut that comes back with every second. */
const growthPerSecond = 0.1
/** So many times the rate of the last cut without a new one: the service has enough again. */
const forgottenAt = 4
const slowestPerSecond = 1

/**
 * The rate that all senders of a run share, as a token bucket. It never goes above `perSecond`. Where the service throttles,
 * it goes down to a share of what was let through until then, and comes back slowly with what is accepted (additive
 * increase, multiplicative decrease).
 */
export class Pace {
  /** Events a second; Infinity where nothing holds them back. */
  private rate: number
  /** When the next event may go. */
  private freeAt: number
  private cutAt = -Infinity
  private cutRate = Infinity
  private grownAt: number
  private readonly taken: RecentRate

  constructor(private readonly options: PaceOptions) {
    const now = options.now()
    this.rate = this.limit
    this.freeAt = now
    this.grownAt = now
    this.taken = new RecentRate(now)
  }

  /** Events a second that may go at present; Infinity where nothing holds them back. */
  get perSecond(): number {
    return this.rate
  }

  /** Resolves when `count` events may go. They are taken at once, so whoever asks later waits for longer. */
  async take(count: number): Promise<void> {
    const now = this.options.now()
    this.freeAt = Math.max(this.freeAt, now - burstMs)
    const waitMs = this.freeAt - now
    this.freeAt += (count * 1000) / this.rate
    if (waitMs > 0) await this.options.sleep(waitMs)
    this.taken.add(count, this.options.now())
  }

  /** The service asked for patience. */
  throttled(): void {
    const now = this.options.now()
    if (now - this.cutAt < cutIntervalMs) return
    const known = Math.min(this.rate, this.taken.perSecond(now))
    this.rate = Math.max(slowestPerSecond, known * cutShare)
    this.cutRate = this.rate
    this.cutAt = now
    this.grownAt = now
  }

  /** The service accepted events. */
  accepted(): void {
    if (this.rate >= this.limit) return
    const now = this.options.now()
    const grown = this.rate + (this.cutRate * growthPerSecond * (now - this.grownAt)) / 1000
    this.grownAt = now
    this.rate = Math.min(this.limit, grown > this.cutRate * forgottenAt ? Infinity : grown)
  }

  private get limit(): number {
    return this.options.perSecond ?? Infinity
  }
}

/** Events a second over the last second or two. */
class RecentRate {
  private count = 0
  private before = 0

  constructor(private since: number) {}

  add(count: number, now: number): void {
    this.turn(now)
    this.count += count
  }

  perSecond(now: number): number {
    this.turn(now)
    const elapsedMs = now - this.since + (this.before > 0 ? windowMs : 0)
    return ((this.count + this.before) * 1000) / Math.max(elapsedMs, cutIntervalMs)
  }

  private turn(now: number): void {
    if (now - this.since < windowMs) return
    this.before = now - this.since < 2 * windowMs ? this.count : 0
    this.count = 0
    this.since = now
  }
}

const windowMs = 1000
