import type {Column, Row} from '../../core/column'
import {groupDigits} from '../../core/money'
import {bytesText} from '../../core/size'
import type {LakeStatus} from './lake-status'
import type {FieldSample} from './sample-fields'

/** The columns of the table of days. */
export const dayColumns: readonly Column[] = [
  {key: 'day', header: 'day', type: 'text'},
  {key: 'rawObjects', header: 'raw objects', type: 'integer'},
  {key: 'rawBytes', header: 'raw bytes', type: 'integer'},
  {key: 'curatedObjects', header: 'compacted objects', type: 'integer'},
  {key: 'curatedBytes', header: 'compacted bytes', type: 'integer'},
]

/** What a person should know of the lake, before the table of its days. */
export function statusText(status: LakeStatus): string {
  const {busy, compactedUntil, curated, errors, findings, open, quarantine, raw, sample} = status
  const lines = [
    `raw         ${sizeText(raw)}${andSpan(raw)}`,
    `open        ${sizeText(open)}${open.oldestHour === undefined ? '' : `, the oldest of ${open.oldestHour}`}`,
    `compacted   ${sizeText(curated)}${andSpan(curated)}${compactedUntil === undefined ? '' : `; everything that arrived before ${compactedUntil}`}`,
    `quarantine  ${sizeText(quarantine)}`,
    `errors      ${sizeText(errors)}`,
    ...(busy ? [`busy        process ${busy.pid} on ${busy.host}, until ${busy.until} at least`] : []),
  ]
  const told = findings.map(({finding, remedy}) => `  ! ${finding}: ${remedy}`)
  const fields = sample ? ['', sampleCaption(sample), ...sample.fields.map(fieldText)] : []
  return [...lines, ...(told.length > 0 ? ['', ...told] : []), ...fields].join('\n')
}

/** What a sample of events is about. */
export function sampleCaption({eventCount, fields}: FieldSample): string {
  const events = `the newest ${groupDigits(String(eventCount))} raw events`
  return fields.length === 0
    ? `Columns hold all fields of ${events}.`
    : `Fields of ${events} that columns do not hold`
}

function fieldText({field, column, seen, events, finding}: Row): string {
  const held = column === undefined ? '' : ` (column ${String(column)})`
  return `  ! ${String(field)}${held}: ${String(seen)} in ${groupDigits(String(events))} events, ${String(finding)}`
}

/** `3 objects, 1.2 MB`. */
export function sizeText({objectCount, sizeBytes}: {objectCount: number; sizeBytes: number}): string {
  const objects = `${groupDigits(String(objectCount))} object${objectCount === 1 ? '' : 's'}`
  return `${objects}, ${bytesText(sizeBytes)}`
}

/** From which day to which; empty where there is none. */
export function spanText({firstDay = '', lastDay = ''}: {firstDay?: string; lastDay?: string}): string {
  return firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`
}

function andSpan(span: {firstDay?: string; lastDay?: string}): string {
  const text = spanText(span)
  return text === '' ? '' : `, ${text}`
}
