-- The bill of a range: calls and units of each customer and plan, test events apart.
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
--   5  start of the range
--   6  end of the range
--
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL.
WITH arrivals AS (
  SELECT
    COALESCE(NULLIF(event_id, ''), envelope_id) AS identity,
    CASE WHEN NULLIF(event_id, '') IS NULL THEN '' ELSE source END AS identity_source,
    NULLIF(event_id, '') IS NULL AS unkeyed,
    arrival,
    billing_time,
    COALESCE(NULLIF(customer_id, ''), '(none)') AS customer_id,
    COALESCE(NULLIF(customer_plan, ''), '(none)') AS plan,
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
    min_by(customer_id, arrival) AS first_customer_id,
    min_by(plan, arrival) AS first_plan,
    min_by(quantity, arrival) AS first_quantity,
    min_by(test, arrival) AS first_test,
    count(*) - 1 AS duplicates,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_picked}}
  FROM copies
  GROUP BY identity, identity_source, unkeyed
)
SELECT
  first_customer_id AS customer_id,
  first_plan AS plan,
  first_test AS test,
  CAST(count(*) AS BIGINT) AS calls,
  CAST(sum(first_quantity) AS VARCHAR) AS units,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(count(*) FILTER (WHERE unkeyed) AS BIGINT) AS unkeyed_count
FROM identities
WHERE {{asked}} first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)
GROUP BY first_customer_id, first_plan, first_test
ORDER BY first_customer_id NULLS LAST, first_plan NULLS LAST, first_test NULLS LAST
