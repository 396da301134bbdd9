import type {RecordFormat} from './record-format'

/** Where things lie in the bucket beside the raw objects. Folders end in a slash. */
export const layout = {
  errorsPrefix: 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
  queryResultsFolder: 'athena-results/',
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
