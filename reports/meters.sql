-- The bill of a range by meters: what each meter of a price plan measured, for each customer, plan and stretch of the range, test events apart.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}            the view over the lake, or its raw tables alone
-- {{identity}}          columns that tell an event from others
-- {{fields}}            the fields that meters look at: v0, v1, ...; numbers, and text that is empty where an event has none
-- {{kept}}              their names
-- {{copied_fields}}     the same of copies alone: of others they decide nothing any more
-- {{asked_fields}}      the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}        their names
-- {{asked}}             conditions on them, each with parameters of its own, which come after the first ones of the meters
-- {{marked}}            arrivals, and whether one may have copies: `copied`
-- {{copies_of_range}}   what is marked: those with copies, and the others of the range
-- {{copy_keys}}         what tells a copy from all others; the same for all events without copies
-- {{meters}}            numbers of the meters: 0 is every event, with its calls and units
-- {{bucket}}            the number of the stretch of the range in which an event lies
-- {{measured_number}}   by meter, the number that it measures
-- {{distinct_value}}    by meter, the value of which it counts the distinct ones: a row for each
-- {{measured_at}}       what orders the measures of a meter that takes the latest one: time and arrival; empty where there is none
-- {{meter_conditions}}  by meter, what it filters by (a parameter for each value)
-- {{calls}}, {{units}}  calls and units of what is counted together; a copy is one
-- {{placed_by_meter}}   of a copy, in each meter: its place among those of its identity, how many more there are, and whether they conflict
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the range
--   6  end of the range
--   then those of the meters, and
--      start of the range
--      end of the range
--      those of the meters again
--
-- One statement for Athena (Trino) and DuckDB.
-- Athena documents parameters in WHERE alone: hence the join with VALUES. What a meter filters by decides of events without copies before they are
-- counted, and of copies once the first of them is known: it alone decides, in each meter.
--
-- Few events have copies. Those stay rows of their own in `counted`, and are put in order by windows; all others are counted by what the answer
-- tells apart. A window over every event takes eight times as long.
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
    {{fields}}
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
{{copies_of_range}},
measured AS (
  SELECT
    {{copy_keys}},
    customer_id,
    plan,
    test,
    {{bucket}} AS bucket,
    meter,
    CAST({{measured_number}} AS DECIMAL(38, 9)) AS measured_number,
    CAST({{distinct_value}} AS VARCHAR) AS distinct_value,
    {{measured_at}} AS measured_at,
    quantity
    {{copied_fields}}
    {{asked_kept}}
  FROM copies
  CROSS JOIN (VALUES {{meters}}) AS meters (meter)
  WHERE copied OR {{meter_conditions}}
),
counted AS (
  SELECT
    {{copy_keys}},
    customer_id,
    plan,
    test,
    bucket,
    meter,
    distinct_value,
    count(*) AS events,
    {{calls}},
    {{units}},
    CASE WHEN copied THEN max(measured_number) ELSE sum(measured_number) END AS total,
    max(measured_number) AS highest,
    max_by(measured_number, measured_at) AS latest,
    max(measured_at) AS latest_at
    {{kept}}
    {{asked_kept}}
  FROM measured
  GROUP BY {{copy_keys}}, customer_id, plan, test, bucket, meter, distinct_value {{kept}} {{asked_kept}}
),
identities AS (
  SELECT
    *,
    {{placed_by_meter}}
  FROM counted
)
SELECT
  customer_id,
  plan,
  test,
  CAST(bucket AS BIGINT) AS bucket,
  CAST(meter AS BIGINT) AS meter,
  distinct_value,
  CAST(sum(calls) AS BIGINT) AS calls,
  CAST(sum(units) AS VARCHAR) AS units,
  CAST(sum(total) AS VARCHAR) AS total,
  CAST(max(highest) AS VARCHAR) AS highest,
  CAST(max_by(latest, latest_at) AS VARCHAR) AS latest,
  max(latest_at) AS latest_at,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS BIGINT) AS unkeyed_count
FROM identities
WHERE {{asked}} (NOT copied OR (place = 1 AND copied_time >= CAST(? AS TIMESTAMP) AND copied_time < CAST(? AS TIMESTAMP) AND {{meter_conditions}}))
GROUP BY customer_id, plan, test, bucket, meter, distinct_value
ORDER BY customer_id NULLS LAST, plan NULLS LAST, test NULLS LAST, bucket NULLS LAST, meter NULLS LAST, distinct_value NULLS LAST
