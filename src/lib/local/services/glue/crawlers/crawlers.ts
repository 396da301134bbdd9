import type {
  Crawler,
  CreateCrawlerCommandInput,
  CreateCrawlerCommandOutput,
  DeleteCrawlerCommandInput,
  DeleteCrawlerCommandOutput,
  GetCrawlerCommandInput,
  GetCrawlerCommandOutput,
  GetCrawlersCommandInput,
  GetCrawlersCommandOutput,
  ListCrawlersCommandInput,
  ListCrawlersCommandOutput,
  UpdateCrawlerCommandInput,
  UpdateCrawlerCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {checkedName} from '../input'
import {glueArn, putTags, removeTags} from '../tags'
import {namesPage, workPage} from '../work-page'
import type {CrawlerRow, WorkTables} from '../work-tables'
import {checkedCrawler} from './check-crawler'
import {crawlerRunning} from './crawl-runner'
import {isListed} from './crawls'

/** CreateCrawler. Throws `AlreadyExistsException`, `InvalidInputException`. */
export function createCrawler(
  tables: WorkTables,
): Operation<CreateCrawlerCommandInput, CreateCrawlerCommandOutput> {
  return ({Name, Tags, ...definition}, ctx) => {
    const name = checkedName(Name, 'name')
    const times = {createdAt: ctx.now, modifiedAt: ctx.now}
    const row = {name, definition: checkedCrawler(definition), ...times, version: 1}
    tables.store.write(() => {
      tables.crawlers.add(ctx.region, row)
      if (Tags) putTags(tables.store, glueArn(ctx, 'crawler', name), Tags)
    })
    return {}
  }
}

/** UpdateCrawler: what is given replaces what was. Throws `EntityNotFoundException`, `CrawlerRunningException`, `InvalidInputException`. */
export function updateCrawler(
  tables: WorkTables,
): Operation<UpdateCrawlerCommandInput, UpdateCrawlerCommandOutput> {
  return ({Name = '', ...given}, ctx) => {
    tables.store.write(() => {
      const before = requireIdle(tables, ctx.region, Name)
      const definition = checkedCrawler({...before.definition, ...given})
      tables.crawlers.put(ctx.region, {
        ...before,
        ...{definition, modifiedAt: ctx.now, version: before.version + 1},
      })
    })
    return {}
  }
}

/** GetCrawler. Throws `EntityNotFoundException`. */
export function getCrawler(tables: WorkTables): Operation<GetCrawlerCommandInput, GetCrawlerCommandOutput> {
  return ({Name = ''}, ctx) => ({
    Crawler: toCrawler(tables, ctx, tables.crawlers.require(ctx.region, Name)),
  })
}

/** GetCrawlers, by name. */
export function getCrawlers(
  tables: WorkTables,
): Operation<GetCrawlersCommandInput, GetCrawlersCommandOutput> {
  return (input, ctx) => {
    const {items, NextToken} = workPage(tables.crawlers.all(ctx.region), input, 1000)
    return {Crawlers: items.map((row) => toCrawler(tables, ctx, row)), NextToken}
  }
}

/** ListCrawlers: names alone. */
export function listCrawlers(
  tables: WorkTables,
): Operation<ListCrawlersCommandInput, ListCrawlersCommandOutput> {
  return (input, ctx) => {
    const {names, NextToken} = namesPage(tables.crawlers.all(ctx.region), input)
    return {CrawlerNames: names, NextToken}
  }
}

/** DeleteCrawler, with its crawls; the tables stay. Throws `EntityNotFoundException`, `CrawlerRunningException`. */
export function deleteCrawler(
  tables: WorkTables,
): Operation<DeleteCrawlerCommandInput, DeleteCrawlerCommandOutput> {
  return ({Name = ''}, ctx) => {
    tables.store.write(() => {
      requireIdle(tables, ctx.region, Name)
      tables.crawlers.delete(ctx.region, Name)
      tables.crawls.forget(ctx.region, Name)
      removeTags(tables.store, glueArn(ctx, 'crawler', Name))
    })
    return {}
  }
}

function requireIdle(tables: WorkTables, region: string, name: string): CrawlerRow {
  const row = tables.crawlers.require(region, name)
  if (tables.crawls.open(region, name).length > 0) throw crawlerRunning(name)
  return row
}

function toCrawler(
  tables: WorkTables,
  {region, now}: {region: string; now: number},
  row: CrawlerRow,
): Crawler {
  const crawls = tables.crawls.newestFirst(region, row.name).filter(isListed)
  const current = crawls.find(({completedAt}) => completedAt === undefined)
  const last = crawls.find(({completedAt}) => completedAt !== undefined)
  return {
    ...row.definition,
    Name: row.name,
    State: current ? (current.state === 'CANCELLING' ? 'STOPPING' : 'RUNNING') : 'READY',
    CrawlElapsedTime: current ? now - current.startedAt : 0,
    CreationTime: new Date(row.createdAt),
    LastUpdated: new Date(row.modifiedAt),
    Version: row.version,
    ...(last
      ? {
          LastCrawl: {
            Status: last.state === 'SUCCEEDED' || last.state === 'FAILED' ? last.state : 'CANCELLED',
            ErrorMessage: last.error,
            StartTime: new Date(last.startedAt),
          },
        }
      : {}),
  }
}
