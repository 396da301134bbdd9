import type {
  DimensionFilter,
  ListMetricsCommandInput,
  ListMetricsCommandOutput,
} from '@aws-sdk/client-cloudwatch'
import type {Metrics} from '../../metrics/metrics'
import type {MetricName} from '../../metrics/series'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {invalidParameter, unsupported} from './errors'
import {textOf} from './metric-input'

const pageSize = 500
const maxFilters = 10
const dayMs = 24 * 60 * 60_000
/** A metric is listed for two weeks after its last value; with `RecentlyActive` for three hours. */
const listedMs = 14 * dayMs
const recentMs = 3 * 60 * 60_000

/** The metrics that there are, by namespace, name and dimensions. Throws `InvalidParameterValue`. */
export function listMetrics(metrics: Metrics): Operation<ListMetricsCommandInput, ListMetricsCommandOutput> {
  return (input, ctx) => {
    refuseOtherAccounts(input)
    const filters = filtersOf(input.Dimensions)
    const since = ctx.now - (isRecentAsked(input.RecentlyActive) ? recentMs : listedMs)
    const found = new Map<string, MetricName>()
    for (const {name} of metrics.list(ctx.region, since)) {
      if (input.Namespace !== undefined && name.namespace !== input.Namespace) continue
      if (input.MetricName !== undefined && name.metric !== input.MetricName) continue
      if (!filters.every((filter) => hasDimension(name, filter))) continue
      // Values of several units are one metric here.
      found.set(JSON.stringify([name.namespace, name.metric, name.dimensions]), name)
    }
    const {items, nextToken} = pageOf([...found.values()], {
      limit: pageSize,
      token: input.NextToken,
      badToken: () => invalidParameter('Request parameter NextToken is not valid.'),
    })
    return {Metrics: items.map(toShape), NextToken: nextToken}
  }
}

function toShape({namespace, metric, dimensions}: MetricName) {
  return {
    Namespace: namespace,
    MetricName: metric,
    Dimensions: dimensions.map(({name, value}) => ({Name: name, Value: value})),
  }
}

function hasDimension({dimensions}: MetricName, filter: DimensionFilter): boolean {
  return dimensions.some(
    ({name, value}) => name === filter.Name && (filter.Value === undefined || value === filter.Value),
  )
}

function filtersOf(filters: readonly DimensionFilter[] = []): readonly DimensionFilter[] {
  if (filters.length > maxFilters) {
    throw invalidParameter(`The collection Dimensions must not have a size greater than ${maxFilters}.`)
  }
  for (const [i, {Name}] of filters.entries()) textOf(Name, `Dimensions.member.${i + 1}.Name`, 255)
  return filters
}

function isRecentAsked(recentlyActive: string | undefined): boolean {
  if (recentlyActive === undefined || recentlyActive === 'PT3H') return recentlyActive !== undefined
  throw invalidParameter(`The value ${recentlyActive} for parameter RecentlyActive is not PT3H.`)
}

function refuseOtherAccounts(input: ListMetricsCommandInput): void {
  if (input.IncludeLinkedAccounts) throw unsupported('IncludeLinkedAccounts')
  if (input.OwningAccount !== undefined) throw unsupported('OwningAccount')
}
