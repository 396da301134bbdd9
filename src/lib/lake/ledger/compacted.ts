import {hourMs} from '../../core/time'
import {partitionOf} from '../../road/layout'
import type {Compacted} from '../../road/lake-view'
import {hourOfKey} from '../raw-hours'
import type {LakeHead} from './head'

/** Raw objects come late: the view looks for ones that are not compacted so far back. */
const lookBackMs = 2 * hourMs

/** A batch as its rows have it: digits of one length, so that texts compare as numbers. */
export function batchText(batch: number): string {
  return String(batch).padStart(8, '0')
}

/** What the view has to know of a head. */
export function compactedOf(head: LakeHead, bucket: string): Compacted {
  const before = head.before === undefined ? undefined : Date.parse(head.before) - lookBackMs
  return {
    ...(head.committed > 0 && {lastBatch: batchText(head.committed)}),
    lostBatches: head.lost.filter((batch) => batch < head.committed).map(batchText),
    ...(before !== undefined && {before: partitionOf(before)}),
    objects: head.objects
      .filter((key) => before === undefined || (hourOfKey(key) ?? 0) >= before)
      .map((key) => `s3://${bucket}/${key}`),
  }
}
