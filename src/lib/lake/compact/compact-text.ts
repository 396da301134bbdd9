import {groupDigits} from '../../core/money'
import type {Row} from '../../core/column'
import {bytesText} from '../../core/size'
import type {FieldLook} from '../fields/learn-fields'
import type {CompactCounts, CompactProgress} from './compact'
import type {CompactPlan} from './plan-compact'

/** How far a compaction is, in one line. */
export function progressText({doneObjects, totalObjects, doneBytes, totalBytes}: CompactProgress): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes)
  return `${percent} %: ${count(doneObjects)} of ${count(totalObjects)} objects, ${bytesText(doneBytes)} of ${bytesText(totalBytes)}`
}

/** What a compaction would take, for a person. */
export function planText({batchCount, objectCount, sizeBytes, ...look}: CompactPlan): string {
  if (objectCount === 0) return 'Nothing to compact.'
  return [
    `Would compact ${count(objectCount)} raw objects (${bytesText(sizeBytes)}) in ${count(batchCount)} batches.`,
    ...newColumnLines(look, 'Would make'),
  ].join('\n')
}

/** What a look at the events found that no column holds, for a person; at most twenty fields of it. */
export function fieldWarnings({lookedAt, fieldFindings}: FieldLook): string[] {
  const shown = fieldFindings.slice(0, shownFindings).map((row) => fieldText(row, lookedAt))
  const rest = fieldFindings.length - shown.length
  return rest === 0
    ? shown
    : [...shown, `${count(rest)} more fields are not held by columns; --json names all.`]
}

const shownFindings = 20

function fieldText({field, column, seen, events, finding}: Row, lookedAt: number): string {
  const held = column === undefined ? '' : ` (column ${String(column)})`
  return `${String(field)}${held}: ${String(seen)} in ${count(Number(events))} of ${count(lookedAt)} events looked at, ${String(finding)}`
}

function newColumnLines({newColumns}: Pick<FieldLook, 'newColumns'>, verb: string): string[] {
  if (newColumns.length === 0) return []
  const lines = newColumns.map(({field, column, type, events}) => {
    const from = field === column ? '' : ` of ${field}`
    return `  + ${column} ${type}${from} (seen in ${count(events)} event${events === 1 ? '' : 's'})`
  })
  return [`${verb} ${count(newColumns.length)} columns for fields that no column has:`, ...lines]
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
    ...newColumnLines(counts, 'Made'),
    ...(counts.widenedTo === undefined
      ? []
      : [`The table now reaches over ${counts.widenedTo.replace(',', ' to ')}.`]),
  ].join('\n')
}

function count(number: number): string {
  return groupDigits(String(number))
}
