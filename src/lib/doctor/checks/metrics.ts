import type {MetricDataQuery} from '@aws-sdk/client-cloudwatch'
import {toOpError} from '../../aws/map-sdk-error'
import type {Check, DoctorContext} from '../check'
import {ok, skipped, warn} from '../finding'

const hourMs = 3_600_000

/** What each metric counts, as the end of "in the last hour". */
const ofRule = {
  FailedInvocations: 'deliveries failed for good',
  ThrottledRules: 'times the rule was throttled',
  InvocationsSentToDlq: 'events went to the dead-letter queue',
  InvocationsFailedToBeSentToDlq: 'events could not even go to the dead-letter queue',
} as const
const ofStream = {
  ThrottledRecords: 'records were throttled by Firehose',
  'FailedConversion.Records': 'records could not be converted, and no report sees them',
} as const
/** Counts the events that the rule took off the bus. */
const matched = 'MatchedEvents'

/** What CloudWatch counted of the rule and the stream in the last hour. */
export const metrics: Check = {
  hop: 'metrics',
  after: ['credentials'],
  permissions: ['cloudwatch:GetMetricData'],
  run: async (context) => {
    const sums = await sumsOfLastHour(context)
    const words = {...ofRule, ...ofStream}
    const bad = Object.entries(words).flatMap(([metric, what]) => {
      const sum = sums.get(metric) ?? 0
      return sum > 0 ? [`${sum} ${what}`] : []
    })
    if (bad.length > 0)
      return warn(`In the last hour ${bad.join(', ')}. The numbers outlive their cause by an hour.`)
    // A metric appears when it is not zero, so that silence may also be that of an endpoint which counts nothing.
    if (!sums.get(matched)) {
      return skipped(`CloudWatch has counted no event of rule ${context.road.rule.name} in the last hour.`)
    }
    return ok('In the last hour no delivery failed, none was throttled, none became a dead letter.')
  },
}

async function sumsOfLastHour({clients, road, now}: DoctorContext): Promise<Map<string, number>> {
  const {GetMetricDataCommand} = await import('@aws-sdk/client-cloudwatch')
  const {name, bus} = road.rule
  // Rules of the default bus are counted under their name alone.
  const rule = [
    ...(bus === 'default' ? [] : [{Name: 'EventBusName', Value: bus}]),
    {Name: 'RuleName', Value: name},
  ]
  const stream = [{Name: 'DeliveryStreamName', Value: road.stream.name}]
  const queries = [
    ...[matched, ...Object.keys(ofRule)].map((metric) => queryOf('AWS/Events', metric, rule)),
    ...(road.hasLake ? Object.keys(ofStream).map((metric) => queryOf('AWS/Firehose', metric, stream)) : []),
  ]
  const range = {StartTime: new Date(now() - hourMs), EndTime: new Date(now())}
  try {
    const client = await clients.cloudWatch()
    const answer = await client.send(new GetMetricDataCommand({MetricDataQueries: queries, ...range}))
    const results = answer.MetricDataResults ?? []
    return new Map(results.map(({Label, Values}) => [Label ?? '', (Values ?? []).reduce((a, b) => a + b, 0)]))
  } catch (error) {
    throw toOpError(error, 'read the metrics of the last hour')
  }
}

/** One sum by the minute: longer periods begin at times of their own, and would leave out or take in more than the hour. */
function queryOf(
  namespace: string,
  metric: string,
  dimensions: {Name: string; Value: string}[],
): MetricDataQuery {
  return {
    Id: (metric.charAt(0).toLowerCase() + metric.slice(1)).replace('.', '_'),
    Label: metric,
    MetricStat: {
      Metric: {Namespace: namespace, MetricName: metric, Dimensions: dimensions},
      Period: 60,
      Stat: 'Sum',
    },
  }
}
