import {OpError} from '../../core/errors'
import {dayMs, type TimeRange} from '../../core/time'
import {hourFolders, longestBufferMs, rawLayouts} from '../../road/layout'
import type {RoadSettings} from '../../road/settings'

/** EventBridge tries an event for so long at most before it gives it up. */
const longestRetryMs = dayMs

/**
 * The folders of the lake in which events of a range of time can lie: those of the hours in which they may have arrived. Throws
 * `LAKE_OF_PARQUET` (usage) where the binding writes Parquet, and `NO_LAKE` (usage) where it ends elsewhere.
 */
export function foldersOf(settings: RoadSettings, {from, to}: TimeRange, now: number): string[] {
  if (settings.targetArn !== undefined) {
    throw new OpError(
      'usage',
      'NO_LAKE',
      `The events of this binding go to ${settings.targetArn}, not into a lake.`,
      {
        hint: 'Replay from an archive instead: usage-tracker events replay archive',
      },
    )
  }
  if (settings.recordFormat === 'parquet') {
    throw new OpError(
      'usage',
      'LAKE_OF_PARQUET',
      'The raw objects are Parquet, of which no event can be sent again as it was.',
      {
        hint: 'Replay from an archive instead: usage-tracker events replay archive',
      },
    )
  }
  return hourFolders(rawLayouts.json.folder, from - longestBufferMs, Math.min(now, to + longestRetryMs))
}
