import type {
  BatchCreatePartitionCommandInput,
  BatchCreatePartitionCommandOutput,
  PartitionInput,
} from '@aws-sdk/client-glue'
import {partitionKey, type TableRow} from '../../catalog'
import {standardFolder, withSlash} from '../partition-path'
import {readProjection} from '../projection'
import {SqlFailure} from '../sql-failure'
import type {WriteContext} from './write-target'

/** BatchCreatePartition takes as many. */
const batchSize = 100

/** The folders that a table's partitions lie in, and which partitions have to be made known to the catalog. */
export class PartitionFolders {
  private readonly added = new Map<string, PartitionInput>()
  private readonly names: readonly string[]
  private readonly location: string
  /** `s3://bucket/dt=${dt}/` of partition projection. */
  private readonly template: string | undefined

  /** Of a table, which may be about to be made. Throws SqlFailure on a projection that is wrong. */
  constructor(
    private readonly table: Pick<
      TableRow,
      'DatabaseName' | 'Name' | 'StorageDescriptor' | 'PartitionKeys' | 'Parameters'
    >,
    private readonly context: WriteContext,
  ) {
    this.names = (table.PartitionKeys ?? []).map((key) => key.Name ?? '')
    this.location = table.StorageDescriptor?.Location ?? ''
    this.template = readProjection(table.Parameters ?? {}, this.location, this.names, context.now)?.template
  }

  /** `s3://bucket/folder/` of the partition with these values. */
  folderOf(values: readonly string[]): string {
    if (this.names.length === 0) return withSlash(this.location)
    if (this.template !== undefined) return this.filled(this.template, values)
    const {catalog, region} = this.context
    const known = catalog.partitionRows.get(partitionKey(region, this.table, values))
    if (known?.StorageDescriptor?.Location !== undefined) return withSlash(known.StorageDescriptor.Location)
    const folder = standardFolder(this.location, this.names, values)
    if (!known) this.add(values, folder)
    return folder
  }

  /** Makes the partitions known that `folderOf` was asked for and that were new. Only inside `Store.write`. */
  register(): void {
    const inputs = [...this.added.values()]
    for (let from = 0; from < inputs.length; from += batchSize) {
      const {Errors: errors = []} = this.context.glue('BatchCreatePartition', {
        DatabaseName: this.table.DatabaseName,
        TableName: this.table.Name,
        PartitionInputList: inputs.slice(from, from + batchSize),
      } satisfies BatchCreatePartitionCommandInput) as BatchCreatePartitionCommandOutput
      // Another statement may have made a partition known in the meantime.
      const error = errors.find((one) => one.ErrorDetail?.ErrorCode !== 'AlreadyExistsException')
      if (error) throw new SqlFailure(`HIVE_METASTORE_ERROR: ${error.ErrorDetail?.ErrorMessage ?? ''}`)
    }
  }

  private filled(template: string, values: readonly string[]): string {
    const valueOf = (_: string, name: string): string => values[this.names.indexOf(name)] ?? ''
    return withSlash(template.replace(/\$\{([^}]+)\}/g, valueOf))
  }

  private add(values: readonly string[], folder: string): void {
    this.added.set(JSON.stringify(values), {
      Values: [...values],
      StorageDescriptor: {...this.table.StorageDescriptor, Location: folder.replace(/\/$/, '')},
      Parameters: {},
    })
  }
}
