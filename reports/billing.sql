-- The bill of a range: calls and units of each customer and plan, test events apart.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}         the view over the lake, or its raw tables alone
-- {{identity}}       columns that tell an event from others
-- {{marked}}         arrivals, and whether one has copies: `copied`
-- {{asked_fields}}   the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_counted}}  those of the first copy: b0, b1, ...
-- {{asked_keys}}     what tells them apart where there is one copy
-- {{asked}}          conditions on them, each with parameters of its own, which come after the sixth
-- {{compared}}       of copies alone: what orders them, and what is billed of each, as text
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the range
--   6  end of the range
--   7  start of the range
--   8  end of the range
--
-- Few identities have copies. Those get a row of their own in `identities`; all others count at once, by what the answer tells apart: an
-- aggregate for each event would hold several times as much, and take three times as long.
-- What is asked of the first copy is picked as one row, because each min_by holds the text of the order for itself, and cannot spill it.
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL.
WITH arrivals AS (
  SELECT
    {{identity}},
    object,
    envelope_time,
    envelope_id,
    billing_time,
    COALESCE(NULLIF(customer_id, ''), '(none)') AS customer_id,
    COALESCE(NULLIF(customer_plan, ''), '(none)') AS plan,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
copies AS (
  SELECT
    *,
    {{compared}}
  FROM marked
  WHERE copied OR (billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP))
),
counted AS (
  SELECT
    copied,
    unkeyed,
    min_by(CASE WHEN copied THEN CAST(ROW(billing_time, customer_id, plan, test, quantity) AS
      ROW(billing_time TIMESTAMP, customer_id VARCHAR, plan VARCHAR, test BOOLEAN, quantity DECIMAL(38, 9))) END, arrival) AS first_copy,
    CASE WHEN NOT copied THEN customer_id END AS only_customer_id,
    CASE WHEN NOT copied THEN plan END AS only_plan,
    CASE WHEN NOT copied THEN test END AS only_test,
    sum(quantity) AS quantities,
    count(*) AS events,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_counted}}
  FROM copies
  GROUP BY
    copied, unkeyed,
    CASE WHEN copied THEN identity END, CASE WHEN copied THEN identity_source END,
    CASE WHEN NOT copied THEN customer_id END, CASE WHEN NOT copied THEN plan END, CASE WHEN NOT copied THEN test END
    {{asked_keys}}
),
identities AS (
  SELECT
    *,
    first_copy.billing_time AS first_time,
    COALESCE(first_copy.customer_id, only_customer_id) AS customer_id,
    COALESCE(first_copy.plan, only_plan) AS plan,
    COALESCE(first_copy.test, only_test) AS test,
    COALESCE(first_copy.quantity, quantities) AS units,
    CASE WHEN copied THEN 1 ELSE events END AS calls,
    CASE WHEN copied THEN events - 1 ELSE 0 END AS duplicates
  FROM counted
)
SELECT
  customer_id,
  plan,
  test,
  CAST(sum(calls) AS BIGINT) AS calls,
  CAST(sum(units) AS VARCHAR) AS units,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS BIGINT) AS unkeyed_count
FROM identities
WHERE {{asked}} (NOT copied OR (first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)))
GROUP BY customer_id, plan, test
ORDER BY customer_id NULLS LAST, plan NULLS LAST, test NULLS LAST
