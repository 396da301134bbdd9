import type {
  CrawlerHistory,
  CrawlerMetrics,
  GetCrawlerMetricsCommandInput,
  GetCrawlerMetricsCommandOutput,
  ListCrawlsCommandInput,
  ListCrawlsCommandOutput,
  StartCrawlerCommandInput,
  StartCrawlerCommandOutput,
  StopCrawlerCommandInput,
  StopCrawlerCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {refuse} from '../input'
import {workPage} from '../work-page'
import type {CrawlChanges, CrawlRow, WorkTables} from '../work-tables'
import type {CrawlRunner} from './crawl-runner'

/** StartCrawler: the crawl begins when this has answered. Throws `EntityNotFoundException`, `CrawlerRunningException`. */
export function startCrawler(
  tables: WorkTables,
  runner: CrawlRunner,
): Operation<StartCrawlerCommandInput, StartCrawlerCommandOutput> {
  return ({Name = ''}, ctx) => {
    runner.begin(tables.store.write(() => runner.stage({region: ctx.region, crawlerName: Name})))
    return {}
  }
}

/** StopCrawler. Throws `EntityNotFoundException`, `CrawlerNotRunningException`, `CrawlerStoppingException`. */
export function stopCrawler(
  tables: WorkTables,
  runner: CrawlRunner,
): Operation<StopCrawlerCommandInput, StopCrawlerCommandOutput> {
  return ({Name = ''}, ctx) => {
    tables.crawlers.require(ctx.region, Name)
    const current = runner.current(ctx.region, Name)
    if (!current)
      throw new ServiceError('CrawlerNotRunningException', `Crawler with name ${Name} isn't running`)
    if (current.state === 'CANCELLING') {
      throw new ServiceError('CrawlerStoppingException', `Crawler with name ${Name} is stopping`)
    }
    runner.stop(current)
    return {}
  }
}

/** ListCrawls, the newest first, at most 100 a page. Throws `EntityNotFoundException`. */
export function listCrawls(tables: WorkTables): Operation<ListCrawlsCommandInput, ListCrawlsCommandOutput> {
  return (input, ctx) => {
    refuse(input, ['Filters'])
    const {name} = tables.crawlers.require(ctx.region, input.CrawlerName ?? '')
    const crawls = tables.crawls.newestFirst(ctx.region, name).filter(isListed)
    const {items, NextToken} = workPage(crawls, input, 100)
    return {Crawls: items.map(toHistory), NextToken}
  }
}

/** GetCrawlerMetrics, of the named crawlers or of all. */
export function getCrawlerMetrics(
  tables: WorkTables,
): Operation<GetCrawlerMetricsCommandInput, GetCrawlerMetricsCommandOutput> {
  return (input, ctx) => {
    const names = input.CrawlerNameList ?? []
    const wanted = tables.crawlers
      .all(ctx.region)
      .filter(({name}) => names.length === 0 || names.includes(name))
    const {items, NextToken} = workPage(wanted, input, 1000)
    const metrics = items.map(({name}) => metricsOf(name, tables.crawls.newestFirst(ctx.region, name)))
    return {CrawlerMetricsList: metrics, NextToken}
  }
}

/** What a trigger could not begin was no crawl. */
export function isListed({state}: CrawlRow): boolean {
  return state !== 'ERROR'
}

function metricsOf(name: string, crawls: readonly CrawlRow[]): CrawlerMetrics {
  const seconds = crawls.flatMap(({completedAt, startedAt, state}) =>
    completedAt === undefined || state === 'ERROR' ? [] : [(completedAt - startedAt) / 1000],
  )
  const sorted = [...seconds].sort((a, b) => a - b)
  const count = (of: keyof CrawlChanges) =>
    crawls.reduce((sum, {changes}) => sum + (changes?.[of].length ?? 0), 0)
  return {
    CrawlerName: name,
    TimeLeftSeconds: 0,
    StillEstimating: false,
    LastRuntimeSeconds: seconds[0] ?? 0,
    MedianRuntimeSeconds: sorted[Math.floor(sorted.length / 2)] ?? 0,
    TablesCreated: count('tablesAdded'),
    TablesUpdated: count('tablesUpdated'),
    TablesDeleted: count('tablesDeleted'),
  }
}

function toHistory(row: CrawlRow): CrawlerHistory {
  return {
    CrawlId: row.id,
    State: historyState(row.state),
    StartTime: new Date(row.startedAt),
    EndTime: row.completedAt === undefined ? undefined : new Date(row.completedAt),
    Summary: row.changes && summaryOf(row.changes),
    ErrorMessage: row.error,
  }
}

function historyState(state: CrawlRow['state']): CrawlerHistory['State'] {
  if (state === 'RUNNING' || state === 'CANCELLING') return 'RUNNING'
  if (state === 'SUCCEEDED') return 'COMPLETED'
  return state === 'CANCELLED' ? 'STOPPED' : 'FAILED'
}

/** `{"TABLE":{"ADD":{"Count":1,"Details":{"names":["t"]}}}}`; what was not changed is left out. */
function summaryOf(changes: CrawlChanges): string {
  const entry = (names: readonly string[]) => ({Count: names.length, Details: {names}})
  const kind = (list: Record<string, string[]>) =>
    Object.fromEntries(
      Object.entries(list).flatMap(([action, names]) => (names.length === 0 ? [] : [[action, entry(names)]])),
    )
  const {tablesAdded: ADD, tablesUpdated: UPDATE, tablesDeleted: DELETE} = changes
  const TABLE = kind({ADD, UPDATE, DELETE})
  const PARTITION = kind({ADD: changes.partitionsAdded, DELETE: changes.partitionsDeleted})
  return JSON.stringify({
    ...(Object.keys(TABLE).length > 0 ? {TABLE} : {}),
    ...(Object.keys(PARTITION).length > 0 ? {PARTITION} : {}),
  })
}
