import type {Table} from '@aws-sdk/client-glue'
import type {Change} from '../../binding/change'
import {tableDifferences} from '../../binding/plan/differences'
import {OpError} from '../../core/errors'
import {curatedTable} from '../../road/curated-table'
import {layout, rawLayouts} from '../../road/layout'
import {viewSql} from '../../road/lake-view'
import type {TableInput} from '../../road/raw-table'
import {recordFormats} from '../../road/record-format'
import type {RecordFormat} from '../../road/record-format'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {compactedOf} from '../ledger/compacted'
import {readHead} from '../ledger/head'
import {isView, readTable} from '../replace-view'
import {readWorkgroup} from './workgroup'

export type LakeResource = 'table' | 'view' | 'workgroup'

/** What `lake init` would make, and what it needs to make it. */
export interface LakePlan {
  changes: Change<LakeResource>[]
  table: TableInput
  /** The curated table that is there. */
  actual: Table | undefined
  view: string
  scanLimitBytes: number | undefined
}

export interface InitOptions {
  /** Bytes that one query of the workgroup may scan; undefined leaves the limit as it is. */
  scanLimitBytes?: number | undefined
}

/** Which raw tables the database has. Throws what Glue refuses. */
export async function rawFormats({glue}: Pick<LakeDeps, 'glue'>, database: string): Promise<RecordFormat[]> {
  const found = await Promise.all(
    recordFormats.map((format) => readTable(glue, database, rawLayouts[format].table)),
  )
  return recordFormats.filter((_, place) => found[place] !== undefined)
}

/**
 * Compares the lake with what it should be. Throws `NOT_BOUND` (absent) where there is no raw table or workgroup: a binding makes these, `TABLE_TAKEN` (usage) where
 * somebody else's table has the name, and what Glue, S3 and Athena refuse.
 */
export async function planInit(
  deps: LakeDeps,
  place: LakePlace,
  {scanLimitBytes}: InitOptions,
): Promise<LakePlan> {
  const formats = await rawFormats(deps, place.database)
  const workgroup = await readWorkgroup(deps.athena, place.workgroup)
  if (formats.length === 0 || !workgroup) throw notBound(place, formats.length === 0)
  const actual = await readTable(deps.glue, place.database, layout.curatedTable)
  const table = curatedTable(place, actual?.Parameters?.['projection.dt.range'])
  if (actual && !liesAt(actual, table)) throw notOurs(place, actual)
  const {head} = await readHead({s3: deps.s3, bucket: place.bucket})
  const view = viewSql(formats, compactedOf(head, place.bucket))
  const there = await readTable(deps.glue, place.database, layout.view)
  const changes = [
    changeOf('table', layout.curatedTable, actual && tableDifferences(table, actual)),
    changeOf('view', layout.view, there && (isView(there, view) ? [] : ['sql'])),
    changeOf(
      'workgroup',
      place.workgroup,
      scanLimitBytes === undefined || workgroup.scanLimitBytes === scanLimitBytes ? [] : ['scanLimitBytes'],
    ),
  ]
  return {changes, table, actual, view, scanLimitBytes}
}

function changeOf(resource: LakeResource, name: string, fields: string[] | undefined): Change<LakeResource> {
  if (!fields) return {action: 'create', resource, name}
  return fields.length === 0 ? {action: 'keep', resource, name} : {action: 'update', resource, name, fields}
}

function notBound({database, workgroup}: LakePlace, lacksTable: boolean): OpError {
  const what = lacksTable ? `Database ${database} has no raw table` : `There is no workgroup ${workgroup}`
  return new OpError('absent', 'NOT_BOUND', `${what}.`, {
    hint: 'usage-tracker bind-target makes the database, the raw table and the workgroup.',
  })
}

function liesAt(table: Table, wanted: TableInput): boolean {
  const folder = (location = '') => location.replace(/\/*$/, '/')
  return folder(table.StorageDescriptor?.Location) === wanted.StorageDescriptor.Location
}

function notOurs({database}: LakePlace, {Name: name, StorageDescriptor: storage}: Table): OpError {
  const message = `Table ${database}.${name} lies over ${storage?.Location ?? 'nothing'}, so it is not the lake's.`
  return new OpError('usage', 'TABLE_TAKEN', message, {
    hint: 'Name another --database (and bind to it), or give that table another name.',
  })
}
