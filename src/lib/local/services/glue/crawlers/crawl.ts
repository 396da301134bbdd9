import {Catalog} from '../../../catalog'
import type {CallContext, Platform} from '../../../platform'
import {entityNotFound} from '../errors'
import {requireRole} from '../require-role'
import {placeOf} from '../s3-place'
import {glueArn} from '../tags'
import type {CrawlChanges, CrawlerRow, CrawlRow} from '../work-tables'
import {changeCatalog, type CrawledTarget} from './change-catalog'
import {findTables} from './find-tables'
import {objectsByFolder, readFolder} from './read-folder'
import {ParquetReader} from './read-parquet'

/**
 * One crawl: reads the objects of the crawler's targets, all of them, and changes the catalog once all are read. Throws what becomes the
 * crawl's ErrorMessage, and the signal's reason; then the catalog is as it was, or has some of the tables.
 */
export async function crawl(
  platform: Platform,
  {crawler, row, signal}: {crawler: CrawlerRow; row: CrawlRow; signal: AbortSignal},
): Promise<CrawlChanges> {
  const {accountId, clock, store} = platform
  const ctx: CallContext = {accountId, region: row.region, requestId: row.id, endpoint: '', now: clock.now()}
  const catalog = new Catalog(store)
  const database = crawler.definition.DatabaseName ?? ''
  if (!catalog.database(ctx.region, database)) throw entityNotFound(`Database ${database} not found.`)
  const parquet = new ParquetReader()
  try {
    const targets: CrawledTarget[] = []
    for (const {Path: path = '', SampleSize: sample} of crawler.definition.Targets?.S3Targets ?? []) {
      targets.push(await crawlTarget(platform, {crawler, ctx, signal, parquet}, {path, sample}))
    }
    signal.throwIfAborted()
    return changeCatalog({catalog, crawler, ctx}, targets)
  } finally {
    await parquet.close()
  }
}

async function crawlTarget(
  platform: Platform,
  {
    crawler,
    ctx,
    signal,
    parquet,
  }: {
    crawler: CrawlerRow
    ctx: CallContext
    signal: AbortSignal
    parquet: ParquetReader
  },
  {path, sample}: {path: string; sample: number | undefined},
): Promise<CrawledTarget> {
  const {blobs} = platform
  const {bucket, key} = placeOf(path)
  const root = key === '' || key.endsWith('/') ? key : `${key}/`
  const role = {platform, role: crawler.definition.Role, sourceArn: glueArn(ctx, 'crawler', crawler.name)}
  requireRole(role, 's3:ListBucket', `arn:aws:s3:::${bucket}`)
  requireRole(role, 's3:GetObject', `arn:aws:s3:::${bucket}/${root}*`)
  if (!blobs.bucket(bucket)) throw new TypeError(`The specified bucket does not exist: ${bucket}`)
  const folders = []
  for (const [folder, objects] of objectsByFolder(blobs.list(bucket, root), root)) {
    // What is not read does not show; AWS too takes so many objects of each leaf folder.
    const read = sample === undefined ? objects : objects.slice(0, sample)
    folders.push(await readFolder({blobs, parquet, signal}, {bucket, path: folder, objects: read}))
  }
  return {bucket, root, tables: findTables(root, folders)}
}
