import {standardFolder, partitionName, valuesInPath} from '../partition-path'
import {placeOf} from '../write/destination'
import {Cursor} from '../words/cursor'
import {createPartitions} from './alter-partitions'
import {executionError, textResult, type StatementContext, type StatementResult} from './context'
import {locationOf} from './create-table'
import {requireOwnTable} from './names'
import {partitionNames} from './read-clauses'

/**
 * MSCK REPAIR TABLE: folders `name=value/` under the table's location that hold objects and are no partitions yet become some. Partitions
 * whose folders are gone stay, as on Athena. Throws SqlFailure on a table without partition columns.
 */
export function repairTable(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('MSCK', 'REPAIR', 'TABLE')
  const table = requireOwnTable(cursor.objectName(), context)
  cursor.end()
  const names = partitionNames(table)
  if (names.length === 0) throw executionError(`Table ${table.Name} is not a partitioned table`)
  const known = context.catalog.partitions(context.region, table.DatabaseName, table.Name)
  const nameOf = (values: readonly string[]) => partitionName(names, values)
  const inCatalog = new Set(known.map((row) => nameOf(row.Values)))
  const location = table.StorageDescriptor?.Location ?? ''
  const found = [...foldersUnder(location, names, context)].filter(([name]) => !inCatalog.has(name))
  const added = found.map(([, values]) => ({
    values,
    location: locationOf(standardFolder(location, names, values)),
  }))
  createPartitions(added, table, context)
  if (found.length === 0) return textResult(['result'], [])
  const shown = found.map(([name]) => `${table.Name}:${name}`)
  return textResult(
    ['result'],
    [
      `Partitions not in metastore:\t${shown.join('\t')}`,
      ...shown.map((name) => `Repair: Added partition to metastore ${name}`),
    ],
  )
}

/** Partitions that the keys under a location name, by their names. */
function foldersUnder(
  location: string,
  names: readonly string[],
  {blobs}: StatementContext,
): Map<string, string[]> {
  const {bucket, key} = placeOf(`${location.replace(/\/*$/, '')}/`)
  const found = new Map<string, string[]>()
  for (const blob of blobs.list(bucket, key)) {
    const values = valuesInPath(blob.key.slice(key.length), names)
    if (values) found.set(partitionName(names, values), values)
  }
  return found
}
