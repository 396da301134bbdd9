WITH events AS NOT MATERIALIZED (
  SELECT coalesce(nullif(event_id, ''), envelope_id) AS identity, CASE WHEN nullif(event_id, '') IS NOT NULL THEN source END AS keyed_by,
    object, envelope_time, envelope_id, billing_time,
    coalesce(nullif(feature, ''), '(none)') AS feature, nullif(customer_id, '') AS customer, coalesce(customer_plan, '') AS plan,
    nullif(user_id, '') AS user_id, coalesce(response_status, 0) >= 400 AS error,
    coalesce(quantity, 1::DECIMAL(38, 9)) AS quantity, coalesce(test, false) AS test
  FROM read_parquet($files, hive_partitioning = false)
  WHERE billing_time >= $from - ($to - $from) - INTERVAL 7 DAY AND billing_time < $to + INTERVAL 7 DAY
),
repeated AS NOT MATERIALIZED (SELECT identity AS copy FROM events GROUP BY identity HAVING count(*) > 1),
counted AS (
  SELECT CASE WHEN copy IS NULL THEN billing_time >= $from END AS now, feature, customer, user_id, test, copy, keyed_by IS NULL AS unkeyed,
    CASE WHEN copy IS NOT NULL THEN keyed_by END AS keyed_by, CASE WHEN copy IS NOT NULL THEN billing_time END AS t,
    CASE WHEN copy IS NOT NULL THEN object || ' ' || envelope_time || ' ' || envelope_id END AS arrival,
    CASE WHEN copy IS NOT NULL THEN concat_ws(' ', customer, plan, quantity, billing_time) END AS billed,
    count(*) AS calls, count(*) FILTER (error) AS errors
  FROM events LEFT JOIN repeated ON identity = copy
  WHERE copy IS NOT NULL OR (billing_time >= $from - ($to - $from) AND billing_time < $to)
  GROUP BY ALL
),
firsts AS (
  SELECT feature, customer, user_id, test, errors, t, unkeyed,
    row_number() OVER (PARTITION BY copy, keyed_by ORDER BY arrival) AS place, count(*) OVER (PARTITION BY copy, keyed_by) - 1 AS duplicates,
    CASE WHEN min(billed) OVER (PARTITION BY copy, keyed_by) <> max(billed) OVER (PARTITION BY copy, keyed_by) THEN 1 ELSE 0 END AS conflict
  FROM counted
  WHERE copy IS NOT NULL
),
uses AS (
  SELECT now, feature, customer, user_id, test, calls, errors, 0 AS duplicates, 0 AS conflicts, CASE WHEN unkeyed THEN calls ELSE 0 END AS unkeyed
  FROM counted
  WHERE copy IS NULL
  UNION ALL
  SELECT t >= $from, feature, customer, user_id, test, 1, errors, duplicates, conflict, CASE WHEN unkeyed THEN 1 ELSE 0 END
  FROM firsts
  WHERE place = 1 AND t >= $from - ($to - $from) AND t < $to
)
SELECT now, test, feature, CASE WHEN now AND NOT test AND grouping(feature) = 0 THEN sum(calls) ELSE 0 END AS calls, sum(calls), count(DISTINCT customer), count(DISTINCT user_id), sum(errors), sum(duplicates), sum(conflicts), sum(unkeyed)
FROM uses
GROUP BY GROUPING SETS ((now, test, feature), (now, test))
ORDER BY ALL
