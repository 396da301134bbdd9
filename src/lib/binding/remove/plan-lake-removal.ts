import type {Road} from '../../road/road'
import type {Change} from '../change'
import type {ActualRoad} from '../read/actual-road'
import {because, foreign, removal} from './removal-view'
import type {RemovalView} from './removal-view'
import {streamKey, tableKey} from './removal-keys'

/**
 * Workgroup, table, database and bucket. They stay as long as a delivery stream writes to the bucket. Glue gets no tags
 * when the road is made: a table is the binding's where it lies over the bucket's raw events, a database where it has
 * the description that `bind-target` gives and no other table. Deleting a table deletes no data.
 */
export function lakeRemovals(view: RemovalView): Change[] {
  const inUse = writers(view)
  return [
    ...workgroupRemovals(view, inUse),
    ...tableRemovals(view, view.road.table, view.actual.table, inUse),
    ...tableRemovals(view, view.road.formerTable, view.actual.formerTable, inUse),
    ...databaseRemovals(view, inUse),
    ...bucketRemovals(view, inUse),
  ]
}

function writers({road, around, gone}: RemovalView): string | undefined {
  const left = around.streams.filter((s) => s.bucketArn === road.bucket.arn && !gone.has(streamKey(s.name)))
  return because(
    'its bucket is still written to by delivery stream',
    left.map((s) => s.name),
  )
}

function workgroupRemovals(view: RemovalView, inUse: string | undefined): Change[] {
  const {road, actual, around} = view
  if (!actual.workgroup) return []
  const saved = around.savedQueryCount === 0 ? undefined : `holds ${around.savedQueryCount} saved queries`
  const reason = foreign(view, around.tags.workgroup) ?? inUse ?? saved
  return [removal('workgroup', road.workgroup.name, reason, 'with the history of its queries')]
}

function tableRemovals(
  {gone}: RemovalView,
  table: Road['table'],
  actual: ActualRoad['table'],
  inUse: string | undefined,
): Change[] {
  if (!actual) return []
  const wanted = table.input.StorageDescriptor.Location
  const location = actual.StorageDescriptor?.Location ?? 'unknown'
  const elsewhere =
    withoutSlash(location) === withoutSlash(wanted) ? undefined : `its location is ${location}`
  const reason = elsewhere ?? inUse
  if (reason === undefined) gone.add(tableKey(table))
  const name = `${table.database}.${table.input.Name}`
  return [removal('table', name, reason, `lies over ${wanted}, whose objects stay`)]
}

function withoutSlash(location: string): string {
  return location.replace(/\/+$/, '')
}

function databaseRemovals({road, actual, around, gone}: RemovalView, inUse: string | undefined): Change[] {
  if (!actual.database) return []
  const {name, description} = road.database
  const others = around.tablesOfDatabase.filter((table) => !gone.has(`table ${name}.${table}`))
  const theirs =
    around.databaseDescription === description ? undefined : 'has not the description that bind-target gives'
  return [removal('database', name, theirs ?? inUse ?? because('has tables', others))]
}

function bucketRemovals(view: RemovalView, inUse: string | undefined): Change[] {
  const {road, actual, around} = view
  if (!actual.bucket) return []
  const data = around.bucketIsEmpty ? undefined : 'holds data'
  return [removal('bucket', road.bucket.name, foreign(view, around.tags.bucket) ?? data ?? inUse)]
}
