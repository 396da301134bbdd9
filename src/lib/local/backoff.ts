/** EventBridge does not publish its schedule of retries; it says exponential back-off with jitter. */
const baseMs = 1000
const longestMs = 15 * 60 * 1000

/** How long to wait before attempt number `attempt + 1`: between half and all of an exponentially growing time. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(longestMs, baseMs * 2 ** Math.min(attempt, 20))
  return Math.round(full / 2 + (full / 2) * random())
}
