import {StandardUnit, type MetricDatum, type PutMetricDataCommandInput} from '@aws-sdk/client-cloudwatch'
import {addToBucket, emptyBucket, type Bucket} from '../../metrics/bucket'
import type {Metrics} from '../../metrics/metrics'
import type {CallContext, Operation} from '../../platform'
import {invalidCombination, invalidParameter, missingParameter, unsupported} from './errors'
import {dimensionsOf, namespaceOf, textOf} from './metric-input'

const maxData = 1000
const maxValues = 150
const units: readonly string[] = Object.values(StandardUnit)
/** Values may be of two weeks ago up to two hours ahead (CloudWatch API reference, MetricDatum). */
const pastMs = 14 * 24 * 60 * 60_000
const aheadMs = 2 * 60 * 60_000

/**
 * Values of callers' own metrics; on disk when the promise resolves. Throws `MissingParameter`, `InvalidParameterValue`,
 * `InvalidParameterCombination`.
 */
export function putMetricData(metrics: Metrics): Operation<PutMetricDataCommandInput, object> {
  return async (input, ctx) => {
    const namespace = namespaceOf(input.Namespace, 'Namespace')
    if (namespace.startsWith('AWS/')) {
      throw invalidParameter(`The value ${namespace} for parameter Namespace must not begin with AWS/.`)
    }
    if (input.EntityMetricData !== undefined) throw unsupported('EntityMetricData')
    const data = input.MetricData ?? []
    if (data.length === 0) throw missingParameter('MetricData')
    if (data.length > maxData) {
      throw invalidParameter(`The collection MetricData must not have a size greater than ${maxData}.`)
    }
    const read = data.map((datum, i) => readDatum(datum, `MetricData.member.${i + 1}`, ctx))
    for (const {bucket, at, ...name} of read)
      metrics.add({region: ctx.region, namespace, ...name}, bucket, at)
    await metrics.flush()
    return {}
  }
}

function readDatum(datum: MetricDatum, path: string, ctx: CallContext) {
  if ((datum.StorageResolution ?? 60) !== 60) throw unsupported(`${path}.StorageResolution below 60`)
  const unit = datum.Unit ?? 'None'
  if (!units.includes(unit))
    throw invalidParameter(`The value ${unit} for parameter ${path}.Unit is no unit.`)
  const at = datum.Timestamp?.getTime() ?? ctx.now
  if (at < ctx.now - pastMs || at > ctx.now + aheadMs) {
    throw invalidParameter(
      `The parameter ${path}.Timestamp must be no older than two weeks and no more than two hours ahead.`,
    )
  }
  return {
    metric: textOf(datum.MetricName, `${path}.MetricName`, 255),
    dimensions: dimensionsOf(datum.Dimensions, `${path}.Dimensions`),
    unit,
    at,
    bucket: bucketOf(datum, path),
  }
}

function bucketOf(datum: MetricDatum, path: string): Bucket {
  const given = [datum.Value, datum.Values, datum.StatisticValues].filter((value) => value !== undefined)
  if (given.length === 0) throw missingParameter(`${path}.Value`)
  if (given.length > 1) {
    throw invalidCombination(
      `The parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues are mutually exclusive and you have specified more than one.`,
    )
  }
  if (datum.StatisticValues) return statisticsOf(datum.StatisticValues, path)
  const values = datum.Values ?? [datum.Value ?? 0]
  const counts = datum.Counts ?? values.map(() => 1)
  if (values.length === 0 || values.length > maxValues || values.length !== counts.length) {
    throw invalidParameter(
      `The parameters ${path}.Values and ${path}.Counts must be of the same size, from 1 to ${maxValues}.`,
    )
  }
  const bucket = emptyBucket()
  for (const [i, value] of values.entries()) {
    const count = counts[i] ?? 1
    addToBucket(bucket, {sum: finite(value, path) * count, count, min: value, max: value})
  }
  return bucket
}

function statisticsOf(given: NonNullable<MetricDatum['StatisticValues']>, path: string): Bucket {
  const member = (value: number | undefined, name: string) => {
    if (value === undefined) throw missingParameter(`${path}.StatisticValues.${name}`)
    return finite(value, path)
  }
  return {
    sum: member(given.Sum, 'Sum'),
    count: member(given.SampleCount, 'SampleCount'),
    min: member(given.Minimum, 'Minimum'),
    max: member(given.Maximum, 'Maximum'),
  }
}

function finite(value: number, path: string): number {
  if (Number.isFinite(value)) return value
  throw invalidParameter(`The value ${value} for parameter ${path} is invalid.`)
}
