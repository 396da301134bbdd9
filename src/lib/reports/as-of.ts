import {formatTime} from '../core/time'
import type {ReportOptions} from './define-report'
import type {SqlSource} from './load-sql'

/**
 * When the object arrived in which an event lies, `2026-11-10-05-30-00` (UTC), over the columns of the lake's view. Firehose names an object after its
 * oldest record's arrival (`STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-ID`); another name says no more than its hour (`dt=.../hour=...`). The envelope's
 * time says nothing of it: a producer may set it.
 */
export const arrivedAt = `COALESCE(
  NULLIF(regexp_extract("object", '^.*-([0-9]{4}(-[0-9]{2}){5})-[^/]*$', 1), ''),
  NULLIF(replace(COALESCE(regexp_extract("object", '/dt=([0-9-]{10}/hour=[0-9]{2})/', 1), ''), '/hour=', '-'), '') || '-00-00',
  ''
)`

/** A moment as `arrivedAt` is written: whole seconds. */
export function arrivalText(ms: number): string {
  return formatTime(ms).slice(0, 19).replace(/[T:]/g, '-')
}

/**
 * The border of a range of arrival, for `arrived >= FROM AND arrived < TO`: a name says no more than the second, so the whole second in which a border lies comes before
 * it. What arrived just now is then in a range that ends now, and each object in one of two ranges that meet.
 */
export function arrivalBorder(ms: number): string {
  return arrivalText(Math.ceil(ms / 1000) * 1000)
}

/** The events that had arrived up to `asOf`, and the values of the parameters that stand in it: the first ones of the query. All of them where no moment is given. */
export function knownEvents(
  events: SqlSource,
  {asOf}: Pick<ReportOptions, 'asOf'>,
): {source: SqlSource; values: string[]} {
  if (asOf === undefined) return {source: events, values: []}
  const sql = `(\nSELECT *\nFROM ${events.sql}\nWHERE ${arrivedAt} <= ?\n) AS known`
  return {source: {sql}, values: [arrivalText(asOf)]}
}
