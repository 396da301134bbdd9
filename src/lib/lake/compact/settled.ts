import {longestBufferMs} from '../../road/layout'
import {hourMs} from '../../core/time'

/** Time for a delivery itself, after the buffer is closed. */
const deliveryMs = 5 * 60_000

/** The end of the last hour whose raw objects are all there, as a rule: Firehose waits for a full buffer so long, and then delivers. */
export function settledUntil(now: number): number {
  return Math.floor((now - longestBufferMs - deliveryMs) / hourMs) * hourMs
}
