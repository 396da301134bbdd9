import {dayMs, formatTime, parseRange, type TimeRange} from '../../core/time'

/** Days that are looked at where nobody says more. */
const defaultDays = 31

/**
 * The range of billing times in which events are looked for: the last 31 days, and a day ahead, for producers whose clock is. Throws
 * BAD_TIME (usage).
 */
export function findRange(
  given: {from?: string | undefined; to?: string | undefined},
  now: number,
): TimeRange {
  const from = given.from ?? `-${defaultDays}d`
  return parseRange({from, to: given.to ?? formatTime(now + dayMs)}, now)
}
