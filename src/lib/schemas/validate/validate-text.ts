import type {Column, Row} from '../../core/column'
import type {ValidateOutcome, ValidateProgress, ValidateResult} from './run-validate'

export const errorColumns: readonly Column[] = [
  {key: 'count', header: 'Events', type: 'integer'},
  {key: 'path', header: 'Path', type: 'text'},
  {key: 'message', header: 'Problem', type: 'text'},
  {key: 'seen', header: 'Seen', type: 'text'},
  {key: 'positions', header: 'At', type: 'text'},
]

export function errorRows({errors}: ValidateResult): Row[] {
  return errors.map(({count, path, message, examples}) => ({
    count,
    path,
    message,
    seen: examples.find(({value}) => value !== undefined)?.value,
    positions: examples.map(({position}) => position).join('; ') + (count > examples.length ? '; ...' : ''),
  }))
}

/** The verdict in a line or two. */
export function verdictText({result, label}: ValidateOutcome): string {
  const {readCount, validCount, invalidCount, otherCount, otherErrorCount = 0} = result
  const others = otherCount > 0 ? `, ${otherCount} are of another source or detail type` : ''
  const more = otherErrorCount > 0 ? `\n${otherErrorCount} errors of further kinds are not shown.` : ''
  const events = readCount === 1 ? '1 event' : `${readCount} events`
  return `${events} against ${label}: ${validCount} conform, ${invalidCount} do not${others}.${more}`
}

/** What there is to say of the reading. */
export function validateRemarks({objects}: ValidateOutcome): string[] {
  if (!objects) return []
  const {objectCount, leftOutCount} = objects
  const left = leftOutCount > 0 ? `, left out ${leftOutCount} of Parquet: events are read as JSON` : ''
  return [`Read ${objectCount === 1 ? '1 object' : `${objectCount} objects`}${left}.`]
}

export function validateProgressText({readCount, invalidCount, durationMs}: ValidateProgress): string {
  const perSecond = Math.round((readCount * 1000) / Math.max(durationMs, 1))
  return `... ${readCount} events read, ${invalidCount} do not conform (${perSecond} events/s)`
}
