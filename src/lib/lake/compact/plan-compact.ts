import {hourMs} from '../../core/time'
import {foreseeFields, type FieldLook} from '../fields/learn-fields'
import {readHead} from '../ledger/head'
import {listRawObjects} from '../raw-objects'
import {batchesOf, firstOpenHour} from './batches'
import type {LakeDeps, LakePlace} from './lake-deps'

/** What a compaction would take, by what the ledger says now. */
export interface CompactPlan extends FieldLook {
  engine: 'athena'
  batchCount: number
  objectCount: number
  sizeBytes: number
}

/**
 * What `compact` would take up to `to` (milliseconds since 1970), and which columns it would make by a look at `newColumns` events; nothing is changed. Throws
 * what reading the bucket and the catalog does.
 */
export async function planCompact(
  deps: Pick<LakeDeps, 's3' | 'glue' | 'signal'>,
  place: LakePlace,
  {to, newColumns}: {to: number; newColumns: number},
): Promise<CompactPlan> {
  const {s3} = deps
  const {bucket} = place
  const {head} = await readHead({s3, bucket})
  const end = Math.ceil(to / hourMs) * hourMs
  const objects = await listRawObjects({s3, bucket}, {from: firstOpenHour(head), to: end})
  const batches = batchesOf(head, objects, end)
  const taken = batches.flatMap((batch) => batch.objects)
  return {
    engine: 'athena',
    batchCount: batches.length,
    objectCount: taken.length,
    sizeBytes: taken.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
    ...(await foreseeFields(deps, place, {objects: taken, count: newColumns})),
  }
}
