-- Where events stand in the lake and how they bill: one row for each copy that was stored.
--
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts (place 1), by object, time, id; copies
-- are sought in the whole of the range of partitions, so that a condition does not hide the one that counts.
--
-- {{events}}      the view over the lake, or its raw tables alone
-- {{identity}}    columns that tell an event from others
-- {{conditions}}  further conditions, each with parameters of its own
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read
--   3  start of the range
--   4  end of the range
--   then those of the conditions
--
-- One statement for Athena (Trino) and DuckDB.
WITH arrivals AS (
  SELECT
    {{identity}},
    arrival,
    billing_time,
    object,
    envelope_id,
    event_id,
    customer_id,
    user_id,
    service_name,
    feature,
    COALESCE(test, FALSE) AS test
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ?
),
placed AS (
  SELECT
    object, arrival, envelope_id, event_id, billing_time, customer_id, user_id, service_name, feature, test,
    row_number() OVER (PARTITION BY identity, identity_source, unkeyed ORDER BY arrival) AS place
  FROM arrivals
)
SELECT
  object,
  envelope_id,
  event_id,
  billing_time,
  test,
  CAST(place AS BIGINT) AS place
FROM placed
WHERE billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
  {{conditions}}
ORDER BY arrival NULLS LAST, place NULLS LAST
