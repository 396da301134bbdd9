import type {BlobStore} from '../../blob-store'
import type {Catalog, TableRow} from '../../catalog'
import {JsonInspector} from '../json-inspector'
import {filesOf} from '../table-files'
import {createView, isJsonTable, jsonColumns} from '../table-views'
import {isWrittenInOrder, type WriteRequest} from '../write/write-files'
import {fillSession, type Bound} from './bind'
import {fullName} from './blank-tables'
import {prune, type ScannedFile} from './prune'
import {scansOf} from './scans'
import {unfoldedTree} from './unfold'

/** A table, and those of its files that a query finds rows in. */
interface ChosenTable {
  table: TableRow
  number: number
  files: ScannedFile[]
}

/** Opens the tables of queries. What was learnt about objects is kept from one query to the next. */
export class OpenTables {
  private readonly inspectors = new Map<string, JsonInspector>()

  constructor(
    private readonly catalog: Catalog,
    private readonly blobs: BlobStore,
  ) {}

  /** Puts the tables into the place of empty ones, each with the files that the query can find rows in, and shuts the session off from all others. */
  async open(bound: Bound, write?: WriteRequest): Promise<void> {
    const {session, text, tree, sources, query, withPath} = bound
    const {duck, folder, read} = session
    const reader = {catalog: this.catalog, blobs: this.blobs, region: query.region, now: query.now}
    const unfolded = unfoldedTree(tree)
    const asRead = unfolded ? await session.text(unfolded) : text
    const scans = await scansOf(duck, asRead, sources.tables, withPath)
    // What is wrong with a query without a plan is told here, with its place, before an object is looked at.
    if (!scans) await duck.connection.prepare(text)
    const chosen: ChosenTable[] = []
    for (const [number, table] of sources.tables.entries()) {
      const files = filesOf(table, reader)
      const own = scans ? (scans.get(fullName(table)) ?? []) : [[]]
      chosen.push({table, number, files: await prune(duck, table, files, own, number)})
    }
    query.onScan?.(scannedBytes(chosen.flatMap((one) => one.files)))
    if (unfolded && isMostlyParquet(chosen)) {
      bound.text = asRead
      // Places in a text of our own mean nothing.
      bound.placed = ''
    }
    const paths: string[] = []
    await fillSession(this.catalog, bound, async () => {
      for (const {table, number, files} of chosen) {
        const inspector = this.inspectorOf(query.region, table)
        read.add(files, !isJsonTable(table))
        const viewed = await createView({duck, table, files, inspector, folder, number, withPath})
        read.add(viewed, false)
        paths.push(...viewed.map((file) => file.path))
      }
    })
    if (write && isWrittenInOrder(write)) await duck.keepOrder()
    await duck.confineTo(paths, write?.folder)
    query.signal.throwIfAborted()
  }

  private inspectorOf(region: string, table: TableRow): JsonInspector | undefined {
    if (!isJsonTable(table)) return undefined
    const key = `${region}/${table.DatabaseName}/${table.Name}/${table.VersionId}/${String(table.CreateTime)}`
    const known = this.inspectors.get(key)
    if (known) return known
    const inspector = new JsonInspector(jsonColumns(table).map(({key: name, type}) => ({name, type})))
    this.inspectors.set(key, inspector)
    return inspector
  }
}

/**
 * Parquet is read again in less time than rows of it are kept, and the more so where they have to be spilled; lines of JSON are taken apart once, where a query
 * of WITH is named twice. A row of Parquet has a tenth of the bytes of a line, and is read ten times as fast.
 */
function isMostlyParquet(chosen: readonly ChosenTable[]): boolean {
  let [json, parquet] = [0, 0]
  for (const {table, files} of chosen) {
    const bytes = files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0)
    if (isJsonTable(table)) json += bytes
    else parquet += bytes
  }
  return json <= parquet
}

/** A table that is read twice is scanned, and billed, twice. */
function scannedBytes(files: readonly ScannedFile[]): number {
  return files.reduce((sum, {sizeBytes, readingCount}) => sum + sizeBytes * readingCount, 0)
}
