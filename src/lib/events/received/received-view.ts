import type {Column, Row} from '../../core/column'
import type {ReceivedList} from './list-received'
import type {ReceivedRow} from './received-row'

export const receivedColumns: readonly Column[] = [
  {key: 'receivedAt', header: 'Received', type: 'time'},
  {key: 'bus', header: 'Bus', type: 'text'},
  {key: 'source', header: 'Source', type: 'text'},
  {key: 'detailType', header: 'Detail type', type: 'text'},
  {key: 'eventId', header: 'Event', type: 'text'},
  {key: 'fate', header: 'Fate', type: 'text'},
  {key: 'rules', header: 'Rules', type: 'text'},
  {key: 'problems', header: 'Problems', type: 'text'},
]

/** A row of the list as a row of a table. */
export function receivedCells({
  rules,
  problems,
  receivedAt,
  bus,
  fate,
  source,
  detailType,
  eventId,
}: ReceivedRow): Row {
  return {
    ...{receivedAt, bus, fate, source, detailType, eventId},
    rules: rules.join(', '),
    problems: problems.join('; '),
  }
}

/** The list in one or a few sentences, for a person. */
export function receivedSummary(list: ReceivedList): string {
  const {receivedCount, keptCount, unmatchedCount, invalidCount, omittedCount} = list
  const kept = keptCount < receivedCount ? `, of which the last ${keptCount} are kept` : ''
  return [
    `${receivedCount} came in${kept}: ${unmatchedCount} matched no rule, ${invalidCount} with problems.`,
    ...(omittedCount > 0 ? [`${omittedCount} older ones are not shown (--limit).`] : []),
    ...list.expected.map(({pattern, matchedCount}) =>
      matchedCount > 0 ? `${matchedCount} match ${pattern}.` : `None matches ${pattern}.`,
    ),
  ].join('\n')
}
