import type {Column, TableInput} from '@aws-sdk/client-glue'
import {partitionKey, tableKey, type Catalog, type TableRow} from '../../../catalog'
import type {CallContext} from '../../../platform'
import {removeTable} from '../lookup'
import {addPartition} from '../partitions'
import {createTable} from '../tables'
import {updateTable} from '../table-versions'
import type {CrawlChanges, CrawlerRow} from '../work-tables'
import type {FoundTable} from './find-tables'
import {readOutputRules} from './output-rules'
import {locationOf, madeBy, otherName, partitionInputs, tableInput, tableName} from './table-input'

/** A target that was crawled: where it lies, and what was found there. */
export interface CrawledTarget {
  bucket: string
  /** Key prefix, ending in `/`. */
  root: string
  tables: FoundTable[]
}

export interface CatalogPlace {
  catalog: Catalog
  crawler: CrawlerRow
  ctx: CallContext
}

/** What the crawler has found becomes tables, partitions and columns of its database. Throws ServiceError as the operations of the catalog do. */
export function changeCatalog(place: CatalogPlace, targets: readonly CrawledTarget[]): CrawlChanges {
  const changes: CrawlChanges = {
    ...{tablesAdded: [], tablesUpdated: [], tablesDeleted: []},
    ...{partitionsAdded: [], partitionsDeleted: []},
  }
  const found = new Set<string>()
  for (const {bucket, tables} of targets) {
    for (const table of tables) found.add(changeTable(place, {bucket, table}, changes))
  }
  for (const table of goneTables(place, targets, found)) retire(place, table, changes)
  return changes
}

/** The table of what was found, made or brought up to date; its name. */
function changeTable(
  place: CatalogPlace,
  at: {bucket: string; table: FoundTable},
  changes: CrawlChanges,
): string {
  const {catalog, crawler, ctx} = place
  const database = crawler.definition.DatabaseName ?? ''
  const wanted = tableName(crawler.definition.TablePrefix ?? '', at.bucket, at.table.path)
  const location = locationOf(at.bucket, at.table.path)
  const taken = catalog.table(ctx.region, database, wanted)
  const name = taken && !isAt(taken, location) ? otherName(wanted, location) : wanted
  const input = tableInput(crawler.name, name, at)
  const before = catalog.table(ctx.region, database, name)
  if (!before) {
    void createTable(catalog)({DatabaseName: database, TableInput: input}, ctx)
    changes.tablesAdded.push(name)
  } else if (updatesOf(crawler) && bringUpToDate(place, before, input)) changes.tablesUpdated.push(name)
  changePartitions(place, name, at, changes)
  return name
}

/** True where the table is another one by it: columns, partition keys or the form of its objects. Counts of objects alone leave no version behind. */
function bringUpToDate({catalog, crawler, ctx}: CatalogPlace, before: TableRow, input: TableInput): boolean {
  const found = columnsOf(input)
  const {mergesColumns} = readOutputRules(crawler.definition.Configuration)
  const Columns = mergesColumns ? withNew(columnsOf(before), found) : found
  const {DEPRECATED_BY_CRAWLER: deprecated, ...parameters} = before.Parameters ?? {}
  const next: TableInput = {
    ...input,
    StorageDescriptor: {...input.StorageDescriptor, Columns},
    Parameters: {...parameters, ...input.Parameters},
  }
  const hasPartitions = catalog.partitions(ctx.region, before.DatabaseName, before.Name).length > 0
  if (keysOf(before) !== keysOf(next) && hasPartitions) {
    throw new TypeError(`The table ${before.Name} has partitions of other keys: ${keysOf(before)}.`)
  }
  const isOther = [columnTextOf, keysOf, formOf].some((of) => of(before) !== of(next))
  void updateTable(catalog)({DatabaseName: before.DatabaseName, TableInput: next, SkipArchive: !isOther}, ctx)
  return isOther || deprecated !== undefined
}

function changePartitions(
  {catalog, crawler, ctx}: CatalogPlace,
  name: string,
  {bucket, table}: {bucket: string; table: FoundTable},
  changes: CrawlChanges,
): void {
  const row = catalog.table(ctx.region, crawler.definition.DatabaseName ?? '', name)
  if (!row || table.keys.length === 0) return
  const known = new Map(
    catalog.partitions(ctx.region, row.DatabaseName, row.Name).map((one) => [textOfValues(one.Values), one]),
  )
  const deletes = crawler.definition.SchemaChangePolicy?.DeleteBehavior === 'DELETE_FROM_DATABASE'
  catalog.store.write(() => {
    for (const input of partitionInputs(bucket, table, row.StorageDescriptor ?? {})) {
      const values = input.Values ?? []
      if (known.delete(textOfValues(values))) continue
      addPartition(catalog, ctx, row, input)
      changes.partitionsAdded.push([name, ...values].join('/'))
    }
    if (!deletes) return
    for (const {Values: values} of known.values()) {
      catalog.partitionRows.delete(partitionKey(ctx.region, row, values))
      changes.partitionsDeleted.push([name, ...values].join('/'))
    }
  })
}

/** Tables that this crawler has made below a target, of which nothing was found any more. */
function goneTables(
  {catalog, crawler, ctx}: CatalogPlace,
  targets: readonly CrawledTarget[],
  found: ReadonlySet<string>,
): TableRow[] {
  const roots = targets.map(({bucket, root}) => locationOf(bucket, root))
  return catalog.tables(ctx.region, crawler.definition.DatabaseName ?? '').filter((table) => {
    const location = withSlash(table.StorageDescriptor?.Location)
    const isOurs =
      table.Parameters?.[madeBy] === crawler.name && roots.some((root) => location.startsWith(root))
    return isOurs && !found.has(table.Name)
  })
}

function retire({catalog, crawler, ctx}: CatalogPlace, table: TableRow, changes: CrawlChanges): void {
  const behaviour = crawler.definition.SchemaChangePolicy?.DeleteBehavior ?? 'DEPRECATE_IN_DATABASE'
  const key = tableKey(ctx.region, table.DatabaseName, table.Name)
  if (behaviour === 'DELETE_FROM_DATABASE') {
    catalog.store.write(() => removeTable(catalog, ctx.region, key))
    changes.tablesDeleted.push(table.Name)
  } else if (behaviour === 'DEPRECATE_IN_DATABASE' && !table.Parameters?.['DEPRECATED_BY_CRAWLER']) {
    const Parameters = {...table.Parameters, DEPRECATED_BY_CRAWLER: String(ctx.now)}
    catalog.store.write(() => catalog.tableRows.put(key, {...table, Parameters}))
    changes.tablesUpdated.push(table.Name)
  }
}

/** LOG leaves tables as they are; new ones and new partitions are made all the same (AWS Glue developer guide, schema change policy). */
function updatesOf({definition}: CrawlerRow): boolean {
  return definition.SchemaChangePolicy?.UpdateBehavior !== 'LOG'
}

function isAt(table: TableRow, location: string): boolean {
  return withSlash(table.StorageDescriptor?.Location) === location
}

function withSlash(location = ''): string {
  return location.replace(/\/*$/, '/')
}

function withNew(columns: readonly Column[], found: readonly Column[]): Column[] {
  const names = new Set(columns.map(({Name}) => Name))
  return [...columns, ...found.filter(({Name}) => !names.has(Name))]
}

type Shown = Pick<TableInput, 'StorageDescriptor' | 'PartitionKeys' | 'Parameters'>

const columnsOf = ({StorageDescriptor: storage}: Shown): Column[] => storage?.Columns ?? []
const columnTextOf = (table: Shown): string => textOf(columnsOf(table))
const keysOf = ({PartitionKeys: keys}: Shown): string => textOf(keys ?? [])
const formOf = ({Parameters: parameters}: Shown): string | undefined => parameters?.['classification']

function textOf(columns: readonly Column[]): string {
  return columns.map(({Name, Type}) => `${Name ?? ''} ${Type ?? ''}`).join(', ')
}

function textOfValues(values: readonly string[]): string {
  return JSON.stringify(values)
}
