-- What grows: calls of each feature (or customer, service, route) in a range, and in the range of the same length before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}         the view over the lake, or its raw tables alone
-- {{identity}}       columns that tell an event from others
-- {{marked}}         arrivals, and whether one has copies: `copied`
-- {{key}}            the column whose values are compared
-- {{asked_fields}}   the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_counted}}  those of the first copy: b0, b1, ...
-- {{asked_keys}}     what tells them apart where there is one copy
-- {{asked}}          conditions on them, each with parameters of its own, which come after the eighth
-- {{copies}}         what is marked, by span: those with copies, whose span is that of the first one, and the others of each range
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
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL. The answer has a row for each
-- value, each of both ranges ('now', 'before') in which it was used, and each part: 'counted', and 'test' (test events alone).
--
-- Few identities have copies. Those get a row of their own in `identities` and their range behind it; all others count at once, by what the
-- answer tells apart: an aggregate for each event would hold several times as much, and take three times as long.
-- What is asked of the first copy is picked as one row, because each min_by holds the text of the order for itself, and cannot spill it.
WITH arrivals AS (
  SELECT
    {{identity}},
    object,
    envelope_time,
    envelope_id,
    billing_time,
    COALESCE(NULLIF({{key}}, ''), '(none)') AS key_value,
    COALESCE(customer_id, '') AS customer_id,
    COALESCE(customer_plan, '') AS plan,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
{{copies}},
counted AS (
  SELECT
    kind,
    copied,
    unkeyed,
    min_by(CASE WHEN copied THEN CAST(ROW(billing_time, key_value, customer_id, test) AS
      ROW(billing_time TIMESTAMP, key_value VARCHAR, customer_id VARCHAR, test BOOLEAN)) END, arrival) AS first_copy,
    CASE WHEN NOT copied THEN key_value END AS only_key,
    CASE WHEN NOT copied THEN customer_id END AS only_customer_id,
    CASE WHEN NOT copied THEN test END AS only_test,
    count(*) AS events,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_counted}}
  FROM copies
  GROUP BY
    kind, copied, unkeyed,
    CASE WHEN copied THEN identity END, CASE WHEN copied THEN identity_source END,
    CASE WHEN NOT copied THEN key_value END, CASE WHEN NOT copied THEN customer_id END, CASE WHEN NOT copied THEN test END
    {{asked_keys}}
),
identities AS (
  SELECT
    *,
    first_copy.billing_time AS first_time,
    COALESCE(first_copy.key_value, only_key) AS first_key,
    COALESCE(first_copy.customer_id, only_customer_id) AS first_customer_id,
    COALESCE(first_copy.test, only_test) AS first_test,
    CASE WHEN copied THEN 1 ELSE events END AS calls,
    CASE WHEN copied THEN events - 1 ELSE 0 END AS duplicates
  FROM counted
),
spans AS (
  SELECT first_key, first_customer_id, calls, duplicates, conflict, unkeyed, parts.span, parts.part
  FROM identities
  CROSS JOIN (VALUES ('now', 'counted'), ('before', 'counted'), ('now', 'test')) AS parts (span, part)
  WHERE {{asked}} ((parts.part = 'counted' AND (NOT first_test OR CAST(? AS VARCHAR) = 'true')) OR (parts.part = 'test' AND first_test))
    AND (kind = parts.span
      OR (kind = 'copied' AND parts.span = 'now' AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP))
      OR (kind = 'copied' AND parts.span = 'before' AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)))
)
SELECT
  part,
  span,
  first_key AS key_value,
  CAST(sum(calls) AS BIGINT) AS calls,
  CAST(count(DISTINCT NULLIF(first_customer_id, '')) AS BIGINT) AS customers,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS BIGINT) AS unkeyed_count
FROM spans
GROUP BY part, span, first_key
ORDER BY part NULLS LAST, span NULLS LAST, first_key NULLS LAST
