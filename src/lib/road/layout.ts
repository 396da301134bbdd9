import {formatTime, hourMs} from '../core/time'
import type {RecordFormat} from './record-format'

const errorsFolder = 'errors/'

/** Where things lie in the bucket beside the raw objects. Folders end in a slash. */
export const layout = {
  errorsFolder,
  errorsPrefix: `${errorsFolder}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
  queryResultsFolder: 'athena-results/',
  /** Compacted events, by the day of their billing time. */
  curatedFolder: 'curated/',
  curatedTable: 'events',
  /** What reports read: compacted events and the raw ones that are not compacted yet. */
  view: 'usage_events',
  /** One object for each compaction: what it consumed. */
  ledgerFolder: 'ledger/',
  /** Lines of raw objects that are no events, each with its reason. */
  quarantineFolder: 'quarantine/',
  /** Raw objects whose events no engine sees whole, as they came; others with the same events stand in their places. */
  brokenFolder: 'broken/',
  /** Closed months: what was billed, once and for all. */
  statementsFolder: 'statements/',
} as const

/** Where the raw objects of one form lie, and what the table over them is called. */
export interface RawLayout {
  folder: string
  /** Firehose's prefix expressions; the time is the arrival of an object's oldest record, in UTC. */
  prefix: string
  table: string
}

/**
 * Each form has a folder and a table of its own: a table reads one form, and an object of the other in its folder would fail
 * every query. So a stream can change its form, and all that it ever wrote stays readable.
 */
export const rawLayouts: Readonly<Record<RecordFormat, RawLayout>> = {
  json: rawLayout('events/', 'raw_events'),
  parquet: rawLayout('events-parquet/', 'raw_events_parquet'),
}

function rawLayout(folder: string, table: string): RawLayout {
  return {folder, prefix: `${folder}dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/`, table}
}

/** Firehose: an object stands in the hour of its oldest record, which may have waited for the whole buffering interval. */
export const longestBufferMs = hourMs / 4

/** `dt` and `hour` of the partition in which an hour (milliseconds since 1970) lies. */
export function partitionOf(at: number): {dt: string; hour: string} {
  const text = formatTime(at)
  return {dt: text.slice(0, 10), hour: text.slice(11, 13)}
}

/** The folders of the hours of arrival from `from` to `to` (milliseconds since 1970, both hours included), in their order. */
export function hourFolders(folder: string, from: number, to: number): string[] {
  const folders: string[] = []
  for (let at = Math.floor(from / hourMs) * hourMs; at <= to; at += hourMs) {
    const {dt, hour} = partitionOf(at)
    folders.push(`${folder}dt=${dt}/hour=${hour}/`)
  }
  return folders
}
