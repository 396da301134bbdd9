import {formatDay, formatTime, hourMs} from '../../core/time'
import type {RecordFormat} from '../../road/record-format'
import {viewSql} from '../../road/lake-view'
import {layout} from '../../road/layout'
import {compactedOf} from '../ledger/compacted'
import {Ledger} from '../ledger/ledger'
import {defaultLook, learnFields, nothingSeen, type FieldLook} from '../fields/learn-fields'
import {hourOfKey} from '../raw-hours'
import {listRawObjects} from '../raw-objects'
import {isView, readTable, replaceView} from '../replace-view'
import {batchesOf, firstOpenHour, rememberedObjects} from './batches'
import type {Batch} from './batches'
import type {LakeDeps, LakePlace, LearntLake} from './lake-deps'
import {recover} from './recover'
import {runWhole} from './run-whole'
import {writeBatchRecord} from './write-batch-record'

export interface CompactOptions {
  /** Hours that begin before this moment are compacted: milliseconds since 1970. */
  to: number
  /** The forms of raw tables that there are. */
  formats: readonly RecordFormat[]
  /** So many events are looked at for fields that no column has; 0 for none. */
  newColumns?: number | undefined
  onProgress?: ((progress: CompactProgress) => void) | undefined
}

export interface CompactProgress {
  doneObjects: number
  totalObjects: number
  doneBytes: number
  totalBytes: number
}

export interface CompactCounts extends FieldLook {
  batchCount: number
  objectCount: number
  rowCount: number
  /** Rows whose day of billing lies before the day of arrival. */
  lateCount: number
  quarantinedCount: number
  /** Raw objects that others took the place of, because engines did not see all of their events. */
  mendedCount: number
  scannedBytes: number
  /** Days that rows were written to, first and last. */
  firstDay?: string
  lastDay?: string
  /** The new range of the curated table's partitions, where a day lay outside. */
  widenedTo?: string
}

/**
 * Brings raw objects into the curated table, a batch at a time, and lets the view follow. Fields that its events have and no column is there for get one first. A batch counts from one write of the ledger's head on; what
 * was begun and never came so far is taken away by the next run. Reports are right all the while. Throws `LAKE_BUSY` (service) while
 * another one works on the lake, and what the queries, S3 and Glue refuse.
 */
export async function compact(
  deps: LakeDeps,
  place: LakePlace,
  options: CompactOptions,
): Promise<CompactCounts> {
  const ledger = await Ledger.take({...deps, bucket: place.bucket})
  const held = {...deps, sleep: keeping(deps, ledger)}
  const counts: CompactCounts = {
    batchCount: 0,
    objectCount: 0,
    rowCount: 0,
    lateCount: 0,
    quarantinedCount: 0,
    mendedCount: 0,
    scannedBytes: 0,
    ...nothingSeen,
  }
  try {
    await recover(held, place, ledger)
    const to = Math.ceil(options.to / hourMs) * hourMs
    const objects = await listRawObjects(
      {s3: deps.s3, bucket: place.bucket},
      {from: firstOpenHour(ledger.head), to},
    )
    const batches = batchesOf(ledger.head, objects, to)
    const count = options.newColumns ?? defaultLook
    const taken = batches.flatMap((batch) => batch.objects)
    const {learnt, look} = await learnFields(held, place, {objects: taken, count})
    Object.assign(counts, look)
    const lake = {...place, learnt}
    const progress = progressOf(batches)
    for (const batch of batches) {
      deps.signal.throwIfAborted()
      await compactBatch(held, lake, {ledger, batch, counts})
      options.onProgress?.(progress(batch))
    }
    await followView(held, lake, ledger, options.formats)
  } finally {
    await ledger.release()
  }
  return counts
}

/** A pause while which the lake stays ours. */
function keeping(deps: LakeDeps, ledger: Ledger): LakeDeps['sleep'] {
  return async (ms) => {
    await deps.sleep(ms)
    await ledger.keep()
  }
}

async function compactBatch(
  deps: LakeDeps,
  place: LearntLake,
  {ledger, batch, counts}: {ledger: Ledger; batch: Batch; counts: CompactCounts},
): Promise<void> {
  const {outcome, objects, quarantinedCount, mendedCount} = await runWhole(deps, place, ledger, batch)
  const {number, rows, days, scannedBytes, widenedTo} = outcome
  const consumed = [...new Set([...objects, ...rows].map(({key}) => key))].sort()
  await writeBatchRecord(deps, place, {number, rows, objects: consumed, quarantinedCount})
  await ledger.commit({
    before: formatTime(batch.before),
    objects: rememberedObjects(ledger.head, batch, consumed),
  })
  counts.batchCount += 1
  counts.objectCount += consumed.length
  counts.rowCount += rows.reduce((sum, row) => sum + row.rowCount - row.malformedCount, 0)
  counts.lateCount += rows.filter(isLate).reduce((sum, row) => sum + row.rowCount, 0)
  counts.quarantinedCount += quarantinedCount
  counts.mendedCount += mendedCount
  counts.scannedBytes += scannedBytes
  if (widenedTo !== undefined) counts.widenedTo = widenedTo
  const all = [...days, counts.firstDay, counts.lastDay].filter((day) => day !== undefined).sort()
  if (all[0] !== undefined) counts.firstDay = all[0]
  const last = all.at(-1)
  if (last !== undefined) counts.lastDay = last
}

function isLate({key, day}: {key: string; day: string}): boolean {
  const arrived = hourOfKey(key)
  return arrived !== undefined && day < formatDay(arrived)
}

/** The view, where it does not say what the head does. */
async function followView(
  deps: LakeDeps,
  place: LearntLake,
  ledger: Ledger,
  formats: readonly RecordFormat[],
) {
  const sql = viewSql(formats, compactedOf(ledger.head, place.bucket), place.learnt)
  const view = await readTable(deps.glue, place.database, layout.view)
  if (!isView(view, sql)) await replaceView(deps, place, sql)
}

function progressOf(batches: readonly Batch[]): (batch: Batch) => CompactProgress {
  const sum = (list: readonly Batch[], of: (batch: Batch) => number) =>
    list.reduce((total, one) => total + of(one), 0)
  const bytes = ({objects}: Batch) => objects.reduce((total, {sizeBytes}) => total + sizeBytes, 0)
  const total = {totalObjects: sum(batches, ({objects}) => objects.length), totalBytes: sum(batches, bytes)}
  let [doneObjects, doneBytes] = [0, 0]
  return (batch) => {
    doneObjects += batch.objects.length
    doneBytes += bytes(batch)
    return {doneObjects, doneBytes, ...total}
  }
}
