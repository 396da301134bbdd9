-- The events of one line of the bill: each that counts, once, with what the line's meter measures of it.
--
-- An event counts by its billing time. An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts.
--
-- {{events}}        the view over the lake, or its raw tables alone
-- {{identity}}      columns that tell an event from others
-- {{fields}}        the fields that the meter looks at: v0, v1, ...; numbers, and text that is empty where an event has none
-- {{value}}         what the meter measures
-- {{conditions}}    whose events, and what the meter filters by, each with parameters of its own
-- {{asked_fields}}  the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked}}         conditions on them, each with parameters of its own, which come after the first ones of {{conditions}}
-- {{marked}}        arrivals, and whether one may have copies: `copied`
-- {{arrival}}       what orders copies: object, time, id
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the line
--   6  end of the line
--   then those of the conditions, and
--      start of the line
--      end of the line
--      those of the conditions again
--
-- One statement for Athena (Trino) and DuckDB.
-- Events without copies are left out as soon as the conditions say so, copies once the first one is known.
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
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
copies AS (
  SELECT
    *,
    CASE WHEN copied THEN {{arrival}} END AS arrival
  FROM marked
  WHERE copied OR (billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP) {{conditions}})
),
identities AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY identity, identity_source, unkeyed ORDER BY arrival) AS place,
    count(*) OVER (PARTITION BY identity, identity_source, unkeyed) - 1 AS duplicates
  FROM copies
)
SELECT
  CAST(billing_time AS VARCHAR) AS billing_time,
  source,
  CASE WHEN unkeyed THEN '' ELSE identity END AS event_id,
  envelope_id,
  customer_id,
  plan,
  test,
  CAST(quantity AS VARCHAR) AS quantity,
  {{value}} AS measure,
  object,
  CAST(duplicates AS BIGINT) AS duplicates
FROM identities
WHERE place = 1 AND {{asked}} billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP) {{conditions}}
ORDER BY identities.billing_time NULLS LAST, {{arrival}} NULLS LAST
