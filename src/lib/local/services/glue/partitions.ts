import type {
  BatchCreatePartitionCommandInput,
  BatchCreatePartitionCommandOutput,
  BatchDeletePartitionCommandInput,
  BatchDeletePartitionCommandOutput,
  CreatePartitionCommandInput,
  CreatePartitionCommandOutput,
  DeletePartitionCommandInput,
  DeletePartitionCommandOutput,
  PartitionError,
  PartitionInput,
  UpdatePartitionCommandInput,
  UpdatePartitionCommandOutput,
} from '@aws-sdk/client-glue'
import {partitionKey, type Catalog, type PartitionRow, type TableRow} from '../../catalog'
import type {CallContext, Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {alreadyExists, entityNotFound, invalidInput} from './errors'
import {maxItems, nameOf, onlyOwnCatalog} from './input'
import {foldStorage} from './table-row'
import {requireTable} from './lookup'

interface TableName {
  CatalogId?: string | undefined
  DatabaseName: string | undefined
  TableName: string | undefined
}

/** CreatePartition. Throws `EntityNotFoundException`, `AlreadyExistsException`, `InvalidInputException`. */
export function createPartition(
  catalog: Catalog,
): Operation<CreatePartitionCommandInput, CreatePartitionCommandOutput> {
  return (input, ctx) => {
    catalog.store.write(() => addPartition(catalog, ctx, tableOf(catalog, ctx, input), input.PartitionInput))
    return {}
  }
}

/** BatchCreatePartition, at most 100; what could not be created stands in `Errors`. Throws `EntityNotFoundException` (table). */
export function batchCreatePartition(
  catalog: Catalog,
): Operation<BatchCreatePartitionCommandInput, BatchCreatePartitionCommandOutput> {
  return (input, ctx) => {
    const inputs = input.PartitionInputList ?? []
    maxItems(inputs, 100, 'partitionInputList')
    return catalog.store.write(() => {
      const table = tableOf(catalog, ctx, input)
      const errors = inputs.flatMap((one) =>
        attempt(one.Values ?? [], () => addPartition(catalog, ctx, table, one)),
      )
      return {Errors: errors}
    })
  }
}

/** UpdatePartition; the values may change. Throws `EntityNotFoundException`, `AlreadyExistsException`, `InvalidInputException`. */
export function updatePartition(
  catalog: Catalog,
): Operation<UpdatePartitionCommandInput, UpdatePartitionCommandOutput> {
  return (input, ctx) => {
    catalog.store.write(() => {
      const table = tableOf(catalog, ctx, input)
      const before = requirePartition(catalog, ctx.region, table, input.PartitionValueList ?? [])
      const createdAt = before.CreationTime ?? new Date(ctx.now)
      const row = toPartitionRow(table, input.PartitionInput, createdAt)
      const key = partitionKey(ctx.region, table, row.Values)
      const oldKey = partitionKey(ctx.region, table, before.Values)
      if (key !== oldKey && catalog.partitionRows.get(key)) throw alreadyExists('Partition')
      catalog.partitionRows.delete(oldKey)
      catalog.partitionRows.put(key, row)
    })
    return {}
  }
}

/** DeletePartition. Throws `EntityNotFoundException`. */
export function deletePartition(
  catalog: Catalog,
): Operation<DeletePartitionCommandInput, DeletePartitionCommandOutput> {
  return (input, ctx) => {
    catalog.store.write(() => {
      dropPartition(catalog, ctx, tableOf(catalog, ctx, input), input.PartitionValues ?? [])
    })
    return {}
  }
}

/** BatchDeletePartition, at most 25; what is not there stands in `Errors`. Throws `EntityNotFoundException` (table). */
export function batchDeletePartition(
  catalog: Catalog,
): Operation<BatchDeletePartitionCommandInput, BatchDeletePartitionCommandOutput> {
  return (input, ctx) => {
    const lists = input.PartitionsToDelete ?? []
    maxItems(lists, 25, 'partitionsToDelete')
    return catalog.store.write(() => {
      const table = tableOf(catalog, ctx, input)
      const errors = lists.flatMap((one) =>
        attempt(one.Values ?? [], () => dropPartition(catalog, ctx, table, one.Values ?? [])),
      )
      return {Errors: errors}
    })
  }
}

/** The table that an operation on partitions names. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function tableOf(catalog: Catalog, ctx: CallContext, input: TableName): TableRow {
  onlyOwnCatalog(input, ctx)
  const database = nameOf(input.DatabaseName, 'databaseName')
  return requireTable(catalog, ctx.region, database, nameOf(input.TableName, 'tableName'))
}

/** The partition with these values. Throws `EntityNotFoundException`. */
export function requirePartition(
  catalog: Catalog,
  region: string,
  table: TableRow,
  values: readonly string[],
): PartitionRow {
  const row = catalog.partitionRows.get(partitionKey(region, table, values))
  if (!row) throw entityNotFound('Cannot find partition.')
  return row
}

/** Adds a partition. Only inside `Store.write`. Throws `AlreadyExistsException`, `InvalidInputException`. */
export function addPartition(
  catalog: Catalog,
  ctx: CallContext,
  table: TableRow,
  input: PartitionInput | undefined,
): void {
  const row = toPartitionRow(table, input, new Date(ctx.now))
  const key = partitionKey(ctx.region, table, row.Values)
  if (catalog.partitionRows.get(key)) throw alreadyExists('Partition')
  catalog.partitionRows.put(key, row)
}

function dropPartition(catalog: Catalog, ctx: CallContext, table: TableRow, values: readonly string[]): void {
  requirePartition(catalog, ctx.region, table, values)
  catalog.partitionRows.delete(partitionKey(ctx.region, table, values))
}

function toPartitionRow(table: TableRow, input: PartitionInput | undefined, createdAt: Date): PartitionRow {
  const values = input?.Values ?? []
  if (values.length === 0 || values.length !== (table.PartitionKeys ?? []).length) {
    throw invalidInput('The number of partition keys do not match the number of partition values')
  }
  return {
    ...input,
    Values: values,
    DatabaseName: table.DatabaseName,
    TableName: table.Name,
    CreationTime: createdAt,
    ...(input?.StorageDescriptor ? {StorageDescriptor: foldStorage(input.StorageDescriptor)} : {}),
    CatalogId: table.CatalogId,
  }
}

/** Runs one change of a batch; its refusal becomes an entry of `Errors`. */
function attempt(values: string[], change: () => void): PartitionError[] {
  try {
    change()
    return []
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return [{PartitionValues: values, ErrorDetail: {ErrorCode: error.code, ErrorMessage: error.message}}]
  }
}
