import type {
  BatchGetPartitionCommandInput,
  BatchGetPartitionCommandOutput,
  GetPartitionCommandInput,
  GetPartitionCommandOutput,
  GetPartitionsCommandInput,
  GetPartitionsCommandOutput,
} from '@aws-sdk/client-glue'
import {partitionKey, type Catalog, type PartitionRow} from '../../catalog'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {invalidInput} from './errors'
import {maxItems, pageLimit} from './input'
import {partitionFilter} from './partition-filter'
import {requirePartition, tableOf} from './partitions'

/** GetPartition. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function getPartition(
  catalog: Catalog,
): Operation<GetPartitionCommandInput, GetPartitionCommandOutput> {
  return (input, ctx) => {
    const table = tableOf(catalog, ctx, input)
    return {Partition: requirePartition(catalog, ctx.region, table, input.PartitionValues ?? [])}
  }
}

/** GetPartitions, at most 1,000 a page; `Expression` as `partitionFilter` reads it; `Segment` takes every n-th partition. */
export function getPartitions(
  catalog: Catalog,
): Operation<GetPartitionsCommandInput, GetPartitionsCommandOutput> {
  return (input, ctx) => {
    const table = tableOf(catalog, ctx, input)
    const keeps = partitionFilter(input.Expression, table.PartitionKeys ?? [])
    const {SegmentNumber: segment = 0, TotalSegments: segments = 1} = input.Segment ?? {}
    if (segments < 1 || segments > 10 || segment < 0 || segment >= segments) {
      throw invalidInput('Segment must be from 0 to TotalSegments - 1, TotalSegments from 1 to 10.')
    }
    const rows = catalog
      .partitions(ctx.region, table.DatabaseName, table.Name)
      .filter((row, place) => place % segments === segment && keeps(row.Values))
    const page = pageOf(rows, {
      limit: pageLimit(input.MaxResults, 1000),
      token: input.NextToken,
      badToken: () => invalidInput('The NextToken is invalid.'),
    })
    const shown = input.ExcludeColumnSchema ? page.items.map(withoutColumns) : page.items
    return {Partitions: shown, NextToken: page.nextToken}
  }
}

/** BatchGetPartition, at most 1,000; partitions that are not there are left out, as Glue does. Throws `EntityNotFoundException` (table). */
export function batchGetPartition(
  catalog: Catalog,
): Operation<BatchGetPartitionCommandInput, BatchGetPartitionCommandOutput> {
  return (input, ctx) => {
    const lists = input.PartitionsToGet ?? []
    maxItems(lists, 1000, 'partitionsToGet')
    const table = tableOf(catalog, ctx, input)
    const rows = lists.map((one) =>
      catalog.partitionRows.get(partitionKey(ctx.region, table, one.Values ?? [])),
    )
    return {Partitions: rows.filter((row) => row !== undefined), UnprocessedKeys: []}
  }
}

function withoutColumns(row: PartitionRow): PartitionRow {
  if (!row.StorageDescriptor) return row
  const storage = {...row.StorageDescriptor}
  delete storage.Columns
  return {...row, StorageDescriptor: storage}
}
