import {hourMs} from '../../core/time'
import {readHead} from '../ledger/head'
import {listRawObjects} from '../raw-objects'
import {batchesOf, firstOpenHour} from './batches'
import type {LakeDeps, LakePlace} from './lake-deps'

/** What a compaction would take, by what the ledger says now. */
export interface CompactPlan {
  engine: 'athena'
  batchCount: number
  objectCount: number
  sizeBytes: number
}

/** What `compact` would take up to `to` (milliseconds since 1970); nothing is changed. Throws what reading the bucket does. */
export async function planCompact(
  {s3}: Pick<LakeDeps, 's3'>,
  {bucket}: Pick<LakePlace, 'bucket'>,
  to: number,
): Promise<CompactPlan> {
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
  }
}
