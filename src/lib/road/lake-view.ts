import {createHash} from 'node:crypto'
import {sqlText, sqlTexts} from '../core/sql-text'
import {batchColumn} from './curated-table'
import {eventColumns, learntOf, rawEvents, type LearntField} from './event-columns'
import {layout, rawLayouts} from './layout'
import type {RecordFormat} from './record-format'

/** What the compactions have done so far, as the view has to know it. */
export interface Compacted {
  /** The last batch that came to its end; batches are texts of digits, all of one length. Undefined before the first. */
  lastBatch?: string | undefined
  /** Batches before it that never came to their end. */
  lostBatches: readonly string[]
  /** Every raw object that arrived before this hour (UTC) is compacted: its day `YYYY-MM-DD` and hour `HH`. */
  before?: {dt: string; hour: string} | undefined
  /** Addresses of compacted raw objects that arrived in that hour or later. */
  objects: readonly string[]
}

/** What is compacted where nothing is. */
export const nothingCompacted: Compacted = {lostBatches: [], objects: []}

/**
 * The SELECT of the view that every report reads: the compacted events, and those raw ones that are not compacted. It changes from one compaction to
 * the next in one call of the catalog, so an event is seen once before, during and after. `dt` is the day of the billing time of a compacted
 * event and the day of arrival of a raw one; `until_dt` is the same, but empty for a raw one: an event arrives after it has happened, so
 * `dt >= first AND until_dt <= last` reads no more days than it must. `learnt` are fields that the curated table has, and the raw one of JSON. In the
 * common subset of Athena and DuckDB. Pure.
 */
export function viewSql(
  formats: readonly RecordFormat[],
  compacted: Compacted,
  learnt: readonly LearntField[] = [],
): string {
  const sql = unmarked(formats, compacted, learnt)
  const mark = createHash('sha256').update(sql).digest('hex').slice(0, 16)
  return sql.replace('WHERE ', `WHERE 'definition:${mark}' <> '' AND `)
}

/** The mark of a definition that `viewSql` made, in whatever way an engine has formatted it since: Athena writes views anew. Undefined for another text. */
export function viewMark(sql: string): string | undefined {
  return /'definition:([0-9a-f]{16})'/.exec(sql)?.[1]
}

function unmarked(
  formats: readonly RecordFormat[],
  compacted: Compacted,
  learnt: readonly LearntField[],
): string {
  const raw = formats.map((format) => rawBranch(format, compacted, learnt))
  return [curatedBranch(compacted, learnt), ...raw].join('\nUNION ALL\n')
}

/** The same events where the lake has neither curated table nor view: a relation of the raw ones, to stand behind FROM. */
export function rawEventsSql(formats: readonly RecordFormat[]): string {
  const branches = formats.map((format) => rawBranch(format, nothingCompacted, []))
  return `(\n${branches.join('\nUNION ALL\n')}\n) AS "${layout.view}"`
}

/** SQL of what orders the copies of an event, of SQL of its object, time and id. Objects of both forms of raw table are in the order of their arrival. */
export function arrivalOf(object: string, time: string, id: string): string {
  const {json, parquet} = rawLayouts
  return `replace(${object}, '/${parquet.folder}', '/${json.folder}') || ' ' || COALESCE(${time}, '') || ' ' || COALESCE(${id}, '')`
}

function curatedBranch({lastBatch, lostBatches}: Compacted, learnt: readonly LearntField[]): string {
  const names = eventColumns(learnt).map(({name}) => `"${name}"`)
  const columns = [
    ...names,
    `${arrivalOf('"object"', '"envelope_time"', '"envelope_id"')} AS "arrival"`,
    '"dt"',
    '"dt" AS "until_dt"',
  ]
  const lost = lostBatches.length === 0 ? '' : ` AND "${batchColumn}" NOT IN (${sqlTexts(lostBatches)})`
  return `SELECT ${columns.join(', ')}\nFROM "${layout.curatedTable}"\nWHERE "${batchColumn}" <= ${sqlText(lastBatch ?? '')}${lost}`
}

function rawBranch(
  format: RecordFormat,
  {before, objects}: Compacted,
  learnt: readonly LearntField[],
): string {
  const {folder, table} = rawLayouts[format]
  const own = objects.filter((object) => object.includes(`/${folder}`))
  const conditions = [
    ...(before ? [`("dt" > '${before.dt}' OR ("dt" = '${before.dt}' AND "hour" >= '${before.hour}'))`] : []),
    ...(own.length > 0 ? [`"$path" NOT IN (${sqlTexts(own)})`] : []),
  ]
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`
  const there = learntOf(format, learnt)
  const names = new Set(eventColumns(there).map(({name}) => name))
  const columns = [
    ...eventColumns(learnt).map(({name}) => (names.has(name) ? `"${name}"` : `NULL AS "${name}"`)),
    `${arrivalOf('"object"', '"envelope_time"', '"envelope_id"')} AS "arrival"`,
    '"dt"',
    `'' AS "until_dt"`,
  ]
  return `SELECT ${columns.join(', ')}\nFROM (\n${rawEvents(table, where, there)}\n) AS arrived`
}
