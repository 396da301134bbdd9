import type {
  Datapoint,
  GetMetricStatisticsCommandInput,
  GetMetricStatisticsCommandOutput,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch'
import type {Metrics} from '../../metrics/metrics'
import type {Operation} from '../../platform'
import {invalidCombination, invalidParameter, missingParameter, unsupported} from './errors'
import {dimensionsOf, namespaceOf, rangeOf, textOf} from './metric-input'
import {checkPeriod} from './period'
import {periodsOf, statisticOf} from './statistics'

/** Datapoints of one answer (CloudWatch API reference, GetMetricStatistics). */
const maxDatapoints = 1440

/**
 * Several statistics of one metric. Throws `InvalidParameterValue`, `InvalidParameterCombination` (too many datapoints),
 * `MissingParameter`.
 */
export function getMetricStatistics(
  metrics: Metrics,
): Operation<GetMetricStatisticsCommandInput, GetMetricStatisticsCommandOutput> {
  return (input, ctx) => {
    if (input.ExtendedStatistics !== undefined) throw unsupported('ExtendedStatistics (percentiles)')
    const names = input.Statistics ?? []
    if (names.length === 0) throw missingParameter('Statistics')
    const statistics = names.map((name) => ({name, of: statisticOf(name)}))
    const range = rangeOf(input.StartTime, input.EndTime, invalidParameter)
    const periodSeconds = checkPeriod(input.Period, 'Period', invalidParameter)
    const count = Math.ceil((range.toMs - range.fromMs) / (periodSeconds * 1000))
    if (count > maxDatapoints) {
      throw invalidCombination(
        `You have requested up to ${count} datapoints, which exceeds the limit of ${maxDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      )
    }
    const metric = textOf(input.MetricName, 'MetricName', 255)
    const periods = periodsOf(metrics, {
      ...range,
      region: ctx.region,
      namespace: namespaceOf(input.Namespace, 'Namespace'),
      metric,
      dimensions: dimensionsOf(input.Dimensions, 'Dimensions'),
      unit: input.Unit,
      periodSeconds,
    })
    const datapoints = periods.map(({at, bucket, unit}): Datapoint => {
      const values = Object.fromEntries(statistics.map(({name, of}) => [name, of(bucket)]))
      return {Timestamp: new Date(at), Unit: unit as StandardUnit, ...values}
    })
    return {Label: metric, Datapoints: datapoints}
  }
}
