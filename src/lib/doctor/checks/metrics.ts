import {toOpError} from '../../aws/map-sdk-error'
import {readMetrics, ruleMetric, streamMetric, sumOf} from '../../aws/metric-values'
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
  const asked = [
    ...[matched, ...Object.keys(ofRule)].map((name) => ruleMetric(name, road.rule)),
    ...(road.hasLake ? Object.keys(ofStream).map((name) => streamMetric(name, road.stream.name)) : []),
  ]
  try {
    const values = await readMetrics(await clients.cloudWatch(), asked, {from: now() - hourMs, to: now()})
    return new Map(asked.map(({name}, place) => [name, sumOf(values[place] ?? [])]))
  } catch (error) {
    throw toOpError(error, 'read the metrics of the last hour')
  }
}
