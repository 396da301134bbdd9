WITH events AS NOT MATERIALIZED (
  SELECT coalesce(nullif(event_id, ''), envelope_id) AS identity, CASE WHEN nullif(event_id, '') IS NOT NULL THEN source END AS keyed_by,
    object, envelope_time, envelope_id, billing_time,
    coalesce(nullif(customer_id, ''), '(none)') AS customer, coalesce(nullif(customer_plan, ''), '(none)') AS plan,
    coalesce(quantity, 1::DECIMAL(38, 9)) AS quantity, coalesce(test, false) AS test
  FROM read_parquet($files, hive_partitioning = false)
  WHERE billing_time >= $from - INTERVAL 7 DAY AND billing_time < $to + INTERVAL 7 DAY
),
repeated AS NOT MATERIALIZED (SELECT identity AS copy FROM events GROUP BY identity HAVING count(*) > 1),
counted AS (
  SELECT customer, plan, test, copy, keyed_by IS NULL AS unkeyed,
    CASE WHEN copy IS NOT NULL THEN keyed_by END AS keyed_by, CASE WHEN copy IS NOT NULL THEN billing_time END AS t,
    CASE WHEN copy IS NOT NULL THEN object || ' ' || envelope_time || ' ' || envelope_id END AS arrival, CASE WHEN copy IS NOT NULL THEN quantity END AS q,
    CASE WHEN copy IS NOT NULL THEN concat_ws(' ', customer, plan, quantity, billing_time) END AS billed,
    count(*) AS calls, sum(quantity) AS units
  FROM events LEFT JOIN repeated ON identity = copy
  WHERE copy IS NOT NULL OR (billing_time >= $from AND billing_time < $to)
  GROUP BY ALL
),
firsts AS (
  SELECT customer, plan, test, q AS units, t, unkeyed,
    row_number() OVER (PARTITION BY copy, keyed_by ORDER BY arrival) AS place, count(*) OVER (PARTITION BY copy, keyed_by) - 1 AS duplicates,
    CASE WHEN min(billed) OVER (PARTITION BY copy, keyed_by) <> max(billed) OVER (PARTITION BY copy, keyed_by) THEN 1 ELSE 0 END AS conflict
  FROM counted
  WHERE copy IS NOT NULL
)
SELECT customer, plan, test, CASE WHEN test THEN 0 ELSE sum(calls) END AS calls, sum(units), sum(duplicates), sum(conflicts), sum(unkeyed)
FROM (
  SELECT customer, plan, test, calls, units, 0 AS duplicates, 0 AS conflicts, CASE WHEN unkeyed THEN calls ELSE 0 END AS unkeyed
  FROM counted
  WHERE copy IS NULL
  UNION ALL
  SELECT customer, plan, test, 1, units, duplicates, conflict, CASE WHEN unkeyed THEN 1 ELSE 0 END
  FROM firsts
  WHERE place = 1 AND t >= $from AND t < $to
)
GROUP BY customer, plan, test
ORDER BY ALL
