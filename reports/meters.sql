-- The bill of a range by meters: what each meter of a price plan measured, for each customer, plan and stretch of the range, test events apart.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
--
-- {{events}}            the view over the lake, or its raw tables alone
-- {{identity}}          columns that tell an event from others
-- {{fields}}            the fields that meters look at, as text: f0, f1, ...; the empty text where an event has none
-- {{picked}}            the same as v0, v1, ...
-- {{meters}}            numbers of the meters: 0 is every event, with its calls and units
-- {{bucket}}            the number of the stretch of the range in which the first copy lies
-- {{value}}             by meter, what it measures
-- {{measured_at}}       what orders the measures of a meter that takes the latest one: time and arrival; empty where there is none
-- {{distinct_meters}}   numbers of the meters that count distinct values: one row for each value
-- {{meter_conditions}}  by meter, what it filters by (a parameter for each value)
-- {{asked_fields}}      the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}        the same by the names that conditions have: b0, b1, ...
-- {{asked}}             conditions on them, each with parameters of its own, which come after the fourth
-- {{compared}}          of copies alone: what orders them, and what is billed of each, as text
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the range
--   6  end of the range
--   then those of the meters
--
-- One statement for Athena (Trino) and DuckDB.
-- Athena documents parameters in WHERE alone: hence the join with VALUES, after the copies have been taken out.
-- Copies are told by windows and not by an aggregate for each identity: what a window holds can be spilled, and order is sought among copies alone.
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
    customer_id AS first_customer_id,
    plan AS first_plan,
    quantity AS first_quantity,
    test AS first_test,
    row_number() OVER (PARTITION BY identity, identity_source, unkeyed ORDER BY arrival) AS place,
    count(*) OVER (PARTITION BY identity, identity_source, unkeyed) - 1 AS duplicates,
    CASE WHEN min(billed) OVER (PARTITION BY identity, identity_source, unkeyed) <> max(billed) OVER (PARTITION BY identity, identity_source, unkeyed) THEN 1 ELSE 0 END AS conflict
    {{picked}}
    {{asked_kept}}
  FROM copies
),
measured AS (
  SELECT
    first_customer_id AS customer_id,
    first_plan AS plan,
    first_test AS test,
    {{bucket}} AS bucket,
    meter,
    CASE {{value}} ELSE '' END AS measure,
    {{measured_at}} AS measured_at,
    first_quantity,
    duplicates,
    conflict,
    unkeyed
  FROM identities
  CROSS JOIN (VALUES {{meters}}) AS meters (meter)
  WHERE place = 1 AND {{asked}} first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)
    AND ({{meter_conditions}})
),
numbered AS (
  SELECT
    *,
    TRY_CAST(measure AS DECIMAL(38, 9)) AS measured_number,
    CASE WHEN meter IN ({{distinct_meters}}) THEN measure END AS distinct_value
  FROM measured
)
SELECT
  customer_id,
  plan,
  test,
  CAST(bucket AS BIGINT) AS bucket,
  CAST(meter AS BIGINT) AS meter,
  distinct_value,
  CAST(count(*) AS BIGINT) AS calls,
  CAST(sum(first_quantity) AS VARCHAR) AS units,
  CAST(sum(measured_number) AS VARCHAR) AS total,
  CAST(max(measured_number) AS VARCHAR) AS highest,
  CAST(max_by(measured_number, measured_at) AS VARCHAR) AS latest,
  max(measured_at) AS latest_at,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflict) AS BIGINT) AS conflict_count,
  CAST(count(*) FILTER (WHERE unkeyed) AS BIGINT) AS unkeyed_count
FROM numbered
GROUP BY customer_id, plan, test, bucket, meter, distinct_value
ORDER BY customer_id NULLS LAST, plan NULLS LAST, test NULLS LAST, bucket NULLS LAST, meter NULLS LAST, distinct_value NULLS LAST
