-- Who uses it: calls, units, features and users of each customer in a range, when it was seen last, and its calls in the range before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}  the view over the lake, or its raw tables alone
-- {{asked_fields}}   the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_picked}}   those of the first copy: b0, b1, ...
-- {{asked}}          conditions on them, each with parameters of its own, which come after the fourth
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
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL. The answer has a row for each customer
-- and each of both ranges ('now', 'before') in which it called, and for each part: 'counted', and 'test' (test events alone).
WITH arrivals AS (
  SELECT
    COALESCE(NULLIF(event_id, ''), envelope_id) AS identity,
    CASE WHEN NULLIF(event_id, '') IS NULL THEN '' ELSE source END AS identity_source,
    NULLIF(event_id, '') IS NULL AS unkeyed,
    arrival,
    billing_time,
    COALESCE(NULLIF(feature, ''), '(none)') AS feature,
    COALESCE(user_id, '') AS user_id,
    COALESCE(customer_id, '') AS customer_id,
    COALESCE(customer_plan, '') AS plan,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ?
),
copies AS (
  SELECT
    *,
    customer_id || chr(31) || plan || chr(31) || CAST(quantity AS VARCHAR) || ' ' || CAST(billing_time AS VARCHAR) AS billed
  FROM arrivals
  WHERE billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
identities AS (
  SELECT
    unkeyed,
    min_by(billing_time, arrival) AS first_time,
    min_by(customer_id, arrival) AS customer_id,
    min_by(feature, arrival) AS feature,
    min_by(user_id, arrival) AS user_id,
    min_by(quantity, arrival) AS quantity,
    min_by(test, arrival) AS first_test,
    count(*) - 1 AS duplicates,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_picked}}
  FROM copies
  GROUP BY identity, identity_source, unkeyed
),
spans AS (
  SELECT
    first_time, COALESCE(NULLIF(customer_id, ''), '(none)') AS customer_id, feature, user_id, quantity, duplicates, conflict, unkeyed, parts.span, parts.part
  FROM identities
  CROSS JOIN (VALUES ('now', 'counted'), ('before', 'counted'), ('now', 'test')) AS parts (span, part)
  WHERE {{asked}} ((parts.part = 'counted' AND (NOT first_test OR CAST(? AS VARCHAR) = 'true')) OR (parts.part = 'test' AND first_test))
    AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)
    AND ((parts.span = 'now' AND first_time >= CAST(? AS TIMESTAMP))
      OR (parts.span = 'before' AND first_time < CAST(? AS TIMESTAMP)))
)
SELECT
  part,
  span,
  customer_id,
  CAST(count(*) AS BIGINT) AS calls,
  CAST(sum(quantity) AS VARCHAR) AS units,
  CAST(count(DISTINCT feature) AS BIGINT) AS features,
  CAST(count(DISTINCT NULLIF(user_id, '')) AS BIGINT) AS users,
  max(first_time) AS last_seen,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(count(*) FILTER (WHERE unkeyed) AS BIGINT) AS unkeyed_count
FROM spans
GROUP BY part, span, customer_id
ORDER BY part NULLS LAST, span NULLS LAST, customer_id NULLS LAST
