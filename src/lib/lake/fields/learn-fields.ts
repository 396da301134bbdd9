import type {Row} from '../../core/column'
import {columnName, type LearntField} from '../../road/event-columns'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import type {RawObject} from '../raw-objects'
import {FieldTally} from './field-tally'
import {giveColumns} from './give-columns'
import {columnsOf, learntFields, readLakeTables, wholeFields, type LakeTables} from './lake-tables'
import {lookAtEvents} from './look-at-events'
import {settleFields} from './settle-fields'

/** So many events a compaction looks at, where nothing is said. */
export const defaultLook = 10_000

/** A field that has a column from now on. */
export interface NewColumn {
  /** As events spell it: `billing.regionCode`. */
  field: string
  column: string
  type: string
  /** Events that were seen with it. */
  events: number
}

/** What a look at the events that a compaction takes has shown. */
export interface FieldLook {
  /** Events that were looked at. */
  lookedAt: number
  newColumns: NewColumn[]
  /** Rows of `fieldColumns`: fields that can have no column, and values that their column cannot hold. Raw objects keep both. */
  fieldFindings: Row[]
}

/** Where nothing was looked at. */
export const nothingSeen: FieldLook = {lookedAt: 0, newColumns: [], fieldFindings: []}

/** What to look at. */
export interface LookChoice {
  objects: readonly RawObject[]
  /** About so many events; 0 for none, and no columns. */
  count: number
}

/** What a compaction of these objects would learn; nothing is changed. Throws what Glue and S3 refuse. */
export async function foreseeFields(
  deps: Pick<LakeDeps, 'glue' | 's3' | 'signal'>,
  place: LakePlace,
  choice: LookChoice,
): Promise<FieldLook> {
  if (choice.count === 0) return nothingSeen
  const tables = await readLakeTables(deps.glue, place.database)
  return (await look(deps, place, {tables, choice})).look
}

/**
 * Looks at the events of raw objects, gives the tables columns for fields that have none, and ends what a run before it has left half done. Answers the learnt
 * fields that statements can name from now on. The caller holds the lake. Throws what Glue and S3 refuse.
 */
export async function learnFields(
  deps: Pick<LakeDeps, 'glue' | 's3' | 'signal'>,
  place: LakePlace,
  choice: LookChoice,
): Promise<{learnt: LearntField[]; look: FieldLook}> {
  const tables = await readLakeTables(deps.glue, place.database)
  if (choice.count === 0) return {learnt: wholeFields(tables), look: nothingSeen}
  const {fields, look: seen} = await look(deps, place, {tables, choice})
  await giveColumns(deps, place, {tables, fields})
  const learnt = fields.length === 0 ? [] : wholeFields(await readLakeTables(deps.glue, place.database))
  return {learnt, look: seen}
}

async function look(
  deps: Pick<LakeDeps, 's3' | 'signal'>,
  {bucket}: LakePlace,
  {tables, choice: {objects, count}}: {tables: LakeTables; choice: LookChoice},
): Promise<{fields: LearntField[]; look: FieldLook}> {
  const known = learntFields(tables)
  const tally = new FieldTally(known)
  await lookAtEvents(deps, bucket, {objects, count, tally})
  const names = new Set(columnsOf(tables.curated).map(({Name: name = ''}) => name))
  const {fresh, findings} = settleFields(tally, known, names)
  const newColumns = fresh.map(({path, hiveType, events}) => ({
    ...{field: path.join('.'), column: columnName(path), type: hiveType, events},
  }))
  return {
    fields: [...known, ...fresh],
    look: {lookedAt: tally.eventCount, newColumns, fieldFindings: findings},
  }
}
