import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import {toOpError} from '../../aws/map-sdk-error'
import {readMetrics, ruleMetric, streamMetric} from '../../aws/metric-values'
import type {MetricValue} from '../../aws/metric-values'
import {dayMs} from '../../core/time'
import type {TimeRange} from '../../core/time'

/** What a metric says of a range: sums of its periods, which are minutes at best. */
export interface MetricSum {
  /** Of all periods that touch the range. */
  count: bigint
  /** Of those that lie in it in part alone. */
  fringe: bigint
  /** Of the period before it, the first and the last one in it, and the one behind it. */
  before: bigint
  first: bigint
  last: bigint
  after: bigint
}

/** What CloudWatch has counted of the bus's rule and of the stream, or why that is not known. */
export type HopMetrics = {unknown: string} | Readonly<Record<keyof typeof asked, MetricSum>>

/** Where events are counted. */
export interface HopPlace {
  rule: {bus: string; name: string}
  stream: string
}

const asked = {
  matched: ({rule}: HopPlace) => ruleMetric('MatchedEvents', rule),
  invocations: ({rule}: HopPlace) => ruleMetric('Invocations', rule),
  failed: ({rule}: HopPlace) => ruleMetric('FailedInvocations', rule),
  deadLetters: ({rule}: HopPlace) => ruleMetric('InvocationsSentToDlq', rule),
  retries: ({rule}: HopPlace) => ruleMetric('RetryInvocationAttempts', rule),
  incoming: ({stream}: HopPlace) => streamMetric('IncomingRecords', stream),
  delivered: ({stream}: HopPlace) => streamMetric('DeliveryToS3.Records', stream),
  notConverted: ({stream}: HopPlace) => streamMetric('FailedConversion.Records', stream),
}
const names = Object.keys(asked) as (keyof typeof asked)[]

/**
 * Sums of a range. What CloudWatch does not answer, or has no value of, is not known, and no error. A metric that is zero has no values, so that silence of
 * all of them may also be that of an endpoint which counts nothing, of another rule, or of a time of which nothing is kept.
 */
export async function readHopMetrics(
  cloudWatch: () => Promise<CloudWatchClient>,
  place: HopPlace,
  range: TimeRange,
  now: number,
): Promise<HopMetrics> {
  const periodMs = periodOf(now - range.from) * 1000
  const start = Math.floor(range.from / periodMs) * periodMs
  const end = Math.ceil(range.to / periodMs) * periodMs
  const wider = {from: start - periodMs, to: end + periodMs}
  try {
    const metrics = names.map((name) => asked[name](place))
    const values = await readMetrics(await cloudWatch(), metrics, wider, periodMs / 1000)
    if (values.every((one) => one.length === 0)) return {unknown: silence(place)}
    const sums = names.map((name, i) => [name, sumIn(values[i] ?? [], range, {start, end, periodMs})])
    return Object.fromEntries(sums) as Record<keyof typeof asked, MetricSum>
  } catch (error) {
    const known = toOpError(error, 'read the metrics of the road')
    if (known.kind === 'interrupted') throw known
    return {unknown: known.message}
  }
}

/** CloudWatch keeps minutes for 15 days, five minutes for 63 days and hours for 15 months (GetMetricData, "Period"). */
function periodOf(ageMs: number): number {
  if (ageMs < 15 * dayMs) return 60
  return ageMs < 63 * dayMs ? 300 : 3600
}

function sumIn(
  values: readonly MetricValue[],
  {from, to}: TimeRange,
  {start, end, periodMs}: {start: number; end: number; periodMs: number},
): MetricSum {
  const between = (first: number, last: number) =>
    values
      .filter(({at}) => at >= first && at < last)
      .reduce((sum, one) => sum + BigInt(Math.round(one.sum)), 0n)
  const first = between(start, start + periodMs)
  const last = between(end - periodMs, end)
  const isOnePeriod = end - start === periodMs
  return {
    count: between(start, end),
    fringe: (from > start ? first : 0n) + (to < end && !(isOnePeriod && from > start) ? last : 0n),
    before: between(start - periodMs, start),
    ...{first, last},
    after: between(end, end + periodMs),
  }
}

function silence({rule, stream}: HopPlace): string {
  return `CloudWatch has no value of rule ${rule.name} on bus ${rule.bus} and of stream ${stream}: nothing passed, they have other names, or nothing is kept of that time`
}
