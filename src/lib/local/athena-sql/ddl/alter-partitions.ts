import type {
  CreatePartitionCommandInput,
  DeletePartitionCommandInput,
  UpdatePartitionCommandInput,
} from '@aws-sdk/client-glue'
import {partitionKey, type PartitionRow, type TableRow} from '../../catalog'
import {partitionName, standardFolder} from '../partition-path'
import type {Cursor} from '../words/cursor'
import {changeCatalog, semanticError, type StatementContext} from './context'
import {locationOf} from './create-table'
import {partitionNames, readPartition, valuesOf} from './read-clauses'

/** `[IF NOT EXISTS] PARTITION (...) [LOCATION '...'] ...` behind ADD: all of them or, where one is there already, none. */
export function addPartitions(cursor: Cursor, table: TableRow, context: StatementContext): void {
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS')
  const added: {values: string[]; location: string}[] = []
  do {
    const values = valuesOf(readPartition(cursor), table)
    const location = cursor.takes('LOCATION') ? cursor.text() : folderOf(table, values)
    added.push({values, location: locationOf(location)})
  } while (cursor.sees('PARTITION'))
  cursor.end()
  const isNew = ({values}: {values: string[]}) => !ifNotExists || !findPartition(table, values, context)
  createPartitions(added.filter(isNew), table, context)
}

/** Makes partitions known to the catalog, all or none. Throws SqlFailure where one is known. */
export function createPartitions(
  added: readonly {values: string[]; location: string}[],
  table: TableRow,
  context: StatementContext,
): void {
  context.catalog.store.write(() => {
    for (const {values, location} of added) {
      changeCatalog(context, 'CreatePartition', {
        DatabaseName: table.DatabaseName,
        TableName: table.Name,
        PartitionInput: {
          Values: values,
          StorageDescriptor: {...table.StorageDescriptor, Location: location},
          Parameters: {},
        },
      } satisfies CreatePartitionCommandInput)
    }
  })
}

/** `[IF EXISTS] PARTITION (...), PARTITION (...)` behind DROP: every partition with the values that are named. */
export function dropPartitions(cursor: Cursor, table: TableRow, context: StatementContext): void {
  const ifExists = cursor.takes('IF', 'EXISTS')
  const named: Map<string, string>[] = []
  do named.push(readPartition(cursor))
  while (cursor.takes(','))
  cursor.end()
  const names = partitionNames(table)
  const known = context.catalog.partitions(context.region, table.DatabaseName, table.Name)
  const dropped = named.flatMap((partition) => {
    const filled = new Map([...names.map((name) => [name, ''] as const), ...partition])
    valuesOf(filled, table)
    const found = known.filter((row) =>
      names.every((name, place) => (partition.get(name) ?? row.Values[place]) === row.Values[place]),
    )
    if (found.length > 0 || ifExists) return found
    throw semanticError(
      `[Error 10006]: Partition not found (${[...partition].map(([name, value]) => `${name} = '${value}'`).join(', ')})`,
    )
  })
  context.catalog.store.write(() => {
    for (const values of new Set(dropped.map((row) => JSON.stringify(row.Values)))) {
      changeCatalog(context, 'DeletePartition', {
        DatabaseName: table.DatabaseName,
        TableName: table.Name,
        PartitionValues: JSON.parse(values) as string[],
      } satisfies DeletePartitionCommandInput)
    }
  })
}

/** `PARTITION (...) RENAME TO PARTITION (...)`, which moves no object, or `PARTITION (...) SET LOCATION '...'`. */
export function changePartition(cursor: Cursor, table: TableRow, context: StatementContext): void {
  const values = valuesOf(readPartition(cursor), table)
  const isRenamed = cursor.takes('RENAME', 'TO')
  if (!isRenamed) cursor.needs('SET', 'LOCATION')
  const newValues = isRenamed ? valuesOf(readPartition(cursor), table) : values
  const location = isRenamed ? undefined : locationOf(cursor.text())
  cursor.end()
  const row = findPartition(table, values, context)
  if (!row)
    throw semanticError(
      `[Error 10006]: Partition not found (${partitionName(partitionNames(table), values)})`,
    )
  changeCatalog(context, 'UpdatePartition', {
    DatabaseName: table.DatabaseName,
    TableName: table.Name,
    PartitionValueList: values,
    PartitionInput: {
      Values: newValues,
      Parameters: row.Parameters,
      // A partition that says nothing of its place lies where its values say; with other values it still lies there.
      StorageDescriptor: {
        ...(row.StorageDescriptor ?? table.StorageDescriptor),
        Location: location ?? row.StorageDescriptor?.Location ?? locationOf(folderOf(table, values)),
      },
    },
  } satisfies UpdatePartitionCommandInput)
}

function findPartition(
  table: TableRow,
  values: readonly string[],
  {catalog, region}: StatementContext,
): PartitionRow | undefined {
  return catalog.partitionRows.get(partitionKey(region, table, values))
}

/** Where a partition lies of which nothing else is said. */
function folderOf(table: TableRow, values: readonly string[]): string {
  return standardFolder(table.StorageDescriptor?.Location ?? '', partitionNames(table), values)
}
