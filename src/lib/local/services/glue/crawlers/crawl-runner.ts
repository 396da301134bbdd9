import {randomUUID} from 'node:crypto'
import type {Platform} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {Background, type Outcome} from '../background'
import type {ChainRef} from '../run-rows'
import type {CrawlChanges, CrawlRow, WorkTables} from '../work-tables'
import {crawl} from './crawl'

/** What is asked of a crawl: by StartCrawler, or by an action of a trigger. */
export interface CrawlStart {
  region: string
  crawlerName: string
  chain?: ChainRef | undefined
}

/** Runs crawls in the background, at most one of a crawler, and keeps their rows true. `onEnd` is told of every crawl that has ended. */
export class CrawlRunner {
  private readonly background: Background

  constructor(
    private readonly platform: Platform,
    private readonly tables: WorkTables,
    private readonly onEnd: (row: CrawlRow) => void,
  ) {
    this.background = new Background(platform)
  }

  /** The crawl of a crawler that is under way. */
  current(region: string, crawlerName: string): CrawlRow | undefined {
    return this.tables.crawls.open(region, crawlerName)[0]
  }

  /** Writes a crawl that is about to begin; `begin` then begins it. Only inside `Store.write`. Throws `EntityNotFoundException`, `CrawlerRunningException`. */
  stage(start: CrawlStart): CrawlRow {
    this.tables.crawlers.require(start.region, start.crawlerName)
    if (this.current(start.region, start.crawlerName)) throw crawlerRunning(start.crawlerName)
    const row = this.rowOf(start)
    this.tables.crawls.put(row)
    return row
  }

  /** Writes a crawl of a trigger's action that could not begin. Only inside `Store.write`. */
  stageRefused(start: CrawlStart, {message}: ServiceError): CrawlRow {
    const row: CrawlRow = {...this.rowOf(start), state: 'ERROR', error: message}
    row.completedAt = row.startedAt
    this.tables.crawls.put(row)
    return row
  }

  begin(row: CrawlRow): void {
    let changes: CrawlChanges | undefined
    this.background.start({
      id: row.id,
      work: async (signal) => {
        const crawler = this.tables.crawlers.find(row.region, row.of)
        if (crawler && !signal.aborted) changes = await crawl(this.platform, {crawler, row, signal})
      },
      ended: (outcome) => this.end(row, outcome, changes),
    })
  }

  stop(row: CrawlRow): void {
    this.tables.crawls.advance(row, {state: 'CANCELLING'})
    this.background.end(row.id, 'stopped')
  }

  close(): Promise<void> {
    return this.background.close()
  }

  private end(row: CrawlRow, outcome: Outcome, changes: CrawlChanges | undefined): void {
    const error = outcome.by === 'itself' ? outcome.error : undefined
    const state = outcome.by === 'itself' ? (error === undefined ? 'SUCCEEDED' : 'FAILED') : 'CANCELLED'
    const completedAt = this.platform.clock.now()
    const ended = this.tables.crawls.advance(row, {state, error, changes, completedAt})
    // Where the row is gone, somebody may wait for its end all the same.
    this.onEnd(ended ?? row)
  }

  private rowOf({region, crawlerName, chain}: CrawlStart): CrawlRow {
    return {
      region,
      of: crawlerName,
      id: randomUUID(),
      order: this.platform.sequence.next(),
      state: 'RUNNING',
      startedAt: this.platform.clock.now(),
      completedAt: undefined,
      error: undefined,
      chain,
      changes: undefined,
    }
  }
}

export function crawlerRunning(name: string): ServiceError {
  return new ServiceError('CrawlerRunningException', `Crawler with name ${name} has already started`)
}
