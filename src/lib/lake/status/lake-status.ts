import type {Row} from '../../core/column'
import {formatTime} from '../../core/time'
import {layout, rawLayouts} from '../../road/layout'
import {recordFormats} from '../../road/record-format'
import {viewSql} from '../../road/lake-view'
import {firstOpenHour} from '../compact/batches'
import {settledUntil} from '../compact/settled'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {readLakeTables, wholeFields} from '../fields/lake-tables'
import {compactedOf} from '../ledger/compacted'
import {readHead} from '../ledger/head'
import type {LakeHead} from '../ledger/head'
import {isView, readTable} from '../replace-view'
import {listRawObjects} from '../raw-objects'
import {measureFolder} from './measure'
import type {FolderMeasure} from './measure'
import type {FieldSample} from './sample-fields'

interface Measured {
  objectCount: number
  sizeBytes: number
}

/** The `--json` answer of `lake status`. Sizes in bytes, times ISO-8601. */
export interface LakeStatus {
  raw: Measured & {firstDay?: string; lastDay?: string}
  /** Raw objects that are not compacted, up to the last hour whose objects are all there. */
  open: Measured & {oldestHour?: string}
  curated: Measured & {smallCount: number; dayCount: number; firstDay?: string; lastDay?: string}
  quarantine: Measured
  /** What Firehose could not write. */
  errors: Measured
  /** Up to which hour of arrival everything is compacted. */
  compactedUntil?: string
  batchCount: number
  /** Batches that never came to their end; the next compaction takes away what they left. */
  lostCount: number
  /** Who works on the lake now. */
  busy?: {host: string; pid: number; until: string}
  /** What is not as it should be, and the command that mends it. */
  findings: {finding: string; remedy: string}[]
  /** Raw and compacted objects of each day. */
  days: Row[]
  /** With --queries: the queries that scanned most. */
  queries?: Row[]
  /** With --sample: fields of the newest events that the tables do not do justice to. */
  sample?: FieldSample
}

/**
 * How the lake is: what lies where, what is not compacted, what needs a hand. Reads lists of objects and the catalog, and no event. Throws what S3 and Glue
 * refuse.
 */
export async function lakeStatus(deps: LakeDeps, place: LakePlace): Promise<LakeStatus> {
  const {bucket} = place
  const measure = (folder: string) => measureFolder(deps.s3, bucket, folder)
  const [curated, quarantine, errors, ...raws] = await Promise.all([
    measure(layout.curatedFolder),
    measure(layout.quarantineFolder),
    measure(layout.errorsFolder),
    ...recordFormats.map((format) => measure(rawLayouts[format].folder)),
  ])
  const raw = together(raws)
  const {head} = await readHead({s3: deps.s3, bucket})
  const open = await openObjects(deps, place, head)
  const {lease, committed, before, lost} = head
  return {
    raw: {...sizeOf(raw), ...spanOf(raw)},
    open,
    curated: {
      ...sizeOf(curated),
      smallCount: curated.smallCount,
      dayCount: curated.days.size,
      ...spanOf(curated),
    },
    quarantine: sizeOf(quarantine),
    errors: sizeOf(errors),
    ...(before !== undefined && {compactedUntil: before}),
    batchCount: committed,
    lostCount: lost.length + (head.open === undefined || lease ? 0 : 1),
    ...(lease &&
      Date.parse(lease.until) > deps.now() && {
        busy: {host: lease.owner.host, pid: lease.owner.pid, until: lease.until},
      }),
    findings: await findingsOf(deps, place, head, {open, curated, quarantine, errors}),
    days: daysOf(raw, curated),
  }
}

async function openObjects(deps: LakeDeps, {bucket}: LakePlace, head: LakeHead): Promise<LakeStatus['open']> {
  const to = settledUntil(deps.now())
  const known = new Set(head.objects)
  const objects = await listRawObjects({s3: deps.s3, bucket}, {from: firstOpenHour(head), to})
  const open = objects.filter(({key}) => !known.has(key))
  const [oldest] = open
  return {
    objectCount: open.length,
    sizeBytes: open.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
    ...(oldest && {oldestHour: formatTime(oldest.hour)}),
  }
}

async function findingsOf(
  deps: LakeDeps,
  place: LakePlace,
  head: LakeHead,
  {
    open,
    curated,
    quarantine,
    errors,
  }: {open: Measured; curated: FolderMeasure; quarantine: Measured; errors: Measured},
): Promise<LakeStatus['findings']> {
  const tables = await readLakeTables(deps.glue, place.database)
  const formats = tables.raw.map(({format}) => format)
  const view = await readTable(deps.glue, place.database, layout.view)
  const wanted = viewSql(formats, compactedOf(head, place.bucket), wholeFields(tables))
  const perDay = curated.days.size === 0 ? 0 : curated.objectCount / curated.days.size
  return [
    ...(view
      ? []
      : [{finding: 'there is no view, so reports read every raw object', remedy: 'usage-tracker lake init'}]),
    ...(view && !isView(view, wanted)
      ? [{finding: 'the view does not say what is compacted', remedy: 'usage-tracker lake init'}]
      : []),
    ...(open.objectCount > 0
      ? [{finding: `${open.objectCount} raw objects are not compacted`, remedy: 'usage-tracker lake compact'}]
      : []),
    ...(perDay > 50
      ? [
          {
            finding: `a day has ${Math.round(perDay)} compacted objects`,
            remedy: 'usage-tracker lake compact once a day, not more often',
          },
        ]
      : []),
    ...(quarantine.objectCount > 0
      ? [
          {
            finding: `${quarantine.objectCount} raw objects have lines that are no events`,
            remedy: `aws s3 ls s3://${place.bucket}/${layout.quarantineFolder} --recursive`,
          },
        ]
      : []),
    ...(errors.objectCount > 0
      ? [{finding: `Firehose could not write ${errors.objectCount} objects`, remedy: 'usage-tracker doctor'}]
      : []),
  ]
}

function together(measures: readonly FolderMeasure[]): FolderMeasure {
  const days: FolderMeasure['days'] = new Map()
  for (const [day, {objectCount, sizeBytes}] of measures.flatMap((measure) => [...measure.days])) {
    const before = days.get(day) ?? {objectCount: 0, sizeBytes: 0}
    days.set(day, {objectCount: before.objectCount + objectCount, sizeBytes: before.sizeBytes + sizeBytes})
  }
  const sum = (of: (measure: FolderMeasure) => number) => measures.reduce((total, one) => total + of(one), 0)
  return {
    objectCount: sum((one) => one.objectCount),
    sizeBytes: sum((one) => one.sizeBytes),
    smallCount: sum((one) => one.smallCount),
    days,
  }
}

function sizeOf({objectCount, sizeBytes}: FolderMeasure): Measured {
  return {objectCount, sizeBytes}
}

function spanOf({days}: FolderMeasure): {firstDay?: string; lastDay?: string} {
  const sorted = [...days.keys()].sort()
  const [firstDay, lastDay] = [sorted[0], sorted.at(-1)]
  return firstDay === undefined || lastDay === undefined ? {} : {firstDay, lastDay}
}

function daysOf(raw: FolderMeasure, curated: FolderMeasure): Row[] {
  const days = [...new Set([...raw.days.keys(), ...curated.days.keys()])].sort()
  return days.map((day) => ({
    day,
    rawObjects: raw.days.get(day)?.objectCount ?? 0,
    rawBytes: raw.days.get(day)?.sizeBytes ?? 0,
    curatedObjects: curated.days.get(day)?.objectCount ?? 0,
    curatedBytes: curated.days.get(day)?.sizeBytes ?? 0,
  }))
}
