export interface BackoffSettings {
  /** Upper bound of the first wait, in milliseconds. */
  baseMs: number
  /** Upper bound of every wait, in milliseconds. */
  maxMs: number
}

/**
 * How long to wait before trying again, in milliseconds: exponential with full jitter, a uniform share of
 * `min(maxMs, baseMs * 2^(failureCount - 1))`. `failureCount` is 1 after the first failure; `random` answers a number
 * from 0 (inclusive) to 1 (exclusive).
 */
export function backoffMs(failureCount: number, settings: BackoffSettings, random: () => number): number {
  const ceilingMs = Math.min(settings.maxMs, settings.baseMs * 2 ** (failureCount - 1))
  return Math.floor(random() * ceilingMs)
}
