import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import type {Metrics} from '../../metrics/metrics'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {invalidQuery, missingParameter, unsupported} from './errors'
import {dimensionsOf, namespaceOf, rangeOf, textOf} from './metric-input'
import {checkPeriod} from './period'
import {periodsOf, statisticOf} from './statistics'

const maxQueries = 500
/** Datapoints of one answer (CloudWatch API reference, GetMetricData). */
const maxDatapoints = 100_800

interface Point {
  result: Answer
  at: number
  value: number
}

interface Answer {
  id: string
  label: string
  points: Point[]
}

/**
 * Values of metrics over a range of time, newest first unless `ScanBy` says otherwise. Throws `ValidationError`, `InvalidNextToken`, and
 * `InvalidParameterValue` for what is not there: expressions, percentiles, other accounts, periods below a minute.
 */
export function getMetricData(
  metrics: Metrics,
): Operation<GetMetricDataCommandInput, GetMetricDataCommandOutput> {
  return (input, ctx) => {
    const queries = checkQueries(input)
    const range = rangeOf(input.StartTime, input.EndTime, invalidQuery)
    const isAscending = orderOf(input.ScanBy)
    const answers = queries.map((query): Answer & {isReturned: boolean} => {
      const answer = answerTo(metrics, query, {...range, region: ctx.region})
      if (!isAscending) answer.points.reverse()
      return {...answer, isReturned: query.ReturnData ?? true}
    })
    const returned = answers.filter(({isReturned}) => isReturned)
    const {items, nextToken} = pageOf(
      returned.flatMap(({points}) => points),
      {limit: limitOf(input.MaxDatapoints), token: input.NextToken, badToken},
    )
    const isFirst = input.NextToken === undefined
    return {MetricDataResults: resultsOf(returned, items, isFirst), NextToken: nextToken, Messages: []}
  }
}

function answerTo(
  metrics: Metrics,
  query: MetricDataQuery,
  range: {fromMs: number; toMs: number; region: string},
): Answer {
  const {Metric: metric, Period: periodSeconds = 0, Stat, Unit: unit} = query.MetricStat ?? {}
  const name = textOf(metric?.MetricName, 'MetricDataQueries.member.MetricStat.Metric.MetricName', 255)
  const statistic = statisticOf(Stat)
  const answer: Answer = {id: query.Id ?? '', label: query.Label ?? name, points: []}
  const periods = periodsOf(metrics, {
    ...range,
    namespace: namespaceOf(metric?.Namespace, 'MetricDataQueries.member.MetricStat.Metric.Namespace'),
    metric: name,
    dimensions: dimensionsOf(metric?.Dimensions, 'MetricDataQueries.member.MetricStat.Metric.Dimensions'),
    unit,
    periodSeconds,
  })
  answer.points = periods.map(({at, bucket}) => ({result: answer, at, value: statistic(bucket)}))
  return answer
}

/** The results of one page: a metric without values is on the first; one whose values go on has PartialData. */
function resultsOf(answers: readonly Answer[], page: readonly Point[], isFirst: boolean): MetricDataResult[] {
  const onPage = new Map<string, Point[]>()
  for (const point of page) {
    const points = onPage.get(point.result.id)
    if (points) points.push(point)
    else onPage.set(point.result.id, [point])
  }
  const results: MetricDataResult[] = []
  for (const {id, label, points: all} of answers) {
    const points = onPage.get(id) ?? []
    if (points.length === 0 && !(isFirst && all.length === 0)) continue
    results.push({
      Id: id,
      Label: label,
      Timestamps: points.map(({at}) => new Date(at)),
      Values: points.map(({value}) => value),
      StatusCode: points.at(-1) === all.at(-1) ? 'Complete' : 'PartialData',
    })
  }
  return results
}

function checkQueries(input: GetMetricDataCommandInput): MetricDataQuery[] {
  const queries = input.MetricDataQueries ?? []
  if (queries.length === 0) throw missingParameter('MetricDataQueries')
  if (queries.length > maxQueries) {
    throw invalidQuery(`The collection MetricDataQueries must not have a size greater than ${maxQueries}.`)
  }
  if (input.LabelOptions !== undefined) throw unsupported('LabelOptions')
  for (const [i, query] of queries.entries()) checkQuery(query, `MetricDataQueries.member.${i + 1}`)
  if (new Set(queries.map(({Id}) => Id)).size < queries.length) {
    throw invalidQuery('The values for parameter id in MetricDataQueries are not unique.')
  }
  return queries
}

function checkQuery({Id = '', ...query}: MetricDataQuery, path: string): void {
  if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(Id)) {
    throw invalidQuery(
      `The value for parameter ${path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    )
  }
  if (query.Expression !== undefined) throw unsupported(`Expression (metric math) in ${path}`)
  if (query.AccountId !== undefined) throw unsupported(`AccountId in ${path}`)
  if (query.Label?.includes('${')) throw unsupported(`A dynamic label in ${path}`)
  if (!query.MetricStat) {
    throw invalidQuery(
      `The parameters ${path}.Expression and ${path}.MetricStat are mutually exclusive and one of them must be given.`,
    )
  }
  checkPeriod(query.MetricStat.Period, `${path}.MetricStat.Period`, invalidQuery)
}

function orderOf(scanBy: string | undefined): boolean {
  if (scanBy === undefined || scanBy === 'TimestampDescending') return false
  if (scanBy === 'TimestampAscending') return true
  throw invalidQuery(
    `The value ${scanBy} for parameter ScanBy is not one of TimestampDescending, TimestampAscending.`,
  )
}

function limitOf(asked: number | undefined): number {
  if (asked === undefined) return maxDatapoints
  if (!Number.isInteger(asked) || asked < 1 || asked > maxDatapoints) {
    throw invalidQuery(`The value ${asked} for parameter MaxDatapoints must be from 1 to ${maxDatapoints}.`)
  }
  return asked
}

function badToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 'The parameter NextToken is not valid.')
}
