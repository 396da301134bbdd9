import type {Now} from '../core/clock'
import {OpError} from '../core/errors'

/** Waits for so many milliseconds; handed in, so that a test need not wait. */
export type Sleep = (ms: number) => Promise<void>

export interface WaitOptions {
  now: Now
  sleep: Sleep
  /** How long to go on asking, in milliseconds. */
  timeoutMs: number
  /** Pause after the first look; doubles after each further one. Default 200. */
  firstDelayMs?: number | undefined
  /** Longest pause between two looks. Default 5000. */
  maxDelayMs?: number | undefined
  /** Completes the sentence "Waited n s for ...": `delivery stream usage-events to become ACTIVE`. */
  waitingFor: string
  signal?: AbortSignal | undefined
}

/**
 * Asks `look` again and again, with growing pauses, until it answers something other than undefined, and returns that.
 * Throws `WAIT_TIMED_OUT` (timeout) when the time is up, `INTERRUPTED` when the signal is raised, and whatever `look` throws.
 */
export async function waitUntil<T>(look: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const endsAt = options.now() + options.timeoutMs
  const maxDelayMs = options.maxDelayMs ?? 5_000
  let delayMs = options.firstDelayMs ?? 200
  for (;;) {
    throwIfInterrupted(options)
    const seen = await look()
    if (seen !== undefined) return seen
    const leftMs = endsAt - options.now()
    if (leftMs <= 0) {
      const seconds = Math.round(options.timeoutMs / 1000)
      throw new OpError('timeout', 'WAIT_TIMED_OUT', `Waited ${seconds} s for ${options.waitingFor}.`, {
        hint: 'It may still happen. Run the command again to go on from here.',
      })
    }
    await options.sleep(Math.min(delayMs, maxDelayMs, leftMs))
    delayMs = Math.min(delayMs * 2, maxDelayMs)
  }
}

function throwIfInterrupted(options: WaitOptions): void {
  if (options.signal?.aborted) {
    throw new OpError('interrupted', 'INTERRUPTED', `Interrupted while waiting for ${options.waitingFor}.`)
  }
}
