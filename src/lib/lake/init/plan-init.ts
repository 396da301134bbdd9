import type {Table} from '@aws-sdk/client-glue'
import type {Change} from '../../binding/change'
import {tableDifferences} from '../../binding/plan/differences'
import {OpError} from '../../core/errors'
import {curatedTable} from '../../road/curated-table'
import {layout} from '../../road/layout'
import {viewSql} from '../../road/lake-view'
import type {LearntField} from '../../road/event-columns'
import type {TableInput} from '../../road/raw-table'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {compactedOf} from '../ledger/compacted'
import {withRawMembers} from '../fields/give-columns'
import {learntFields, rawFieldsOf, readLakeTables, type LakeTables} from '../fields/lake-tables'
import {readHead} from '../ledger/head'
import {isView, readTable} from '../replace-view'
import {readWorkgroup} from './workgroup'

export type LakeResource = 'table' | 'view' | 'workgroup'

/** What `lake init` would make, and what it needs to make it. */
export interface LakePlan {
  changes: Change<LakeResource>[]
  table: TableInput
  /** The fields that have columns besides those of the contract. */
  learnt: readonly LearntField[]
  /** The raw table with members that it lacks of these, as a list of one or none: a run that was killed has left it so, or it was made anew. */
  rawTables: Table[]
  /** The curated table that is there. */
  actual: Table | undefined
  view: string
  scanLimitBytes: number | undefined
}

export interface InitOptions {
  /** Bytes that one query of the workgroup may scan; undefined leaves the limit as it is. */
  scanLimitBytes?: number | undefined
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
  const tables = await readLakeTables(deps.glue, place.database)
  const formats = tables.raw.map(({format}) => format)
  const workgroup = await readWorkgroup(deps.athena, place.workgroup)
  if (formats.length === 0 || !workgroup) throw notBound(place, formats.length === 0)
  const {curated: actual} = tables
  const learnt = learntFields(tables)
  const rawTables = withRawMembers(tables, learnt)
  const table = curatedTable(place, actual?.Parameters?.['projection.dt.range'], learnt)
  if (actual && !liesAt(actual, table)) throw notOurs(place, actual)
  const {head} = await readHead({s3: deps.s3, bucket: place.bucket})
  const view = viewSql(formats, compactedOf(head, place.bucket), seenFields(tables, rawTables, learnt))
  const there = await readTable(deps.glue, place.database, layout.view)
  const changes = [
    ...rawTables.map(({Name: name}) => changeOf('table', name ?? '', ['columns'])),
    changeOf('table', layout.curatedTable, actual && tableDifferences(table, actual)),
    changeOf('view', layout.view, there && (isView(there, view) ? [] : ['sql'])),
    changeOf(
      'workgroup',
      place.workgroup,
      scanLimitBytes === undefined || workgroup.scanLimitBytes === scanLimitBytes ? [] : ['scanLimitBytes'],
    ),
  ]
  return {changes, table, learnt, rawTables, actual, view, scanLimitBytes}
}

/** The fields that the raw table has once it is changed. */
function seenFields(
  tables: LakeTables,
  changed: readonly Table[],
  learnt: readonly LearntField[],
): LearntField[] {
  const raw = tables.raw.map(({format, table}) => ({
    format,
    table: changed.find(({Name: name}) => name === table.Name) ?? table,
  }))
  return rawFieldsOf({raw}, learnt)
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
