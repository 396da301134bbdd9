-- Numbers that are missing in the sequences of instances: the gaps in front of events that arrived in a range.
--
-- A producer may number the events of each of its instances by one. A gap belongs to the range in which the first event behind it arrived, whatever its number, so each gap is
-- in one range; a number that arrived at another time is not missing. A new run begins where the numbers fall far back, as they do when an instance starts again.
--
-- {{events}}        the view over the lake, or its raw tables alone
-- {{identity}}      columns that tell an event from others
-- {{arrived}}       when the object of an event arrived: 'YYYY-MM-DD-HH-MM-SS', UTC
-- {{asked_fields}}  the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_picked}}  those of the first copy, by the same names
-- {{asked}}         conditions on them, each with parameters of its own, which come after the second
-- Parameters, in order (arrival as {{arrived}} is written):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read
--   then those of the conditions, and
--      start of the range
--      end of the range
--
-- The answer has a row for each of the first five gaps of a service; gap_count and missing_count are those of all its gaps.
--
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL.
WITH arrivals AS (
  SELECT
    {{identity}},
    arrival,
    billing_time,
    COALESCE({{arrived}}, '') AS arrived,
    COALESCE(NULLIF(service_name, ''), '(none)') AS service,
    COALESCE(service_instance, '') AS instance,
    CAST(sequence AS DECIMAL(20, 0)) AS sequence
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ?
),
identities AS (
  SELECT
    min_by(CAST(ROW(service, instance, sequence, billing_time, arrived) AS
      ROW(service VARCHAR, instance VARCHAR, sequence DECIMAL(20, 0), billing_time TIMESTAMP, arrived VARCHAR)), arrival) AS first_copy
    {{asked_picked}}
  FROM arrivals
  WHERE billing_time IS NOT NULL AND sequence IS NOT NULL AND instance <> ''
  GROUP BY identity, identity_source, unkeyed
),
firsts AS (
  SELECT
    *,
    first_copy.service AS service,
    first_copy.instance AS instance,
    first_copy.sequence AS sequence,
    first_copy.billing_time AS first_time,
    first_copy.arrived AS arrived
  FROM identities
),
numbered AS (
  SELECT
    service, instance, sequence, first_time, arrived,
    lag(sequence) OVER (PARTITION BY service, instance ORDER BY first_time, sequence) AS previous
  FROM firsts
  WHERE {{asked}} TRUE
),
running AS (
  SELECT
    service, instance, sequence, arrived,
    sum(CASE WHEN previous - sequence > 16 AND sequence + sequence < previous THEN 1 ELSE 0 END) OVER (
      PARTITION BY service, instance
      ORDER BY first_time, sequence
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS run
  FROM numbered
),
numbers AS (
  SELECT service, instance, run, sequence, min(arrived) AS arrived
  FROM running
  GROUP BY service, instance, run, sequence
),
steps AS (
  SELECT
    service, instance, run, sequence,
    lag(sequence) OVER (PARTITION BY service, instance, run ORDER BY sequence) AS previous,
    min(arrived) OVER (
      PARTITION BY service, instance, run
      ORDER BY sequence
      ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS noticed
  FROM numbers
),
gaps AS (
  SELECT
    service, instance, run, previous + 1 AS first_missing, sequence - 1 AS last_missing, sequence - previous - 1 AS missing,
    row_number() OVER (PARTITION BY service ORDER BY instance, run, sequence) AS place
  FROM steps
  WHERE sequence - previous > 1 AND noticed >= ? AND noticed < ?
),
counted AS (
  SELECT
    service, instance, first_missing, last_missing, place,
    count(*) OVER (PARTITION BY service) AS gap_count,
    sum(missing) OVER (PARTITION BY service) AS missing_count
  FROM gaps
)
SELECT
  service,
  instance,
  CAST(first_missing AS VARCHAR) AS first_missing,
  CAST(last_missing AS VARCHAR) AS last_missing,
  CAST(gap_count AS BIGINT) AS gap_count,
  CAST(missing_count AS VARCHAR) AS missing_count
FROM counted
WHERE place <= 5
ORDER BY service NULLS LAST, place NULLS LAST
