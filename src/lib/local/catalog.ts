import {createHash} from 'node:crypto'
import type {Database, Partition, Table} from '@aws-sdk/client-glue'
import type {Collection, Store} from './store'

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
    this.databaseRows = store.collection('glue/databases')
    this.tableRows = store.collection('glue/tables')
    this.versionRows = store.collection('glue/table-versions')
    this.partitionRows = store.collection('glue/partitions')
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

export function partitionKey(region: string, table: TableRow, values: readonly string[]): string {
  const key = `${tableKey(region, table.DatabaseName, table.Name)}/${JSON.stringify(values)}`
  if (Buffer.byteLength(key) <= maxKeyBytes) return key
  return `${tableKey(region, table.DatabaseName, table.Name)}/${createHash('sha256').update(key).digest('hex')}`
}
