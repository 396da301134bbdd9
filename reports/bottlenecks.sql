-- Where it is slow: calls, errors and latency of each route in a range, and its latency in the range of the same length before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
-- An error is a call that was answered with status 400 or above. A percentile is the latency of one call: of n calls in the order of their latency, the
-- p-th percentile is that at place ceil(p * n). Calls without a latency are counted, and have no place.
--
-- {{events}}        the view over the lake, or its raw tables alone
-- {{identity}}      columns that tell an event from others
-- {{asked_fields}}  the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}    their names
-- {{asked}}         conditions on them, each with parameters of its own, which come after the fourth
-- {{compared}}      of copies alone: what orders them, and what is billed of each, as text
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  'true' to count test events too
--   6  start of the range before
--   7  end of the range
--   8  start of the range
--   9  the same again
--
-- One statement for Athena (Trino) and DuckDB. The answer has a row for each route and
-- each of both ranges ('now', 'before') in which it was called, and for each part: 'counted', and 'test' (test events alone).
-- Copies are told by windows and not by an aggregate for each identity: what a window holds can be spilled, and order is sought among copies alone.
WITH arrivals AS (
  SELECT
    {{identity}},
    object,
    envelope_time,
    envelope_id,
    billing_time,
    COALESCE(NULLIF(service_name, ''), '(none)') AS service,
    COALESCE(api_method, '') AS method,
    COALESCE(NULLIF(api_route, ''), NULLIF(api_operation, ''), '(none)') AS route,
    COALESCE(response_status, 0) AS status,
    COALESCE(duration_ms, CAST(-1 AS DOUBLE)) AS duration_ms,
    COALESCE(customer_id, '') AS customer_id,
    COALESCE(customer_plan, '') AS plan,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ?
),
marked AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY identity, identity_source, unkeyed) > 1 AS copied
  FROM arrivals
  WHERE billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
copies AS (
  SELECT
    *,
    {{compared}}
  FROM marked
),
identities AS (
  SELECT
    unkeyed,
    billing_time AS first_time,
    service,
    method,
    route,
    status,
    duration_ms,
    test AS first_test,
    row_number() OVER (PARTITION BY identity, identity_source, unkeyed ORDER BY arrival) AS place,
    count(*) OVER (PARTITION BY identity, identity_source, unkeyed) - 1 AS duplicates,
    CASE WHEN min(billed) OVER (PARTITION BY identity, identity_source, unkeyed) <> max(billed) OVER (PARTITION BY identity, identity_source, unkeyed) THEN 1 ELSE 0 END AS conflict
    {{asked_kept}}
  FROM copies
),
spans AS (
  SELECT service, method, route, status, duration_ms, duplicates, conflict, unkeyed, parts.span, parts.part
  FROM identities
  CROSS JOIN (VALUES ('now', 'counted'), ('before', 'counted'), ('now', 'test')) AS parts (span, part)
  WHERE place = 1 AND {{asked}} ((parts.part = 'counted' AND (NOT first_test OR CAST(? AS VARCHAR) = 'true')) OR (parts.part = 'test' AND first_test))
    AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)
    AND ((parts.span = 'now' AND first_time >= CAST(? AS TIMESTAMP))
      OR (parts.span = 'before' AND first_time < CAST(? AS TIMESTAMP)))
),
placed AS (
  SELECT
    service, method, route, span, part, status, duration_ms, duplicates, conflict, unkeyed,
    row_number() OVER (PARTITION BY part, span, service, method, route, duration_ms < 0 ORDER BY duration_ms) AS place,
    count(*) OVER (PARTITION BY part, span, service, method, route, duration_ms < 0) AS timed
  FROM spans
),
ranked AS (
  SELECT
    *,
    CASE WHEN duration_ms >= 0 THEN place END AS timed_place,
    ceil(timed * 0.50) AS p50_place,
    ceil(timed * 0.95) AS p95_place,
    ceil(timed * 0.99) AS p99_place
  FROM placed
),
routes AS (
  SELECT
    part,
    span,
    service,
    method,
    route,
    count(*) AS calls,
    count(*) FILTER (WHERE status >= 400) AS errors,
    max(CASE WHEN timed_place = p50_place THEN duration_ms END) AS p50,
    max(CASE WHEN timed_place = p95_place THEN duration_ms END) AS p95,
    max(CASE WHEN timed_place = p99_place THEN duration_ms END) AS p99,
    sum(duplicates) AS duplicates,
    sum(conflict) AS conflicts,
    count(*) FILTER (WHERE unkeyed) AS unkeyed_calls
  FROM ranked
  GROUP BY part, span, service, method, route
)
SELECT
  part,
  span,
  service,
  method,
  route,
  CAST(calls AS BIGINT) AS calls,
  CAST(errors AS BIGINT) AS errors,
  CAST(CAST(p50 AS DECIMAL(38, 3)) AS VARCHAR) AS p50_ms,
  CAST(CAST(p95 AS DECIMAL(38, 3)) AS VARCHAR) AS p95_ms,
  CAST(CAST(p99 AS DECIMAL(38, 3)) AS VARCHAR) AS p99_ms,
  CAST(duplicates AS BIGINT) AS duplicate_count,
  CAST(conflicts AS BIGINT) AS conflict_count,
  CAST(unkeyed_calls AS BIGINT) AS unkeyed_count
FROM routes
ORDER BY part NULLS LAST, span NULLS LAST, service NULLS LAST, method NULLS LAST, route NULLS LAST
