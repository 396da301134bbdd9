-- The bill of a range: calls and units of each customer and plan, test events apart.
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
-- {{asked}}             conditions on them, each with parameters of its own, which come after the sixth
-- {{copies_of_range}}   what is marked: those with copies, and the others of the range
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
-- One statement for Athena (Trino) and DuckDB.
-- Few events have copies. Those stay rows of their own in `counted`, and are put in order by windows; all others are counted by what the answer
-- tells apart. An aggregate for each event takes three times as long, and one that picks the first copy holds what cannot be spilled.
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
{{copies_of_range}},
counted AS (
  SELECT
    {{copy_keys}},
    customer_id,
    plan,
    test,
    count(*) AS events,
    {{calls}},
    {{units}}
    {{asked_kept}}
  FROM copies
  GROUP BY {{copy_keys}}, customer_id, plan, test {{asked_kept}}
),
identities AS (
  SELECT
    *,
    {{placed}}
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
WHERE {{asked}} (NOT copied OR (place = 1 AND copied_time >= CAST(? AS TIMESTAMP) AND copied_time < CAST(? AS TIMESTAMP)))
GROUP BY customer_id, plan, test
ORDER BY customer_id NULLS LAST, plan NULLS LAST, test NULLS LAST
