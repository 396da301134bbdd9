import type {Now} from '../core/clock'

/**
 * The endpoint's own time: the machine's clock plus an offset that `local advance` moves forward. Everything that
 * waits (buffers, retries, visibility) waits on this clock, so hours of behaviour can be seen in a second.
 */
export class Clock {
  private readonly timers = new Map<symbol, {dueAt: number; run: () => void}>()
  private wakeUp: NodeJS.Timeout | undefined
  private stopped = false

  constructor(
    private readonly machineNow: Now,
    private offsetMs = 0,
  ) {}

  /** Milliseconds since 1970 in the endpoint's time. */
  now(): number {
    return this.machineNow() + this.offsetMs
  }

  get offset(): number {
    return this.offsetMs
  }

  /** Runs `run` once the clock reaches `dueAt`. Returns a function that takes the timer back. */
  at(dueAt: number, run: () => void): () => void {
    const key = Symbol('timer')
    this.timers.set(key, {dueAt, run})
    this.arm()
    return () => void this.timers.delete(key)
  }

  /** Moves the clock forward by `ms` and fires what has become due. Time never goes backwards. */
  advance(ms: number): void {
    this.offsetMs += Math.max(0, ms)
    this.fire()
  }

  /** Forgets every timer; nothing fires afterwards. */
  stop(): void {
    this.stopped = true
    this.timers.clear()
    clearTimeout(this.wakeUp)
  }

  private fire(): void {
    const now = this.now()
    const due = [...this.timers].filter(([, t]) => t.dueAt <= now).sort(([, a], [, b]) => a.dueAt - b.dueAt)
    for (const [key, timer] of due) {
      if (this.timers.delete(key)) timer.run()
    }
    this.arm()
  }

  private arm(): void {
    clearTimeout(this.wakeUp)
    if (this.stopped || this.timers.size === 0) return
    const next = Math.min(...[...this.timers.values()].map((t) => t.dueAt))
    // setTimeout holds 32 bits of milliseconds; a longer wait is simply armed again.
    const wait = Math.min(Math.max(0, next - this.now()), 2 ** 31 - 1)
    this.wakeUp = setTimeout(() => this.fire(), wait)
    this.wakeUp.unref()
  }
}
