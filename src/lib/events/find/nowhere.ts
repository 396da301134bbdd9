import {OpError} from '../../core/errors'
import {formatTime, type TimeRange} from '../../core/time'

/** The error for events that are nowhere: says where and when was looked. */
export function nowhere(ids: readonly string[], {from, to}: TimeRange): OpError {
  const when = `${formatTime(from)} to ${formatTime(to)}`
  const message =
    ids.length === 0
      ? `No such event of ${when} is in the lake.`
      : `${ids.join(', ')}: not in the lake (events of ${when}), not in quarantine, not among what the stream could not write, not among dead letters.`
  return new OpError('absent', 'EVENT_ABSENT', message, {
    hint: 'Look further back with --from. What is newer than 15 minutes may still be in the stream (locally: usage-tracker local flush). Where events get lost: usage-tracker doctor --canary',
  })
}
