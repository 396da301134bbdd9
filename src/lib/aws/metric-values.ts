import type {CloudWatchClient, GetMetricDataCommandOutput} from '@aws-sdk/client-cloudwatch'
import type {TimeRange} from '../core/time'
import {pages} from './paginate'

/** A metric of CloudWatch, and of what. */
export interface Metric {
  namespace: string
  name: string
  dimensions: readonly {Name: string; Value: string}[]
}

/** The sum of a metric over one period. */
export interface MetricValue {
  /** Start of the period, milliseconds since 1970. */
  at: number
  sum: number
}

/** A metric that EventBridge counts of a rule. Rules of the default bus are counted under their name alone. */
export function ruleMetric(name: string, rule: {bus: string; name: string}): Metric {
  const bus = rule.bus === 'default' ? [] : [{Name: 'EventBusName', Value: rule.bus}]
  return {namespace: 'AWS/Events', name, dimensions: [...bus, {Name: 'RuleName', Value: rule.name}]}
}

/** A metric that Firehose counts of a delivery stream. */
export function streamMetric(name: string, stream: string): Metric {
  return {namespace: 'AWS/Firehose', name, dimensions: [{Name: 'DeliveryStreamName', Value: stream}]}
}

/**
 * The sums of metrics by period, for each metric in its place; periods without a value are missing. One sum by the minute where nothing is said: longer periods begin
 * at times of their own, and would leave out or take in more than the range. Throws what CloudWatch refuses, as the SDK says it.
 */
export async function readMetrics(
  client: CloudWatchClient,
  metrics: readonly Metric[],
  {from, to}: TimeRange,
  periodSeconds = 60,
): Promise<MetricValue[][]> {
  const {GetMetricDataCommand} = await import('@aws-sdk/client-cloudwatch')
  const input = {
    MetricDataQueries: metrics.map(({namespace, name, dimensions}, place) => ({
      Id: `m${place}`,
      MetricStat: {
        Metric: {Namespace: namespace, MetricName: name, Dimensions: [...dimensions]},
        Period: periodSeconds,
        Stat: 'Sum',
      },
    })),
    StartTime: new Date(from),
    EndTime: new Date(to),
  }
  const found = metrics.map((): MetricValue[] => [])
  const answers = pages(
    (NextToken): Promise<GetMetricDataCommandOutput> =>
      client.send(new GetMetricDataCommand({...input, NextToken})),
    (page) => page.NextToken,
  )
  for await (const {MetricDataResults: results = []} of answers) {
    for (const {Id = '', Timestamps: times = [], Values: values = []} of results) {
      const place = Number(Id.slice(1))
      for (const [i, time] of times.entries()) found[place]?.push({at: time.getTime(), sum: values[i] ?? 0})
    }
  }
  return found
}

/** The sum over all periods. */
export function sumOf(values: readonly MetricValue[]): number {
  return values.reduce((sum, value) => sum + value.sum, 0)
}
