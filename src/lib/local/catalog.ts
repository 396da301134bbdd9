import {createHash} from 'node:crypto'
import type {Database, Partition, Table} from '@aws-sdk/client-glue'
import type {Collection, Store} from './store'

/** Members that hold times; the store keeps them as milliseconds since 1970. */
const timeMembers = new Set([
  'CreateTime',
  'UpdateTime',
  'CreationTime',
  'LastAccessTime',
  'LastAnalyzedTime',
])

/** Rows hold what Glue answers, in its own shapes. Names are lower case. */
export type DatabaseRow = Database & {Name: string}
export type TableRow = Table & {Name: string; DatabaseName: string; VersionId: string}
export type PartitionRow = Partition & {Values: string[]}

/** The longest LMDB key is 1978 bytes; a longer one is replaced by its digest. */
const maxKeyBytes = 1500

/**
 * The data catalog as rows in the store: written by the Glue service, read by it and by Athena.
 * Every method takes names in any case and folds them, as Glue does.
 */
export class Catalog {
  readonly databaseRows: Collection<DatabaseRow>
  readonly tableRows: Collection<TableRow>
  readonly versionRows: Collection<TableRow>
  readonly partitionRows: Collection<PartitionRow>

  constructor(readonly store: Store) {
    this.databaseRows = new TimedRows(store.collection('glue/databases'))
    this.tableRows = new TimedRows(store.collection('glue/tables'))
    this.versionRows = new TimedRows(store.collection('glue/table-versions'))
    this.partitionRows = new TimedRows(store.collection('glue/partitions'))
  }

  database(region: string, name: string): DatabaseRow | undefined {
    return this.databaseRows.get(databaseKey(region, name))
  }

  /** Every database of a region, by name. */
  databases(region: string): DatabaseRow[] {
    return [...this.databaseRows.list(`${region}/`)].map((row) => row.value)
  }

  table(region: string, database: string, name: string): TableRow | undefined {
    return this.tableRows.get(tableKey(region, database, name))
  }

  /** Every table of a database, by name. */
  tables(region: string, database: string): TableRow[] {
    return [...this.tableRows.list(`${databaseKey(region, database)}/`)].map((row) => row.value)
  }

  /** Every partition of a table, by its values. */
  partitions(region: string, database: string, table: string): PartitionRow[] {
    return [...this.partitionRows.list(`${tableKey(region, database, table)}/`)].map((row) => row.value)
  }
}

export function databaseKey(region: string, name: string): string {
  return `${region}/${encodeURIComponent(name.toLowerCase())}`
}

export function tableKey(region: string, database: string, name: string): string {
  return `${databaseKey(region, database)}/${encodeURIComponent(name.toLowerCase())}`
}

/** The key of one version of a table; versions sort by number. */
export function versionKey(table: TableRow, region: string): string {
  return `${tableKey(region, table.DatabaseName, table.Name)}/${table.VersionId.padStart(10, '0')}`
}

export function partitionKey(
  region: string,
  table: Pick<TableRow, 'DatabaseName' | 'Name'>,
  values: readonly string[],
): string {
  const key = `${tableKey(region, table.DatabaseName, table.Name)}/${JSON.stringify(values)}`
  if (Buffer.byteLength(key) <= maxKeyBytes) return key
  return `${tableKey(region, table.DatabaseName, table.Name)}/${createHash('sha256').update(key).digest('hex')}`
}

/** Rows with times in them, as `Date` outside and as numbers in the store. */
class TimedRows<T extends object> implements Collection<T> {
  constructor(private readonly rows: Collection<Record<string, unknown>>) {}

  get(key: string): T | undefined {
    const row = this.rows.get(key)
    return row && (withTimes(row, (time) => new Date(time)) as T)
  }

  *list(prefix?: string, after?: string): Iterable<{key: string; value: T}> {
    for (const {key, value} of this.rows.list(prefix, after)) {
      yield {key, value: withTimes(value, (time) => new Date(time)) as T}
    }
  }

  count(prefix?: string): number {
    return this.rows.count(prefix)
  }

  put(key: string, value: T): void {
    this.rows.put(
      key,
      withTimes(value, (time) => time),
    )
  }

  delete(key: string): void {
    this.rows.delete(key)
  }
}

function withTimes(row: object, convert: (time: number) => unknown): Record<string, unknown> {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([member, value]) => [member, timeMembers.has(member) ? convert(Number(value)) : value]),
  )
}
