import type {Chart} from '../../core/chart'
import type {Column, Row} from '../../core/column'
import {arrivalBorder, arrivedAt} from '../as-of'
import {dayMs, formatDay, hourMs} from '../../core/time'
import {longestBufferMs} from '../../road/layout'
import type {RecordFormat} from '../../road/record-format'
import {dedupeDays, defineReport} from '../define-report'
import type {ReportContent, ReportDefinition, ReportOptions} from '../define-report'
import {exactCount} from '../exact'
import type {Folding} from '../fold-rows'
import {rawSource} from '../lake-source'
import type {Hop} from './hops'
import type {ServiceFindings} from './services'
import {answerColumns} from './sums'
import type {Sums} from './sums'

export interface ReconcileOptions extends ReportOptions {
  /** Rows by service, in place of by hop. */
  by?: 'service' | undefined
  /** An event is late that arrived so long after its billing time. */
  lateMs: number
  /** Compacted events are read from so long before the range on. */
  lookbackMs: number
}

export const hopColumns: readonly Column[] = [
  {key: 'hop', header: 'hop', type: 'text'},
  {key: 'count', header: 'count', type: 'integer'},
  {key: 'difference', header: 'difference', type: 'integer'},
  {key: 'missing', header: 'missing', type: 'integer'},
  {key: 'status', header: 'status', type: 'text'},
  {key: 'reason', header: 'made of', type: 'text'},
]

export const serviceColumns: readonly Column[] = [
  {key: 'service', header: 'service', type: 'text'},
  {key: 'sent', header: 'sent', type: 'integer'},
  {key: 'arrived', header: 'arrived', type: 'integer'},
  {key: 'billed', header: 'billed', type: 'integer'},
  {key: 'missing', header: 'missing', type: 'integer'},
  {key: 'gaps', header: 'gaps', type: 'integer'},
  {key: 'copies', header: 'copies', type: 'integer'},
  {key: 'suspected', header: 'suspected', type: 'integer'},
  {key: 'late', header: 'late', type: 'integer'},
  {key: 'status', header: 'status', type: 'text'},
  {key: 'reason', header: 'made of', type: 'text'},
]

const hopCharts: readonly Chart[] = [
  {kind: 'bars', title: 'Events by hop', names: ['hop'], values: ['count'], rest: 'leave'},
]
const serviceCharts: readonly Chart[] = [
  {
    kind: 'bars',
    title: 'Events that arrived and are billed',
    names: ['service'],
    values: ['arrived', 'billed'],
    rest: 'sum',
  },
]

/** Parameters of the query that stand before those of the conditions. */
const leadingCount = 11

/**
 * Where events stop: one row for each hop of the road, with the events of a range of arrival that came so far, or one for each service. The query counts what is
 * in the lake; `runReconcile` makes the rows of its answer and of what else is known.
 */
export const reconcileReport = defineReport<ReconcileOptions>({
  name: 'reconcile',
  summary: 'whether all that was sent is billed, and where on the road it stopped',
  sqlFile: 'reconcile.sql',
  columns: hopColumns,
  charts: hopCharts,
  answerColumns,
  leadingCount,
  names: () => namesOf([]),
  bind: (options) => {
    const {from, to, lateMs} = options
    const [first, last] = daysRead(options)
    const [start, end] = [arrivalBorder(from), arrivalBorder(to)]
    const head = arrivalBorder(from - longestBufferMs)
    const tail = arrivalBorder(Math.max(from, to - longestBufferMs))
    return [
      ...[first, last, formatDay(from - hourMs), formatDay(to)],
      ...[head, head, start, start, tail, tail, end],
      ...[String(lateMs), first, last],
    ]
  },
  shape: () => emptyContent,
})

const emptyContent: ReportContent = {
  ...{rows: [], totals: {}, warnings: []},
  ...{duplicateCount: 0n, conflictCount: 0n, unkeyedCount: 0n, testCount: 0n},
}

/** The gaps in sequences: a question of its own, asked for rows by service. */
export const sequencesReport = defineReport<ReconcileOptions>({
  ...{
    name: 'sequences',
    summary: 'numbers that are missing in sequences',
    sqlFile: 'sequences.sql',
    columns: [],
  },
  answerColumns: ['service', 'instance', 'first_missing', 'last_missing', 'gap_count', 'missing_count'],
  leadingCount: 2,
  names: () => ({arrived: {sql: arrivedAt}}),
  bind: (options) => [...daysRead(options), arrivalBorder(options.from), arrivalBorder(options.to)],
  shape: () => emptyContent,
})

/** What stands in the query for the raw tables of the forms that there are. */
function namesOf(formats: readonly RecordFormat[]) {
  return {raw: rawSource(formats).events, arrived: {sql: arrivedAt}}
}

/** The report with the columns of its rows, over the forms of raw tables that there are. */
export function reconcileFor(
  {by}: Pick<ReconcileOptions, 'by'>,
  formats: readonly RecordFormat[],
): ReportDefinition<ReconcileOptions> {
  const shown = by === 'service' ? {columns: serviceColumns, charts: serviceCharts} : {}
  return {...reconcileReport, ...shown, names: () => namesOf(formats)}
}

/** The first and the last day (of billing time) that compacted events are read of. A clock may be ahead. */
export function daysRead({from, to, lookbackMs}: ReconcileOptions): [string, string] {
  return [formatDay(from - lookbackMs), formatDay(to + dedupeDays * dayMs)]
}

/** A hop as a row of the report. */
export function hopRow({hop, count, difference, missing, status, reasons}: Hop): Row {
  return {
    hop,
    ...(count !== undefined && {count: exactCount(count)}),
    ...(difference !== undefined && {difference: exactCount(difference)}),
    missing: exactCount(missing),
    status,
    ...(reasons.length > 0 && {reason: reasons.join('; ')}),
  }
}

/** A service as a row of the report. */
export function serviceRow(found: ServiceFindings): Row {
  const {service, sent, arrived, difference, missing, gaps, sums, late, status, reasons} = found
  return {
    service,
    ...(sent !== undefined && {sent: exactCount(sent)}),
    arrived: exactCount(arrived),
    ...(difference !== undefined && {difference: exactCount(difference)}),
    billed: exactCount(sums.billed),
    missing: exactCount(missing),
    gaps: exactCount(gaps?.gapCount ?? 0n),
    copies: exactCount(sums.retried + sums.redelivered),
    ...copiesOf(sums),
    unkeyed: exactCount(sums.unkeyed),
    tests: exactCount(sums.tests),
    late: exactCount(late),
    status,
    ...(reasons.length > 0 && {reason: reasons.join('; ')}),
  }
}

/** Copies of events, for certain and by their looks. */
export function copiesOf({retried, redelivered, suspected}: Sums): Row {
  return {
    retried: exactCount(retried),
    redelivered: exactCount(redelivered),
    suspected: exactCount(suspected),
  }
}

/** How the rows of services beyond a limit become one. */
export const serviceFolding: Folding = {
  names: ['service'],
  sums: Object.fromEntries(
    [
      ...['sent', 'arrived', 'difference', 'billed', 'missing', 'gaps', 'copies'],
      ...['retried', 'redelivered', 'suspected', 'unkeyed', 'tests', 'late'],
    ].map((key) => [key, 'count' as const]),
  ),
}
