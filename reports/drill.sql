-- The events of one line of the bill: each that counts, once, with what the line's meter measures of it.
--
-- An event counts by its billing time. An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts.
--
-- {{events}}        the view over the lake, or its raw tables alone
-- {{identity}}      columns that tell an event from others
-- {{fields}}        the fields that the meter looks at: v0, v1, ...; numbers, and text that is empty where an event has none
-- {{kept}}          their names
-- {{value}}         what the meter measures
-- {{conditions}}    whose events, and what the meter filters by, each with parameters of its own
-- {{asked_fields}}  the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}    their names
-- {{asked}}         conditions on them, each with parameters of its own, which come after the fourth
-- {{arrival}}       what orders copies: object, time, id
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the line
--   6  end of the line
--   then those of the conditions
--
-- One statement for Athena (Trino) and DuckDB.
-- Copies are told by windows and not by an aggregate for each identity: what a window holds can be spilled, and order is sought among copies alone.
WITH arrivals AS (
  SELECT
    {{identity}},
    envelope_time,
    billing_time,
    COALESCE(source, '') AS source,
    COALESCE(object, '') AS object,
    COALESCE(envelope_id, '') AS envelope_id,
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
    CASE WHEN copied THEN {{arrival}} END AS arrival
  FROM marked
),
identities AS (
  SELECT
    identity,
    unkeyed,
    {{arrival}} AS first_arrival,
    billing_time AS first_time,
    source AS first_source,
    object AS first_object,
    envelope_id AS first_envelope_id,
    customer_id AS first_customer_id,
    plan AS first_plan,
    quantity AS first_quantity,
    test AS first_test,
    row_number() OVER (PARTITION BY identity, identity_source, unkeyed ORDER BY arrival) AS place,
    count(*) OVER (PARTITION BY identity, identity_source, unkeyed) - 1 AS duplicates
    {{kept}}
    {{asked_kept}}
  FROM copies
)
SELECT
  CAST(first_time AS VARCHAR) AS billing_time,
  first_source AS source,
  CASE WHEN unkeyed THEN '' ELSE identity END AS event_id,
  first_envelope_id AS envelope_id,
  first_customer_id AS customer_id,
  first_plan AS plan,
  first_test AS test,
  CAST(first_quantity AS VARCHAR) AS quantity,
  {{value}} AS measure,
  first_object AS object,
  CAST(duplicates AS BIGINT) AS duplicates
FROM identities
WHERE place = 1 AND {{asked}} first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)
  {{conditions}}
ORDER BY first_time NULLS LAST, first_arrival NULLS LAST
