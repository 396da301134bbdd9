-- Who uses it: calls, units, features and users of each customer in a range, when it was seen last, and its calls in the range before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}            the view over the lake, or its raw tables alone
-- {{identity}}          columns that tell an event from others
-- {{marked}}            arrivals, and whether one may have copies: `copied`
-- {{asked_fields}}      the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}        their names
-- {{copy_keys}}         what tells a copy from all others; the same for all events without copies
-- {{calls}}, {{units}}  calls and units of what is counted together; a copy is one
-- {{placed}}            of a copy: its place among those of its identity, how many more there are, and whether they conflict
-- {{asked}}             conditions on them, each with parameters of its own, which come after the eighth
-- {{copies_by_span}}    what is marked, by span: those with copies, whose span is that of the first one, and the others of each range
-- {{in_part}}           what stands in a part of the answer
-- {{in_span}}           what counts in a range
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
-- One statement for Athena (Trino) and DuckDB. The answer has a row for each customer
-- and each of both ranges ('now', 'before') in which it called, and for each part: 'counted', and 'test' (test events alone).
--
-- Few events have copies. Those stay rows of their own in `counted`, and are put in order by windows; all others are counted by what the answer
-- tells apart. An aggregate for each event takes three times as long, and one that picks the first copy holds what cannot be spilled.
WITH arrivals AS (
  SELECT
    {{identity}},
    object,
    envelope_time,
    envelope_id,
    billing_time,
    COALESCE(NULLIF(feature, ''), '(none)') AS feature,
    COALESCE(user_id, '') AS user_id,
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
    customer_id,
    feature,
    user_id,
    test,
    max(billing_time) AS last_time,
    count(*) AS events,
    {{calls}},
    {{units}}
    {{asked_kept}}
  FROM copies
  GROUP BY kind, {{copy_keys}}, customer_id, feature, user_id, test {{asked_kept}}
),
identities AS (
  SELECT
    *,
    {{placed}}
  FROM counted
),
spans AS (
  SELECT
    COALESCE(NULLIF(customer_id, ''), '(none)') AS customer_id, feature, user_id, last_time, units, calls, duplicates, conflict, unkeyed,
    parts.span, parts.part
  FROM identities
  CROSS JOIN (VALUES ('now', 'counted'), ('before', 'counted'), ('now', 'test')) AS parts (span, part)
  WHERE {{asked}} {{in_part}} AND {{in_span}}
)
SELECT
  part,
  span,
  customer_id,
  CAST(sum(calls) AS BIGINT) AS calls,
  CAST(sum(units) AS VARCHAR) AS units,
  CAST(count(DISTINCT feature) AS BIGINT) AS features,
  CAST(count(DISTINCT NULLIF(user_id, '')) AS BIGINT) AS users,
  max(last_time) AS last_seen,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS BIGINT) AS unkeyed_count
FROM spans
GROUP BY part, span, customer_id
ORDER BY part NULLS LAST, span NULLS LAST, customer_id NULLS LAST
