-- Where it is slow: calls, errors and latency of each route in a range, and its latency in the range of the same length before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
-- An error is a call that was answered with status 400 or above. A percentile is the latency of one call: of n calls in the order of their latency, the
-- p-th percentile is that at place ceil(p * n). Calls without a latency are counted, and have no place.
--
-- {{events}}          the view over the lake, or its raw tables alone
-- {{identity}}        columns that tell an event from others
-- {{marked}}          arrivals, and whether one may have copies: `copied`
-- {{asked_fields}}    the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}      their names
-- {{asked}}           conditions on them, each with parameters of its own, which come after the eighth
-- {{copies_by_span}}  what is marked, by span: those with copies, whose span is that of the first one, and the others of each range
-- {{in_part}}         what stands in a part of the answer
-- {{in_span}}         what counts in a range
-- {{copy_keys}}       what tells a copy from all others; the same for all events without copies
-- {{calls}}           calls of what is counted together; a copy is one
-- {{placed_by_time}}  of a copy: its place among those of its identity, how many more there are, and whether they conflict
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the range
--   6  end of the range
--   7  start of the range before
--   8  start of the range
--   9  'true' to count test events too
--   10 to 13  as 5 to 8
--
-- One statement for Athena (Trino) and DuckDB. The answer has a row for each route and
-- each of both ranges ('now', 'before') in which it was called, and for each part: 'counted', and 'test' (test events alone).
--
-- Few events have copies. Those stay rows of their own in `counted`, and are put in order by windows; all others are counted by what the answer
-- tells apart, calls of the same latency together.
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
    CASE WHEN response_status >= 400 THEN 1 ELSE 0 END AS failed,
    COALESCE(duration_ms, CAST(-1 AS DOUBLE)) AS duration_ms,
    COALESCE(customer_id, '') AS customer_id,
    COALESCE(customer_plan, '') AS plan,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
{{copies_by_span}},
counted AS (
  SELECT
    kind,
    {{copy_keys}},
    service,
    method,
    route,
    duration_ms,
    test,
    count(*) AS events,
    {{calls}},
    CASE WHEN copied THEN max(failed) ELSE sum(failed) END AS errors
    {{asked_kept}}
  FROM copies
  GROUP BY kind, {{copy_keys}}, service, method, route, duration_ms, test {{asked_kept}}
),
identities AS (
  SELECT
    *,
    {{placed_by_time}}
  FROM counted
),
spans AS (
  SELECT service, method, route, duration_ms, calls, errors, duplicates, conflict, unkeyed, parts.span, parts.part
  FROM identities
  CROSS JOIN (VALUES ('now', 'counted'), ('before', 'counted'), ('now', 'test')) AS parts (span, part)
  WHERE {{asked}} {{in_part}} AND {{in_span}}
),
placed AS (
  SELECT
    *,
    CAST(sum(calls) OVER (PARTITION BY part, span, service, method, route, duration_ms < 0 ORDER BY duration_ms) AS BIGINT) AS up_to_here,
    CAST(sum(calls) OVER (PARTITION BY part, span, service, method, route, duration_ms < 0) AS BIGINT) AS timed
  FROM spans
),
ranked AS (
  SELECT
    *,
    CASE WHEN duration_ms >= 0 THEN up_to_here END AS place,
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
    sum(calls) AS calls,
    sum(errors) AS errors,
    min(CASE WHEN place >= p50_place THEN duration_ms END) AS p50,
    min(CASE WHEN place >= p95_place THEN duration_ms END) AS p95,
    min(CASE WHEN place >= p99_place THEN duration_ms END) AS p99,
    sum(duplicates) AS duplicates,
    sum(conflict) AS conflicts,
    sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS unkeyed_calls
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
