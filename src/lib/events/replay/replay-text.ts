import {formatTime, type TimeRange} from '../../core/time'
import type {ArchiveReplay} from './archive-replay'
import {shareOf, type ReplayState} from './watch-replay'

/** Events may still be on their way into an archive for about so long (EventBridge user guide, "Replaying archived events"). */
const archiveLagMs = 10 * 60_000

/** Where things happen, as plans name it. */
export interface ReplayPlace {
  region: string
  endpoint: string | undefined
}

function placeText({region, endpoint}: ReplayPlace): string {
  return `${region}, ${endpoint ?? 'AWS'}`
}

function rangeText({from, to}: TimeRange): string {
  return `${formatTime(from)} to ${formatTime(to)}`
}

/** What a replay from an archive will do, for a person. */
export function archivePlanText({archive, range, rule}: ArchiveReplay, place: ReplayPlace): string {
  const whom = rule ? `the rule ${rule.name}` : 'every rule'
  return (
    `Replay events of ${rangeText(range)} from the archive ${archive.name} ` +
    `to ${whom} of the bus ${archive.bus} (${placeText(place)}).`
  )
}

/** What may surprise about it. */
export function archiveRemarks({range, rule}: ArchiveReplay, now: number): string[] {
  return [
    ...(range.to > now - archiveLagMs
      ? ['Events of the last ten minutes may not be in the archive yet.']
      : []),
    ...(rule?.isEnabled === false ? [`The rule ${rule.name} is disabled: it takes no events.`] : []),
  ]
}

/** How far a replay is, in one line. */
export function replayProgressText(state: ReplayState): string {
  return `... ${state.state}, ${Math.floor(shareOf(state) * 100)} % of the time`
}

/** How a replay ended, in one line. */
export function replayEndText({replay, state, lastReplayedTime}: ReplayState): string {
  const upTo = lastReplayedTime === undefined ? 'no event was replayed' : `events up to ${lastReplayedTime}`
  return `Replay ${replay}: ${state}, ${upTo}.`
}

/** What sending stored events again will do, for a person. */
export function lakePlanText(
  {from, range, bus}: {from: string; range: TimeRange | undefined; bus: string},
  place: ReplayPlace,
): string {
  const when = range ? ` of ${rangeText(range)}` : ''
  return `Send events${when} from ${from} again to the bus ${bus} (${placeText(place)}): every rule that matches takes them.`
}

/** What to think of where no stored event was found. */
export function emptyRemarks(readCount: number): string[] {
  if (readCount > 0) return []
  return [
    'No stored event is of that time and matches. A delivery stream may hold events back for 15 minutes before they are stored ' +
      '(a local endpoint: usage-tracker local flush).',
  ]
}
