import {setTimeout as delay} from 'node:timers/promises'

const longestPauseMs = 50

/**
 * Looks again and again until there is an answer. The pauses between looks grow, because a look is a call over the wire and would take the
 * processor from what is waited for.
 */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const seen = await look()
    if (seen !== undefined) return seen
    await delay(pauseMs)
  }
}

/** The pauses of the tool while it follows a query, cut short: a test has little data. */
export function shortSleep(ms: number): Promise<void> {
  return delay(ms / 5)
}
