import {sqlTexts} from '../../core/sql-text'
import {layout, partitionOf, rawLayouts} from '../../road/layout'
import {batchColumn} from '../../road/curated-table'
import {eventColumns, learntOf, rawEvents, type LearntField} from '../../road/event-columns'
import type {RecordFormat} from '../../road/record-format'

/** Which raw objects a statement reads. */
export interface RawChoice {
  format: RecordFormat
  /** First and last hour of arrival, both included; starts of hours. */
  firstHour: number
  lastHour: number
  /** Addresses of the only objects of these hours to read, or of those to leave out. */
  only?: readonly string[]
  without?: readonly string[]
}

/** The day of an event's partition: that of its billing time, else that of its arrival. */
const partitionDay = `CASE WHEN "billing_time" IS NULL THEN "dt" ELSE CAST(CAST("billing_time" AS DATE) AS VARCHAR) END`

/**
 * The statement that compacts raw objects: one row for each of their lines. The order keeps a customer's events together; Athena
 * does not keep it. `learnt` are the fields that the tables have besides those of the contract. `days` names partitions where one statement would write
 * more than it may. In the common subset of Athena and DuckDB.
 */
export function insertSql(
  batch: string,
  choice: RawChoice,
  {learnt = [], days}: {learnt?: readonly LearntField[]; days?: readonly string[] | undefined} = {},
): string {
  const there = learntOf(choice.format, learnt)
  const names = eventColumns(there)
    .map(({name}) => `"${name}"`)
    .join(', ')
  const where = days === undefined ? '' : `\nWHERE "event_day" IN (${sqlTexts(days)})`
  return `INSERT INTO "${layout.curatedTable}" (${names}, "${batchColumn}", "dt")
SELECT ${names}, '${batch}' AS "${batchColumn}", "event_day" AS "dt"
FROM (
SELECT ${names}, ${partitionDay} AS "event_day"
FROM (
${rawEvents(rawLayouts[choice.format].table, conditionOf(choice), there)}
) AS arrivals
) AS compacted${where}
ORDER BY "event_day", "customer_id", "billing_time"`
}

/** The days of the events of raw objects, for a batch with more of them than one statement writes. */
export function daysSql(choice: RawChoice): string {
  return `SELECT DISTINCT ${partitionDay} AS "event_day"
FROM (
${rawEvents(rawLayouts[choice.format].table, conditionOf(choice))}
) AS arrivals
ORDER BY 1`
}

/** What a batch has in the curated table, by object and day. */
export function summarySql(batch: string, firstDay: string, lastDay: string): string {
  return `SELECT "object", "dt", CAST(count(*) AS BIGINT) AS "row_count",
CAST(count(*) FILTER (WHERE "envelope_id" IS NULL AND "source" IS NULL AND "event_id" IS NULL) AS BIGINT) AS "malformed_count"
FROM "${layout.curatedTable}"
WHERE "${batchColumn}" = '${batch}' AND "dt" >= '${firstDay}' AND "dt" <= '${lastDay}'
GROUP BY "object", "dt"
ORDER BY "object", "dt"`
}

/** The objects in which rows of batches lie. */
export function objectsOfBatchesSql(batches: readonly string[]): string {
  return `SELECT DISTINCT "$path" AS "object" FROM "${layout.curatedTable}" WHERE "${batchColumn}" IN (${sqlTexts(batches)}) ORDER BY 1`
}

function conditionOf({firstHour, lastHour, only, without}: RawChoice): string {
  const [first, last] = [partitionOf(firstHour), partitionOf(lastHour)]
  const conditions = [
    `"dt" >= '${first.dt}' AND "dt" <= '${last.dt}'`,
    ...(first.hour === '00' ? [] : [`("dt" > '${first.dt}' OR "hour" >= '${first.hour}')`]),
    ...(last.hour === '23' ? [] : [`("dt" < '${last.dt}' OR "hour" <= '${last.hour}')`]),
    ...(only ? [`"$path" IN (${sqlTexts(only)})`] : []),
    ...(without && without.length > 0 ? [`"$path" NOT IN (${sqlTexts(without)})`] : []),
  ]
  return `\nWHERE ${conditions.join(' AND ')}`
}
