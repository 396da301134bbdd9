WITH events AS (
  SELECT coalesce(nullif(event_id, ''), envelope_id) AS identity, CASE WHEN nullif(event_id, '') IS NOT NULL THEN source END AS keyed_by,
    object, envelope_time, envelope_id, billing_time,
    coalesce(nullif(feature, ''), '(none)') AS feature, nullif(customer_id, '') AS customer, coalesce(customer_plan, '') AS plan,
    nullif(user_id, '') AS user_id, coalesce(response_status, 0) >= 400 AS error,
    coalesce(quantity, 1::DECIMAL(38, 9)) AS quantity, coalesce(test, false) AS test
  FROM read_parquet($files, hive_partitioning = false)
  WHERE billing_time >= $from - ($to - $from) - INTERVAL 7 DAY AND billing_time < $to + INTERVAL 7 DAY
),
copied AS MATERIALIZED (SELECT identity FROM events GROUP BY identity, keyed_by HAVING count(*) > 1),
firsts AS (
  SELECT arg_min({t: billing_time, feature: feature, customer: customer, user_id: user_id, error: error, test: test}, object || ' ' || envelope_time || ' ' || envelope_id) AS one,
    keyed_by IS NULL AS unkeyed, count(*) - 1 AS duplicates,
    CASE WHEN count(DISTINCT {c: coalesce(customer, ''), p: plan, q: quantity, t: billing_time}) > 1 THEN 1 ELSE 0 END AS conflict
  FROM events SEMI JOIN copied USING (identity)
  GROUP BY identity, keyed_by
),
uses AS (
  SELECT billing_time >= $from AS now, feature, customer, user_id, test, count(*) AS calls, count(*) FILTER (error) AS errors,
    0 AS duplicates, 0 AS conflicts, count(*) FILTER (keyed_by IS NULL) AS unkeyed
  FROM events ANTI JOIN copied USING (identity)
  WHERE billing_time >= $from - ($to - $from) AND billing_time < $to
  GROUP BY ALL
  UNION ALL
  SELECT one.t >= $from, one.feature, one.customer, one.user_id, one.test, count(*), count(*) FILTER (one.error), sum(duplicates), sum(conflict), count(*) FILTER (unkeyed)
  FROM firsts
  WHERE one.t >= $from - ($to - $from) AND one.t < $to
  GROUP BY ALL
)
SELECT now, test, feature, CASE WHEN now AND NOT test AND grouping(feature) = 0 THEN sum(calls) ELSE 0 END AS calls, sum(calls), count(DISTINCT customer), count(DISTINCT user_id), sum(errors), sum(duplicates), sum(conflicts), sum(unkeyed)
FROM uses
GROUP BY GROUPING SETS ((now, test, feature), (now, test))
ORDER BY ALL
