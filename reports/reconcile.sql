-- What became of the events that arrived in a range: lines of raw objects, rows that are compacted and rows that are not yet, and what is billed of them.
--
-- A range is one of arrival: when the object arrived in which an event lies. An identity counts once: (source, eventId), else the envelope's id. The first copy
-- to arrive counts, by object, time, id; so what a range adds to the bill are the identities whose first copy arrived in it.
--
-- {{events}}        the view over the lake, or its raw tables alone
-- {{identity}}      columns that tell an event from others
-- {{raw}}           the raw tables, compacted or not
-- {{arrived}}       when the object of an event arrived: 'YYYY-MM-DD-HH-MM-SS', UTC
-- {{asked_fields}}  the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_picked}}  those of the first copy, by the same names
-- {{asked}}         conditions on them, each with parameters of its own, which come after the eleventh
-- Parameters, in order (arrival as {{arrived}} is written):
--    1  first partition dt to read
--    2  last partition dt of compacted events to read
--    3  first partition dt of raw objects to read, whose dt is the day of their arrival
--    4  last partition dt of raw objects to read
--    5  start of the range, less the time that a stream buffers
--    6  the same again
--    7  start of the range
--    8  the same again
--    9  end of the range, less that time
--   10  the same again
--   11  end of the range
--   then those of the conditions, and
--      milliseconds after which an event is late
--      first day (of billing time) that compacted events are read of
--      last day
--
-- The answer has a row for each service and each day of which late events arrived ('' is all others). Events of days beyond the partitions that are read are counted
-- for themselves too ('beyond'): those that are compacted are not seen here, and copies of the others that are compacted neither.
--
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL. What is asked of the first copy is picked as one
-- row, because each min_by holds the text of the order for itself, and cannot spill it.
WITH stored AS (
  SELECT
    CASE WHEN until_dt = '' THEN 'open' ELSE 'compacted' END AS hop,
    event_id, envelope_id, source, object, arrival, billing_time, service_name, service_instance, sequence, api_operation, customer_id, customer_plan, quantity, test
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ?
  UNION ALL
  SELECT
    'raw' AS hop,
    event_id, envelope_id, source, object, arrival, billing_time, service_name, service_instance, sequence, api_operation, customer_id, customer_plan, quantity, test
    {{asked_fields}}
  FROM {{raw}}
  WHERE dt >= ? AND dt <= ?
),
arrivals AS (
  SELECT
    *,
    {{identity}},
    envelope_id IS NULL AND source IS NULL AND event_id IS NULL AS malformed,
    billing_time IS NULL AS timeless,
    hop = 'raw' AS is_raw,
    COALESCE({{arrived}}, '') AS arrived,
    COALESCE(NULLIF(service_name, ''), '(none)') AS service,
    COALESCE(test, FALSE) AS is_test,
    sequence IS NOT NULL AND COALESCE(service_instance, '') <> '' AS numbered,
    COALESCE(customer_id, '') || chr(31) || COALESCE(CAST(quantity AS VARCHAR), '1.000000000') || chr(31) || COALESCE(CAST(billing_time AS VARCHAR), '') AS priced
  FROM stored
),
copies AS (
  SELECT
    *,
    parts.part IN ('in', 'last') AS in_range,
    priced || chr(31) || COALESCE(customer_plan, '') AS billed,
    priced || chr(31) || service || chr(31) || COALESCE(service_instance, '') || chr(31) || COALESCE(CAST(sequence AS VARCHAR), 'o' || COALESCE(api_operation, '')) AS likeness,
    row_number() OVER (PARTITION BY is_raw, identity, identity_source, unkeyed, malformed, timeless, envelope_id ORDER BY arrival) AS delivery
  FROM arrivals
  CROSS JOIN (VALUES ('before'), ('just before'), ('in'), ('last')) AS parts (part)
  WHERE (parts.part = 'before' AND arrived < ?)
    OR (parts.part = 'just before' AND arrived >= ? AND arrived < ?)
    OR (parts.part = 'in' AND arrived >= ? AND arrived < ?)
    OR (parts.part = 'last' AND arrived >= ? AND arrived < ?)
),
identities AS (
  SELECT
    unkeyed,
    malformed,
    timeless,
    min_by(CAST(ROW(service, is_test, numbered, arrived, likeness, billing_time, arrival) AS
      ROW(service VARCHAR, is_test BOOLEAN, numbered BOOLEAN, arrived VARCHAR, likeness VARCHAR, billing_time TIMESTAMP, arrival VARCHAR)), arrival) AS first_copy,
    COALESCE(min_by(in_range, arrival) FILTER (WHERE NOT is_raw), FALSE) AS counts_here,
    count(*) FILTER (WHERE NOT is_raw) > 0 AS is_stored,
    count(*) FILTER (WHERE is_raw AND in_range) AS raw_rows,
    count(*) FILTER (WHERE hop = 'compacted' AND in_range) AS compacted_rows,
    count(*) FILTER (WHERE hop = 'open' AND in_range) AS open_rows,
    count(*) FILTER (WHERE NOT is_raw AND in_range AND delivery = 1) AS sent_rows,
    count(*) FILTER (WHERE NOT is_raw AND in_range AND delivery > 1) AS redelivered_rows,
    count(*) FILTER (WHERE NOT is_raw AND part = 'just before') AS head_rows,
    count(*) FILTER (WHERE NOT is_raw AND part = 'last') AS tail_rows,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_picked}}
  FROM copies
  GROUP BY identity, identity_source, unkeyed, malformed, timeless
),
firsts AS (
  SELECT
    *,
    first_copy.service AS service,
    first_copy.is_test AS first_test,
    first_copy.numbered AS numbered,
    first_copy.arrived AS first_arrived,
    first_copy.likeness AS likeness,
    first_copy.billing_time AS first_time,
    first_copy.arrival AS first_arrival
  FROM identities
),
dated AS (
  SELECT
    *,
    COALESCE(CAST(CAST(first_time AS DATE) AS VARCHAR), substr(first_arrived, 1, 10)) AS day,
    COALESCE(date_diff('millisecond', first_time, TRY_CAST(substr(first_arrived, 1, 10) || ' ' || replace(substr(first_arrived, 12), '-', ':') AS TIMESTAMP)), 0) AS delay_ms
  FROM firsts
),
marked AS (
  SELECT
    *,
    counts_here AND NOT malformed AND NOT timeless AS counted,
    row_number() OVER (
      PARTITION BY is_stored AND NOT malformed AND NOT timeless AND NOT first_test, likeness
      ORDER BY first_arrival
    ) AS place
  FROM dated
  CROSS JOIN (VALUES (FALSE, FALSE), (FALSE, TRUE), (TRUE, FALSE), (TRUE, TRUE)) AS marks (late, beyond)
  WHERE {{asked}} marks.late = (delay_ms > CAST(? AS BIGINT)) AND marks.beyond = (day < ? OR day > ?)
)
SELECT
  service,
  CASE WHEN counted AND NOT first_test AND late THEN day ELSE '' END AS late_day,
  CAST(sum(raw_rows) AS BIGINT) AS raw_count,
  CAST(sum(compacted_rows) AS BIGINT) AS compacted_count,
  CAST(sum(open_rows) AS BIGINT) AS open_count,
  CAST(COALESCE(sum(raw_rows) FILTER (WHERE malformed), 0) AS BIGINT) AS malformed_raw_count,
  CAST(COALESCE(sum(compacted_rows + open_rows) FILTER (WHERE malformed), 0) AS BIGINT) AS malformed_count,
  CAST(COALESCE(sum(compacted_rows + open_rows) FILTER (WHERE timeless AND NOT malformed), 0) AS BIGINT) AS timeless_count,
  CAST(COALESCE(sum(raw_rows) FILTER (WHERE beyond AND NOT malformed AND NOT timeless), 0) AS BIGINT) AS beyond_raw_count,
  CAST(COALESCE(sum(compacted_rows + open_rows) FILTER (WHERE beyond AND NOT malformed AND NOT timeless), 0) AS BIGINT) AS beyond_count,
  CAST(COALESCE(sum(sent_rows - CASE WHEN counts_here THEN 1 ELSE 0 END) FILTER (WHERE NOT malformed AND NOT timeless), 0) AS BIGINT) AS retried_count,
  CAST(COALESCE(sum(redelivered_rows) FILTER (WHERE NOT malformed AND NOT timeless), 0) AS BIGINT) AS redelivered_count,
  CAST(count(*) FILTER (WHERE counted AND first_test) AS BIGINT) AS test_count,
  CAST(count(*) FILTER (WHERE counted AND NOT first_test) AS BIGINT) AS billed_count,
  CAST(count(*) FILTER (WHERE counted AND NOT first_test AND unkeyed) AS BIGINT) AS unkeyed_count,
  CAST(count(*) FILTER (WHERE counted AND numbered) AS BIGINT) AS numbered_count,
  CAST(count(*) FILTER (WHERE counted AND NOT first_test AND place > 1) AS BIGINT) AS suspected_count,
  CAST(count(*) FILTER (WHERE conflict = 1 AND sent_rows > 0 AND NOT malformed AND NOT timeless) AS BIGINT) AS conflict_count,
  CAST(sum(head_rows) AS BIGINT) AS head_count,
  CAST(sum(tail_rows) AS BIGINT) AS tail_count
FROM marked
GROUP BY service, CASE WHEN counted AND NOT first_test AND late THEN day ELSE '' END
ORDER BY service NULLS LAST, late_day NULLS LAST
