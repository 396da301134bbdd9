import {arrivalOf} from '../road/lake-view'
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
 * The query `marked`: the rows of a query `arrivals`, and whether another one has the same identity. Few have, and those are looked for first, over the columns of
 * the identity alone, because a window holds, moves and sorts every row of a range: with 2,000,000 events Trino 483 takes three times the processor time and
 * twice the memory for `count(*) OVER (PARTITION BY ...)`, DuckDB 1.5 half as much again. The price are the bytes of those columns, which are read twice.
 */
export const marked: SqlSource = {
  sql: `repeated AS (
  SELECT identity, identity_source, unkeyed
  FROM arrivals
  GROUP BY identity, identity_source, unkeyed
  HAVING count(*) > 1
),
marked AS (
  SELECT arrivals.*, repeated.identity IS NOT NULL AS copied
  FROM arrivals
  LEFT JOIN repeated
    ON arrivals.identity = repeated.identity AND arrivals.identity_source = repeated.identity_source AND arrivals.unkeyed = repeated.unkeyed
)`,
}

/** Columns of the copies in `marked`: what orders them, and a text of what is billed of each; NULL of an event that has none. */
export const compared: SqlSource = {
  sql: `CASE WHEN copied THEN ${arrival.sql} END AS arrival,
    CASE WHEN copied THEN customer_id || chr(31) || plan || chr(31) || CAST(quantity AS VARCHAR) || ' ' || CAST(billing_time AS VARCHAR) END AS billed`,
}

/**
 * The query `copies` of a report that compares a range with the one before it: events without copies that lie in one of them, as of a kind `now` or `before`, and all
 * copies, whose range is that of the first one. Parameters: start and end of the range, and of the one before it.
 */
export const copiesBySpan: SqlSource = {
  sql: `copies AS (
  SELECT
    *,
    ${compared.sql}
  FROM marked
  CROSS JOIN (VALUES ('copied'), ('now'), ('before')) AS kinds (kind)
  WHERE (copied AND kind = 'copied')
    OR (NOT copied AND kind = 'now' AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
    OR (NOT copied AND kind = 'before' AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
)`,
}

/** How often a query reads the events of its range: Athena bills each reading. */
export function readingCountOf(sql: string): number {
  return sql.includes(marked.sql) ? 2 : 1
}
