import type {Chart} from '../../core/chart'
import {groupDigits} from '../../core/money'
import type {Page} from '../../core/page'
import {placeText} from '../../core/place-text'
import {formatTime, plainTime} from '../../core/time'
import {queryColumns} from './dear-queries'
import {fieldColumns} from '../fields/settle-fields'
import type {LakeStatus} from './lake-status'
import {sampleCaption, sizeText, spanText} from './status-text'

/** Volume over time: what arrived by the day of its arrival, and what is compacted by the day of its events. Each has a scale of its own. */
export const dayCharts: readonly Chart[] = [
  {kind: 'days', title: 'Raw bytes by day of arrival', day: 'day', value: 'rawBytes', isBytes: true},
  {kind: 'days', title: 'Compacted bytes by day of events', day: 'day', value: 'curatedBytes', isBytes: true},
  {kind: 'days', title: 'Raw objects by day of arrival', day: 'day', value: 'rawObjects'},
  {kind: 'days', title: 'Compacted objects by day of events', day: 'day', value: 'curatedObjects'},
]

/** Where a lake is, and how a page names it. */
export interface StatusPlace {
  accountId: string
  region: string
  endpoint?: string | undefined
  bucket: string
  database: string
}

/** The state of a lake as a page. `at` is when it was looked at, milliseconds since 1970. */
export function statusPage(status: LakeStatus, place: StatusPlace, at: number): Page {
  const {
    batchCount,
    busy,
    compactedUntil,
    curated,
    errors,
    findings,
    lostCount,
    open,
    quarantine,
    queries,
    raw,
    sample,
  } = status
  const oldest = open.oldestHour === undefined ? '' : `, the oldest of ${plainTime(open.oldestHour)}`
  return {
    title: 'Lake',
    subtitle: `bucket ${place.bucket}, database ${place.database}, seen ${plainTime(formatTime(at))}\n${placeText(place)}`,
    figures: [
      {name: 'raw', value: sizeText(raw)},
      {name: 'not compacted', value: sizeText(open)},
      {name: 'compacted', value: sizeText(curated)},
      {name: 'quarantine', value: sizeText(quarantine)},
      {name: 'errors', value: sizeText(errors)},
    ],
    warnings: findings.map(({finding, remedy}) => `${finding}: ${remedy}`),
    caption: 'Objects by day',
    more: [
      ...(sample ? [{caption: sampleCaption(sample), columns: fieldColumns, rows: sample.fields}] : []),
      ...(queries ? [{caption: 'Queries that scanned most', columns: queryColumns, rows: queries}] : []),
    ],
    facts: [
      {name: 'raw days', value: spanText(raw)},
      {name: 'compacted days', value: spanText(curated)},
      {name: 'not compacted', value: `${sizeText(open)}${oldest}`},
      {name: 'compacted until', value: compactedUntil === undefined ? '' : plainTime(compactedUntil)},
      {name: 'small compacted objects', value: groupDigits(curated.smallCount)},
      {name: 'compactions', value: `${groupDigits(batchCount)} done, ${groupDigits(lostCount)} lost`},
      {
        name: 'busy',
        value: busy ? `process ${busy.pid} on ${busy.host}, until ${plainTime(busy.until)}` : '',
      },
    ].filter(({value}) => value !== ''),
  }
}
