import {groupDigits} from '../../core/money'
import {bytesText} from '../../core/size'
import type {CompactCounts, CompactProgress} from './compact'
import type {CompactPlan} from './plan-compact'

/** How far a compaction is, in one line. */
export function progressText({doneObjects, totalObjects, doneBytes, totalBytes}: CompactProgress): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes)
  return `${percent} %: ${count(doneObjects)} of ${count(totalObjects)} objects, ${bytesText(doneBytes)} of ${bytesText(totalBytes)}`
}

/** What a compaction would take, for a person. */
export function planText({batchCount, objectCount, sizeBytes}: CompactPlan): string {
  if (objectCount === 0) return 'Nothing to compact.'
  return `Would compact ${count(objectCount)} raw objects (${bytesText(sizeBytes)}) in ${count(batchCount)} batches.`
}

/** What a compaction has done, for a person. */
export function compactText(counts: CompactCounts): string {
  if (counts.objectCount === 0) return 'Nothing to compact.'
  const {firstDay, lastDay} = counts
  const days =
    firstDay === undefined ? '' : firstDay === lastDay ? ` to ${firstDay}` : ` to ${firstDay} - ${lastDay}`
  return [
    `Compacted ${count(counts.rowCount)} events of ${count(counts.objectCount)} raw objects${days}.`,
    ...(counts.lateCount > 0 ? [`${count(counts.lateCount)} came later than the day they belong to.`] : []),
    ...(counts.quarantinedCount > 0
      ? [`${count(counts.quarantinedCount)} lines are no events; they are in quarantine/ with their reason.`]
      : []),
    ...(counts.mendedCount > 0
      ? [
          `${count(counts.mendedCount)} raw objects held events that no engine sees; others stand in their places now, they are in broken/.`,
        ]
      : []),
    ...(counts.widenedTo === undefined
      ? []
      : [`The table now reaches over ${counts.widenedTo.replace(',', ' to ')}.`]),
  ].join('\n')
}

function count(number: number): string {
  return groupDigits(String(number))
}
