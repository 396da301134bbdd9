import type {Row} from '../../core/column'
import {OpError} from '../../core/errors'
import {normalDecimal} from '../../core/money'
import {formatTime} from '../../core/time'
import type {Meter, PricePlan} from '../../pricing/price-plan'
import {bindRange, defineReport} from '../define-report'
import type {AnswerRow, ReportDefinition, ReportOptions} from '../define-report'
import {exactCount, exactQuantity, sumCounts} from '../exact'
import {fieldsOf} from './meter-fields'
import {fieldAt, fieldsSql, measuresOf} from './meter-query'
import type {Condition} from './where-sql'

/**
 * The row of a line by its number. Throws LINE_ABSENT (absent) where the invoice has no such line, and LINE_ADJUSTS (usage) for the adjustment of a closed
 * month, which is the difference of two bills.
 */
export function lineNumbered(rows: readonly Row[], number: number): Row {
  const row = rows.find(({line}) => line === number)
  if (row?.['adjusts'] !== undefined) throw noEvents(number, String(row['adjusts']))
  if (row) return row
  throw new OpError('absent', 'LINE_ABSENT', `The invoice has no line ${number}.`, {
    hint: rows.length === 0 ? 'It has none at all.' : `Its lines are 1 to ${rows.length}.`,
  })
}

function noEvents(number: number, month: string): OpError {
  return new OpError(
    'usage',
    'LINE_ADJUSTS',
    `Line ${number} adjusts ${month}: it is the difference of two bills.`,
    {hint: `See the bill as known now: --month ${month} --as-of now --invoice CUSTOMER.`},
  )
}

/**
 * The events of a line of the bill, in the order of their billing time: those that its meter measures, or all of its plan where it has none (a fee,
 * a minimum). `line` is a row of the bill by line. The dates between which copies are sought are those of the bill, so that the same copies count.
 */
export function drillFor(pricePlan: PricePlan, line: Row, range: ReportOptions): ReportDefinition {
  const meter = pricePlan.meters.get(String(line['meter'])) ?? everyEvent
  const fields = fieldsOf([meter])
  const conditions = [...whose(pricePlan, line), ...testsOf(range), ...measuresOf(meter, fields)]
  const span = {from: Date.parse(String(line['from'])), to: Date.parse(String(line['to']))}
  const inLine = [...bindRange(span).slice(4), ...conditions.flatMap(({values}) => values)]
  return defineReport({
    name: 'billing',
    summary: 'events of one line of the bill',
    sqlFile: 'drill.sql',
    names: () => ({
      fields: fieldsSql(fields),
      value: {sql: fieldAt(meter.field, fields)?.text ?? "''"},
      conditions: {sql: conditions.map(({sql}) => `AND ${sql}`).join('\n  ')},
    }),
    columns: [
      {key: 'time', header: 'time', type: 'time'},
      {key: 'customerId', header: 'customer', type: 'text'},
      {key: 'plan', header: 'plan of the event', type: 'text'},
      {key: 'quantity', header: 'quantity', type: 'decimal'},
      {key: 'measured', header: 'measured', type: 'text'},
      {key: 'source', header: 'source', type: 'text'},
      {key: 'eventId', header: 'event id', type: 'text'},
      {key: 'envelopeId', header: 'envelope id', type: 'text'},
      {key: 'object', header: 'object', type: 'text'},
    ],
    answerColumns: [
      ...['billing_time', 'source', 'event_id', 'envelope_id', 'customer_id', 'plan', 'test'],
      ...['quantity', 'measure', 'object', 'duplicates'],
    ],
    leadingCount: 4 + inLine.length,
    bind: () => [...bindRange(range).slice(0, 4), ...inLine, ...inLine],
    shape: (answer) => ({
      rows: answer.map((row) => toRow(row, meter)),
      totals: {calls: exactCount(BigInt(answer.length))},
      duplicateCount: sumCounts(answer.map((row) => row['duplicates'])),
      conflictCount: 0n,
      unkeyedCount: BigInt(answer.filter((row) => row['event_id'] === '').length),
      testCount: BigInt(answer.filter((row) => row['test'] === 'true').length),
      warnings: [],
    }),
  })
}

const everyEvent: Meter = {name: 'calls', aggregate: 'count', where: []}

/** The customer by all of its names; the plan of the event where the price plan says none. */
function whose({customers}: PricePlan, line: Row): Condition[] {
  const id = String(line['customerId'])
  const customer = customers.get(id)
  const ids = [id, ...(customer?.aliases ?? [])]
  const byId = {sql: `customer_id IN (${ids.map(() => '?').join(', ')})`, values: ids}
  return customer?.plans ? [byId] : [byId, {sql: 'plan = ?', values: [String(line['plan'])]}]
}

function testsOf({includeTest}: ReportOptions): Condition[] {
  return includeTest === true ? [] : [{sql: 'NOT test', values: []}]
}

function toRow(row: AnswerRow, meter: Meter): Row {
  const text = (key: string) => row[key] ?? ''
  const isNumber = meter.field !== undefined && meter.aggregate !== 'unique'
  const measured = isNumber ? plainNumber(text('measure')) : text('measure')
  return {
    time: timeOf(text('billing_time')),
    customerId: text('customer_id'),
    plan: text('plan'),
    quantity: exactQuantity(text('quantity')),
    ...(measured !== '' && {measured}),
    source: text('source'),
    ...(text('event_id') !== '' && {eventId: text('event_id')}),
    envelopeId: text('envelope_id'),
    object: text('object'),
  }
}

function plainNumber(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? normalDecimal(text) : text
}

/** Engines write a time with as many digits as they like. */
function timeOf(text: string): string {
  return formatTime(Date.parse(`${text.replace(' ', 'T')}Z`))
}
