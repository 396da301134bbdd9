-- Where events stand in the lake and how they bill: one row for each copy that was stored.
--
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts (place 1), by object, time, id; copies
-- are sought in the whole of the range of partitions, so that a condition does not hide the one that counts.
--
-- {{raw}}         the raw table
-- {{conditions}}  further conditions, each with parameters of its own
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  start of the range
--   3  end of the range
--   then those of the conditions
--
-- One statement for Athena (Trino) and DuckDB; for AT TIME ZONE and CASE see billing.sql.
WITH arrivals AS (
  SELECT
    COALESCE(NULLIF(detail.eventid, ''), id) AS identity,
    CASE WHEN NULLIF(detail.eventid, '') IS NULL THEN '' ELSE source END AS identity_source,
    NULLIF(detail.eventid, '') IS NULL AS unkeyed,
    "$path" || ' ' || COALESCE("time", '') || ' ' || COALESCE(id, '') AS arrival,
    date_trunc('millisecond', COALESCE(
      TRY(CAST(from_iso8601_timestamp(
        CASE WHEN detail.occurredat LIKE '____-__-__T__:__%' THEN detail.occurredat END
      ) AT TIME ZONE 'UTC' AS TIMESTAMP)),
      TRY(CAST(from_iso8601_timestamp(
        CASE WHEN "time" LIKE '____-__-__T__:__%' THEN "time" END
      ) AT TIME ZONE 'UTC' AS TIMESTAMP))
    )) AS billing_time,
    "$path" AS object,
    id AS envelope_id,
    detail.eventid AS event_id,
    detail.customer.id AS customer_id,
    detail."user".id AS user_id,
    detail.service.name AS service_name,
    detail.feature AS feature,
    COALESCE(detail.test, FALSE) AS test
  FROM {{raw}}
  WHERE dt >= ?
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
  CAST(billing_time AS VARCHAR) AS billing_time,
  test,
  CAST(place AS BIGINT) AS place
FROM placed
WHERE billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
  {{conditions}}
ORDER BY arrival NULLS LAST
