import {OpError} from '../core/errors'
import {dayMs, parseDuration} from '../core/time'

const longestDays = 3650

/**
 * Milliseconds to move a clock by. Beyond ten years a duration is a slip of the pen, and a clock leaves the dates that services take.
 * Throws BAD_TIME (usage).
 */
export function advanceDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms <= longestDays * dayMs) return ms
  throw new OpError('usage', 'BAD_TIME', `"${text}" is too far: a clock moves by ${longestDays}d at most.`)
}
