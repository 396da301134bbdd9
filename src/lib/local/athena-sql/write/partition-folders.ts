import {partitionKey, type Catalog, type PartitionRow, type TableRow} from '../../catalog'
import {standardFolder, withSlash} from '../partition-path'
import {readProjection} from '../projection'

/** The folders that a table's partitions lie in, and which partitions have to be made known to the catalog. */
export class PartitionFolders {
  private readonly added = new Map<string, PartitionRow>()

  private constructor(
    private readonly names: readonly string[],
    private readonly location: string,
    /** `s3://bucket/dt=${dt}/` of partition projection. */
    private readonly template: string | undefined,
    private readonly catalogued: {catalog: Catalog; region: string; table: TableRow; now: number} | undefined,
  ) {}

  /** Of a table. Throws SqlFailure on a projection that is wrong. */
  static ofTable(
    table: TableRow,
    {catalog, region, now}: {catalog: Catalog; region: string; now: number},
  ): PartitionFolders {
    const names = (table.PartitionKeys ?? []).map((key) => key.Name ?? '')
    const location = table.StorageDescriptor?.Location ?? ''
    const projection = readProjection(table.Parameters ?? {}, location, names, now)
    const isCatalogued = names.length > 0 && !projection
    return new PartitionFolders(
      names,
      location,
      projection?.template,
      isCatalogued ? {catalog, region, table, now} : undefined,
    )
  }

  /** `s3://bucket/folder/` of the partition with these values. */
  folderOf(values: readonly string[]): string {
    const known = this.catalogued && this.knownPartition(values)
    if (known?.StorageDescriptor?.Location !== undefined) return withSlash(known.StorageDescriptor.Location)
    const folder = this.fill(values)
    if (this.catalogued && !known) this.add(values, folder)
    return folder
  }

  /** Makes the partitions known that `folderOf` was asked for and that were new. Only inside `Store.write`. */
  register(): void {
    if (!this.catalogued) return
    const {catalog, region, table} = this.catalogued
    for (const row of this.added.values()) {
      const key = partitionKey(region, table, row.Values)
      if (!catalog.partitionRows.get(key)) catalog.partitionRows.put(key, row)
    }
  }

  private fill(values: readonly string[]): string {
    if (this.template === undefined) return standardFolder(this.location, this.names, values)
    const filled = this.template.replace(
      /\$\{([^}]+)\}/g,
      (_, name: string) => values[this.names.indexOf(name)] ?? '',
    )
    return withSlash(filled)
  }

  private knownPartition(values: readonly string[]): PartitionRow | undefined {
    if (!this.catalogued) return undefined
    const {catalog, region, table} = this.catalogued
    return catalog.partitionRows.get(partitionKey(region, table, values))
  }

  private add(values: readonly string[], folder: string): void {
    if (!this.catalogued) return
    const {table, now} = this.catalogued
    this.added.set(JSON.stringify(values), {
      Values: [...values],
      DatabaseName: table.DatabaseName,
      TableName: table.Name,
      CreationTime: new Date(now),
      StorageDescriptor: {...table.StorageDescriptor, Location: folder.replace(/\/$/, '')},
      Parameters: {},
      CatalogId: table.CatalogId,
    })
  }
}
