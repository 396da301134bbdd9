import type {LakeHead} from '../ledger/head'
import {hourMs} from '../../core/time'
import {hourOfKey} from '../raw-hours'
import type {RawObject} from '../raw-objects'

/** Raw objects that are compacted together: in one step they count, or none of them. */
export interface Batch {
  objects: readonly RawObject[]
  /** Every hour before this one is compacted with it: start of the hour, milliseconds since 1970. */
  before: number
}

/** How far back objects are remembered and sought that come late. Firehose tries S3 for a day before it gives up. */
export const rememberedMs = 48 * hourMs

/** Hours of one batch: what one statement can do in Athena's half hour, and not more partitions than it writes. */
const batchHours = 24

/** From which hour on there can be objects that are not compacted; undefined where nothing is. */
export function firstOpenHour({before}: LakeHead): number | undefined {
  return before === undefined ? undefined : Date.parse(before) - rememberedMs
}

/** The objects that are not compacted yet, in batches by their hours of arrival, up to the hour `to`. Late ones go with the first. */
export function batchesOf(head: LakeHead, objects: readonly RawObject[], to: number): Batch[] {
  const known = new Set(head.objects)
  const open = objects.filter(({key}) => !known.has(key))
  const batches: Batch[] = []
  const start = head.before === undefined ? (open[0]?.hour ?? to) : Date.parse(head.before)
  let rest = open
  for (let before = start; rest.length > 0;) {
    const next = rest.find(({hour}) => hour >= before)?.hour ?? before
    before = Math.min(Math.max(next, before) + batchHours * hourMs, Math.max(to, before))
    const end = before
    batches.push({objects: rest.filter(({hour}) => hour < end), before: end})
    rest = rest.filter(({hour}) => hour >= end)
  }
  return batches
}

/** The objects to remember once a batch is compacted. */
export function rememberedObjects(head: LakeHead, batch: Batch, consumed: readonly string[]): string[] {
  const since = batch.before - rememberedMs
  return [...new Set([...head.objects, ...consumed])].filter((key) => (hourOfKey(key) ?? 0) >= since).sort()
}
