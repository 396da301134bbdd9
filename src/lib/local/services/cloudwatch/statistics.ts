import {addToBucket, emptyBucket, type Bucket} from '../../metrics/bucket'
import type {Metrics} from '../../metrics/metrics'
import type {Dimension, Series} from '../../metrics/series'
import type {MetricStat} from '@aws-sdk/client-cloudwatch'
import {unsupported} from './errors'

/** The statistics that minutes of sums, counts and extremes can tell. Percentiles and trimmed means need every value. */
const statistics: Readonly<Record<string, (bucket: Readonly<Bucket>) => number>> = {
  SampleCount: ({count}) => count,
  Sum: ({sum}) => sum,
  Average: ({sum, count}) => sum / count,
  Minimum: ({min}) => min,
  Maximum: ({max}) => max,
}

/** What to compute from a bucket for a statistic by its name. Throws for those that are not there, naming them. */
export function statisticOf(name: MetricStat['Stat']): (bucket: Readonly<Bucket>) => number {
  const statistic = name !== undefined && Object.hasOwn(statistics, name) ? statistics[name] : undefined
  if (!statistic) throw unsupported(`The statistic ${name ?? ''}`)
  return statistic
}

export interface PeriodQuery {
  region: string
  namespace: string
  metric: string
  dimensions: readonly Dimension[]
  /** Absent: values of every unit together. */
  unit: string | undefined
  fromMs: number
  toMs: number
  periodSeconds: number
}

/** A metric's values by periods, which are counted from the start of the range; periods without values are not there. */
export function periodsOf(
  metrics: Metrics,
  query: PeriodQuery,
): {at: number; bucket: Bucket; unit: string}[] {
  const periodMs = query.periodSeconds * 1000
  const periods = new Map<number, {at: number; bucket: Bucket; unit: string}>()
  for (const series of metrics.list(query.region)) {
    if (!isAskedFor(series, query)) continue
    for (const {at, bucket} of metrics.read(series, query.fromMs, query.toMs)) {
      const start = query.fromMs + Math.floor((at - query.fromMs) / periodMs) * periodMs
      let period = periods.get(start)
      if (!period) periods.set(start, (period = {at: start, bucket: emptyBucket(), unit: series.name.unit}))
      addToBucket(period.bucket, bucket)
    }
  }
  return [...periods.values()].sort((a, b) => a.at - b.at)
}

/** A metric is the one of exactly these dimensions, not one of more. */
function isAskedFor({name}: Series, query: PeriodQuery): boolean {
  return (
    name.namespace === query.namespace &&
    name.metric === query.metric &&
    (query.unit === undefined || name.unit === query.unit) &&
    name.dimensions.length === query.dimensions.length &&
    name.dimensions.every(({name: key, value}, i) => {
      const asked = query.dimensions[i]
      return asked?.name === key && asked.value === value
    })
  )
}
