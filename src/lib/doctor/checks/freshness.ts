import {dayMs, formatTime} from '../../core/time'
import type {Check} from '../check'
import {ok, skipped, skippedAfter, warn} from '../finding'

/** How old the newest raw object is. */
export const freshness: Check = {
  hop: 'freshness',
  after: ['bucket'],
  permissions: ['s3:ListBucket'],
  run: async ({reads, road, now}) => {
    if (!(await reads.bucket())) return skippedAfter('bucket')
    const {newest} = await reads.rawObjects()
    if (!newest) return skipped(`Bucket ${road.bucket.name} has no raw events yet.`)
    const ageMs = Math.max(0, now() - newest.writtenAt)
    const seen = `The newest raw object was written at ${formatTime(newest.writtenAt)}, ${ageText(ageMs)} ago.`
    return ageMs > dayMs
      ? warn(`${seen} Either nothing is sent, or it does not get here: try --canary.`)
      : ok(seen)
  },
}

function ageText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
