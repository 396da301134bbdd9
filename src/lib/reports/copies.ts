import {arrivalOf} from '../road/lake-view'
import {toSqlTime} from './define-report'
import type {SqlSource} from './load-sql'

/**
 * What tells an event from others, over the columns of the lake's view, as columns: (source, eventId), else the envelope's id. None of them is NULL, so that
 * copies find each other by `=`.
 */
export const identity: SqlSource = {
  sql: `COALESCE(NULLIF(event_id, ''), envelope_id, '') AS identity,
    CASE WHEN NULLIF(event_id, '') IS NULL THEN '' ELSE COALESCE(source, '') END AS identity_source,
    NULLIF(event_id, '') IS NULL AS unkeyed`,
}

/** What orders the copies of an event, over the columns of the lake's view. Queries make it of copies alone: as a text of every event it is dear. */
export const arrival: SqlSource = {sql: arrivalOf('object', 'envelope_time', 'envelope_id')}

/**
 * The query `marked`: the rows of a query `arrivals`, and whether another one may have the same identity: it has the same id, of whatever source. Few have,
 * and those are looked for first, over ids alone, because a window holds, moves and sorts every row of a range: with 2,000,000 events Trino 483 takes three
 * times the processor time and twice the memory for `count(*) OVER (PARTITION BY ...)`, DuckDB 1.5 half as much again. The price are the bytes of those
 * columns, which are read twice. Sources are left to the few, so that a third less is held of every event.
 */
const marked: SqlSource = {
  sql: `repeated AS (
  SELECT identity
  FROM arrivals
  GROUP BY identity
  HAVING count(*) > 1
),
marked AS (
  SELECT arrivals.*, repeated.identity IS NOT NULL AS copied
  FROM arrivals
  LEFT JOIN repeated
    ON arrivals.identity = repeated.identity
)`,
}

/** Of copies in `marked`: what orders them, a text of what is billed of each, what tells each from all others, and its time; NULL of an event that has none. */
const ofCopies = `CASE WHEN copied THEN ${arrival.sql} END AS arrival,
    CASE WHEN copied THEN customer_id || chr(31) || plan || chr(31) || CAST(quantity AS VARCHAR) || ' ' || CAST(billing_time AS VARCHAR) END AS billed,
    CASE WHEN copied THEN identity END AS copied_identity,
    CASE WHEN copied THEN identity_source END AS copied_source,
    CASE WHEN copied THEN billing_time END AS copied_time`

/** The query `copies`: all copies, and events without copies that lie in the range. Parameters: its start and end. */
const copiesOfRange: SqlSource = {
  sql: `copies AS (
  SELECT
    *,
    ${ofCopies}
  FROM marked
  WHERE copied OR (billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
)`,
}

/**
 * The query `copies` of a report that compares a range, which begins at `from`, with one before it: events without copies that lie in one of them, as of a kind `now` or
 * `before`, and all copies, whose range is that of the first one. Parameters: start and end of the range, and of the one before it. The kind is
 * told by a text in the query, because Athena documents parameters in WHERE alone, and a join with kinds would look at each event three times.
 */
function copiesBySpan(from: number): SqlSource {
  return {
    sql: `copies AS (
  SELECT
    *,
    ${ofCopies},
    CASE WHEN copied THEN 'copied' WHEN billing_time >= CAST('${toSqlTime(from)}' AS TIMESTAMP) THEN 'now' ELSE 'before' END AS kind
  FROM marked
  WHERE copied
    OR (billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
    OR (billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
)`,
  }
}

/**
 * What counts in the range named by `span`, over rows that are placed: events of the range that are no copies, and first copies that lie in it. Parameters: those of
 * `copiesBySpan` again.
 */
const inSpan: SqlSource = {
  sql: `(kind = span
      OR (place = 1 AND span = 'now' AND copied_time >= CAST(? AS TIMESTAMP) AND copied_time < CAST(? AS TIMESTAMP))
      OR (place = 1 AND span = 'before' AND copied_time >= CAST(? AS TIMESTAMP) AND copied_time < CAST(? AS TIMESTAMP)))`,
}

/** What stands in the `part` of the answer: test events in `test`, and in `counted` all others, and those too where they are counted. Parameter: `true` to count them. */
const inPart: SqlSource = {
  sql: `((part = 'counted' AND (NOT test OR CAST(? AS VARCHAR) = 'true')) OR (part = 'test' AND test))`,
}

/** Columns of `copies` to count by, so that each copy stays a row of its own. Records of one event in one object are the same copy. */
const copyKeys: SqlSource = {
  sql: 'copied, unkeyed, copied_identity, copied_source, copied_time, arrival, billed',
}

/** Of events that are counted together; those that are one copy are one call, and what is billed of them is the same. */
const calls: SqlSource = {sql: 'CASE WHEN copied THEN 1 ELSE count(*) END AS calls'}
const units: SqlSource = {
  sql: 'CASE WHEN copied THEN max(quantity) ELSE sum(quantity) END AS units',
}

/**
 * Columns over a query that counts `events` by `copyKeys`: the place of a copy among those of its identity, by arrival, how many more there are, and 1 where what is billed
 * of them differs. Windows, because what an aggregate holds of the text of an order cannot be spilled.
 */
const placed: SqlSource = {sql: placedIn('')}

/** The same where copies stand in a row for each meter. */
const placedByMeter: SqlSource = {sql: placedIn(', meter')}

/**
 * The same where calls are told apart by their latency: those that are no copies are as many as there are latencies, so they are no single partition, which one thread
 * alone would put in order.
 */
const placedByTime: SqlSource = {sql: placedIn(', CASE WHEN NOT copied THEN duration_ms END')}

function placedIn(more: string): string {
  const ofIdentity = `PARTITION BY copied, unkeyed, copied_identity, copied_source${more}`
  return `row_number() OVER (${ofIdentity} ORDER BY arrival, billed) AS place,
    CASE WHEN copied THEN sum(events) OVER (${ofIdentity}) - 1 ELSE 0 END AS duplicates,
    CASE WHEN min(billed) OVER (${ofIdentity}) <> max(billed) OVER (${ofIdentity}) THEN 1 ELSE 0 END AS conflict`
}

/** All of these by the names of their places in the queries, of a report whose range begins at `from`. */
export function copySql(from: number): Readonly<Record<string, SqlSource>> {
  return {
    ...{identity, arrival, marked},
    ...{copies_of_range: copiesOfRange, copies_by_span: copiesBySpan(from), in_span: inSpan, in_part: inPart},
    ...{
      copy_keys: copyKeys,
      calls,
      units,
      placed,
      placed_by_meter: placedByMeter,
      placed_by_time: placedByTime,
    },
  }
}

/** How often a query reads the events of its range: Athena bills each reading. */
export function readingCountOf(sql: string): number {
  return sql.includes(marked.sql) ? 2 : 1
}
