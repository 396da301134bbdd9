import type {Ledger} from '../ledger/ledger'
import type {RawObject} from '../raw-objects'
import type {Batch} from './batches'
import type {LakeDeps, LearntLake} from './lake-deps'
import {mend, type Mended} from './mend'
import {runBatch, type BatchOutcome} from './run-batch'
import {damagedObjects, lookInto} from './unread'

/** What a batch has written once nothing of its objects is unread. */
export interface WholeOutcome {
  outcome: BatchOutcome
  /** The objects that it read, mended ones among them. */
  objects: readonly RawObject[]
  quarantinedCount: number
  mendedCount: number
}

/**
 * Writes the rows of a batch, and again where objects had to be mended before the engine could see their events: what was written before does
 * not count, as of any attempt that came to nothing. Throws what `runBatch` and S3 throw.
 */
export async function runWhole(
  deps: LakeDeps,
  place: LearntLake,
  ledger: Ledger,
  batch: Batch,
): Promise<WholeOutcome> {
  let {objects} = batch
  let [mendedCount, quarantinedCount] = [0, 0]
  for (;;) {
    const {outcome, unread, quarantinedCount: kept} = await attempt(deps, place, ledger, {...batch, objects})
    if (unread.length === 0 && outcome) {
      return {outcome, objects, quarantinedCount: quarantinedCount + kept, mendedCount}
    }
    const mended = new Map<string, Mended>()
    for (const key of unread) mended.set(key, await mend(deps, place, key))
    objects = withMended(objects, mended)
    mendedCount += mended.size
    for (const one of mended.values()) quarantinedCount += one.quarantinedCount
  }
}

async function attempt(
  deps: LakeDeps,
  place: LearntLake,
  ledger: Ledger,
  batch: Batch,
): Promise<{outcome?: BatchOutcome; unread: string[]; quarantinedCount: number}> {
  let outcome: BatchOutcome
  try {
    outcome = await runBatch(deps, place, ledger, batch)
  } catch (error) {
    const unread = await damagedObjects(deps, place, batch.objects, error)
    if (unread.length === 0) throw error
    return {unread, quarantinedCount: 0}
  }
  return {outcome, ...(await lookInto(deps, place, batch.objects, outcome.rows))}
}

/** The objects with mended ones in the places of others. */
function withMended(objects: readonly RawObject[], mended: ReadonlyMap<string, Mended>): RawObject[] {
  return objects.flatMap((object) => {
    const {key} = mended.get(object.key) ?? object
    return key === undefined ? [] : [{...object, key}]
  })
}
