import {OpError} from '../../core/errors'
import {rawLayouts} from '../../road/layout'
import type {RawObject} from '../raw-objects'
import type {LakeDeps, LakePlace} from './lake-deps'
import {isMended} from './mend'
import {quarantine} from './quarantine'
import {readRawObject} from './read-raw-object'
import type {BatchRows} from './run-batch'

/** An object with fewer rows for its size is looked into: no event of EventBridge is longer than 1 MB, few are longer than this. */
const suspiciousBytes = 8192

/** What was found out about the objects of a batch, after its rows were written. */
export interface Reading {
  /** Keys of objects that hold more events than the engine saw. */
  unread: string[]
  quarantinedCount: number
}

/**
 * Looks into those objects of a batch that look as if the engine had not seen all that they hold, and keeps their lines that are no events. An engine
 * sees one event a line: where Firehose puts no delimiter between records, it sees the first of each object. So an object with one row or
 * none, with rows of nothing, or with few for its size is read. Throws what S3 refuses.
 */
export async function lookInto(
  deps: LakeDeps,
  place: LakePlace,
  objects: readonly RawObject[],
  rows: readonly BatchRows[],
): Promise<Reading> {
  const reading: Reading = {unread: [], quarantinedCount: 0}
  const seen = new Map(objects.map(({key, sizeBytes}) => [key, {sizeBytes, rowCount: 0, eventCount: 0}]))
  for (const {key, rowCount, malformedCount} of rows) {
    const one = seen.get(key) ?? {sizeBytes: 0, rowCount: 0, eventCount: 0}
    one.rowCount += rowCount
    one.eventCount += rowCount - malformedCount
    seen.set(key, one)
  }
  for (const [key, {sizeBytes, rowCount, eventCount}] of seen) {
    const isSuspicious = rowCount <= 1 || eventCount < rowCount || sizeBytes / rowCount > suspiciousBytes
    if (!isSuspicious || !key.startsWith(rawLayouts.json.folder)) continue
    const content = await readRawObject(deps, place, key)
    if (content.eventCount > eventCount && !isMended(key)) reading.unread.push(key)
    else {
      await quarantine(deps, place, key, content.malformed)
      reading.quarantinedCount += content.malformed.length
    }
  }
  return reading
}

/** The objects of a batch that break off, because of which a statement may have failed with this error. Throws what S3 refuses. */
export async function damagedObjects(
  deps: LakeDeps,
  place: LakePlace,
  objects: readonly RawObject[],
  error: unknown,
): Promise<string[]> {
  if (!(error instanceof OpError) || error.code !== 'QUERY_FAILED') return []
  const readable = objects.filter(({key, format}) => format === 'json' && !isMended(key))
  const named = readable.filter(({key}) => error.message.includes(`s3://${place.bucket}/${key}`))
  const damaged: string[] = []
  for (const {key} of named.length > 0 ? named : readable) {
    if ((await readRawObject(deps, place, key)).isDamaged) damaged.push(key)
  }
  return damaged
}
