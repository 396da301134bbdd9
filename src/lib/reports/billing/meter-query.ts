import type {Bucket} from '../../pricing/buckets'
import {builtInMeters} from '../../pricing/price-plan'
import type {Meter, PricePlan} from '../../pricing/price-plan'
import type {TimeRange} from '../../core/time'
import {bindRange, toSqlTime} from '../define-report'
import {arrival} from '../copies'
import type {SqlSource} from '../load-sql'
import {askedTyped} from './asked-field'
import type {AskedField} from './asked-field'
import {fieldsOf, typedSql} from './meter-fields'
import type {QueryField} from './meter-fields'
import {whereSql} from './where-sql'
import type {Condition} from './where-sql'

/** What `meters.sql` is completed with. */
export interface MeterQuery {
  sources: Record<string, SqlSource>
  /** Values of its parameters, in order. */
  values: string[]
  /** How many of them stand before those of the conditions of a run. */
  leadingCount: number
}

/** The meters that a plan's charges ask for and that are not built in, in the order of the file: meter 1, 2, ... of the query. */
export function measuredMeters(pricePlan: PricePlan): Meter[] {
  const plans = [...pricePlan.plans.values(), ...(pricePlan.defaultPlan ? [pricePlan.defaultPlan] : [])]
  const charged = new Set(
    plans.flatMap(({charges}) => charges.flatMap((charge) => (charge.kind === 'usage' ? charge.meter : []))),
  )
  return [...pricePlan.meters.values()].filter(
    (meter) => charged.has(meter.name) && !builtInMeters.includes(meter),
  )
}

/**
 * What measures the meters in each bucket. Values are bound; names come from the contract, and those of attributes were checked when the price
 * plan was read. Pure.
 */
export function meterQuery(
  range: TimeRange,
  buckets: readonly Bucket[],
  meters: readonly Meter[],
): MeterQuery {
  const fields = fieldsOf(meters)
  const inMeter = meters.map((meter, i) => meterCondition(meter, i + 1, fields))
  const hasLatest = meters.some(({aggregate}) => aggregate === 'latest')
  const conditionValues = inMeter.flatMap(({values}) => values)
  const leading = [...bindRange(range), ...conditionValues]
  return {
    sources: {
      fields: fieldsSql(fields),
      kept: {sql: fields.map((_, i) => `, v${i}`).join('')},
      copied_fields: {sql: fields.map((_, i) => `, CASE WHEN copied THEN v${i} END AS v${i}`).join('\n    ')},
      // Text of every event is dear, so it is made where somebody asks for it.
      measured_at: {sql: hasLatest ? `CAST(billing_time AS VARCHAR) || ' ' || ${arrival.sql}` : `''`},
      meters: {sql: rowsOf(meters.length + 1)},
      bucket: {sql: bucketSql(buckets.map(({from}) => from))},
      measured_number: {sql: ofMeters(meters, (meter) => numberOf(meter, fields))},
      distinct_value: {sql: ofMeters(meters, (meter) => distinctOf(meter, fields))},
      meter_conditions: {sql: `(${['meter = 0', ...inMeter.map(({sql}) => sql)].join(' OR ')})`},
    },
    values: [...leading, toSqlTime(range.from), toSqlTime(range.to), ...conditionValues],
    leadingCount: leading.length,
  }
}

/**
 * The number of the stretch in which an event lies, where those that begin at `starts` follow each other without a gap. Halved again and again, so that a year of days
 * takes nine comparisons; a join with the stretches would compare every event with all of them.
 */
function bucketSql(starts: readonly number[], first = 0): string {
  const half = Math.ceil(starts.length / 2)
  const middle = starts[half]
  if (middle === undefined) return String(first)
  const [left, right] = [bucketSql(starts.slice(0, half), first), bucketSql(starts.slice(half), first + half)]
  return `CASE WHEN billing_time < CAST('${toSqlTime(middle)}' AS TIMESTAMP) THEN ${left} ELSE ${right} END`
}

function rowsOf(count: number): string {
  return Array.from({length: count}, (_, i) => `(${i})`).join(', ')
}

/** The field at a path, among those that a query keeps as v0, v1, ...; undefined where it is none of them. */
export function fieldAt(path: string | undefined, fields: readonly QueryField[]): AskedField | undefined {
  const place = fields.findIndex((field) => field.path === path)
  const field = fields[place]
  return field && askedTyped(field, `v${place}`)
}

/** By meter, what `sqlOf` it says; NULL of the others. */
function ofMeters(meters: readonly Meter[], sqlOf: (meter: Meter) => string | undefined): string {
  const cases = meters.flatMap((meter, i) => {
    const sql = sqlOf(meter)
    return sql === undefined ? [] : [`WHEN meter = ${i + 1} THEN ${sql}`]
  })
  return cases.length === 0 ? 'NULL' : `CASE ${cases.join(' ')} END`
}

function numberOf({aggregate, field}: Meter, fields: readonly QueryField[]): string | undefined {
  return aggregate === 'unique' ? undefined : fieldAt(field, fields)?.number
}

function distinctOf({aggregate, field}: Meter, fields: readonly QueryField[]): string | undefined {
  return aggregate === 'unique' ? fieldAt(field, fields)?.text : undefined
}

function meterCondition(meter: Meter, number: number, fields: readonly QueryField[]): Condition {
  const conditions = [{sql: `meter = ${number}`, values: []}, ...measuresOf(meter, fields)]
  return {
    sql: `(${conditions.map(({sql}) => sql).join(' AND ')})`,
    values: conditions.flatMap(({values}) => values),
  }
}

/** What holds of an event that the meter measures: it has the field, a number where one is asked for, and passes the filters. */
export function measuresOf({aggregate, field, where}: Meter, fields: readonly QueryField[]): Condition[] {
  const conditions = where.flatMap((one) => {
    const asked = fieldAt(one.path, fields)
    if (!asked) return []
    const {sql, values} = whereSql(one, asked)
    return [{sql: `(${sql})`, values}]
  })
  const measured = fieldAt(field, fields)
  if (!measured) return conditions
  const isMeasured = aggregate === 'unique' ? measured.isThere : `${measured.number} IS NOT NULL`
  return [{sql: isMeasured, values: []}, ...conditions]
}

/** The fields as the queries read them: v0, v1, ... */
export function fieldsSql(fields: readonly QueryField[]): SqlSource {
  return {sql: fields.map((field, i) => `, ${typedSql(field)} AS v${i}`).join('\n    ')}
}
