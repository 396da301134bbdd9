import type {GlueClient, Table} from '@aws-sdk/client-glue'
import {isAbsent, isDenied, toOpError} from '../aws/map-sdk-error'
import {layout, rawLayouts} from '../road/layout'
import {rawEventsSql} from '../road/lake-view'
import {prestoViewSql} from '../road/presto-view'
import {recordFormats} from '../road/record-format'
import type {RecordFormat} from '../road/record-format'
import type {SqlSource} from './load-sql'

/** Where the events of a lake are read, and what the user must know about it. */
export interface LakeSource {
  /** What stands in place of `{{events}}`: the view over compacted and raw events, or the raw tables alone. */
  events: SqlSource
  /** Names of what is read. */
  tables: readonly string[]
  /** The forms of raw tables that there are. */
  formats: readonly RecordFormat[]
  /** The day of arrival, `YYYY-MM-DD`, before which everything is compacted: raw objects of earlier days are not read. */
  rawFrom?: string | undefined
  warnings: readonly string[]
}

/**
 * What reports of the database read: the view where `lake init` has made one, else the raw tables, which hold every event. A view that passes over
 * a raw table, because a stream changed its form after it was made, is not trusted. A table that may not be looked at counts as absent, with a
 * warning. Throws what `toOpError` makes of Glue's other errors.
 */
export async function readLakeSource(glue: GlueClient, database: string): Promise<LakeSource> {
  const [view, ...raw] = await Promise.all(
    [layout.view, ...recordFormats.map((format) => rawLayouts[format].table)].map((name) =>
      look(glue, database, name),
    ),
  )
  const formats = recordFormats.filter((_, place) => typeof raw[place] === 'object')
  const warnings = recordFormats
    .filter((_, place) => raw[place] === 'denied')
    .map((format) => deniedWarning(`${database}.${rawLayouts[format].table}`))
  const sql = typeof view === 'object' ? prestoViewSql(view.ViewOriginalText) : undefined
  if (sql !== undefined && formats.every((format) => reads(sql, rawLayouts[format].table))) {
    const events = {sql: `"${layout.view}"`}
    return {events, tables: [layout.view], formats, rawFrom: rawFromOf(sql), warnings}
  }
  const isOld = sql !== undefined
  return {...rawSource(formats), warnings: isOld ? [...warnings, oldViewWarning(database)] : warnings}
}

/** The events of the raw tables; of the one of JSON lines where there is none, so that the engine says what is missing. */
export function rawSource(
  formats: readonly RecordFormat[],
): Pick<LakeSource, 'events' | 'tables' | 'formats'> {
  const read: readonly RecordFormat[] = formats.length === 0 ? ['json'] : formats
  return {events: {sql: rawEventsSql(read)}, tables: read.map((format) => rawLayouts[format].table), formats}
}

/** From which day on a view reads raw objects, however an engine has formatted its text. */
function rawFromOf(sql: string): string | undefined {
  return /\bdt"?\s*>\s*'(\d{4}-\d{2}-\d{2})'/.exec(sql)?.[1]
}

/** Whether a view reads a table. An engine may have formatted its text anew. */
function reads(sql: string, table: string): boolean {
  return new RegExp(`\\b${table}\\b`).test(sql)
}

async function look(glue: GlueClient, database: string, name: string): Promise<Table | 'absent' | 'denied'> {
  const {GetTableCommand} = await import('@aws-sdk/client-glue')
  try {
    return (await glue.send(new GetTableCommand({DatabaseName: database, Name: name}))).Table ?? 'absent'
  } catch (error) {
    if (isAbsent(error)) return 'absent'
    if (isDenied(error)) return 'denied'
    throw toOpError(error, `read table ${database}.${name}`)
  }
}

function deniedWarning(table: string): string {
  return `Table ${table} may not be looked at (glue:GetTable): if it is there, its events are not counted.`
}

function oldViewWarning(database: string): string {
  return `The view ${database}.${layout.view} passes over a raw table, so every raw event is read. "usage-tracker lake init" makes it anew.`
}
