WITH events AS (
  SELECT coalesce(nullif(event_id, ''), envelope_id) AS identity, CASE WHEN nullif(event_id, '') IS NOT NULL THEN source END AS keyed_by,
    object, envelope_time, envelope_id, billing_time,
    coalesce(nullif(customer_id, ''), '(none)') AS customer, coalesce(nullif(customer_plan, ''), '(none)') AS plan,
    coalesce(quantity, 1::DECIMAL(38, 9)) AS quantity, coalesce(test, false) AS test
  FROM read_parquet($files, hive_partitioning = false)
  WHERE billing_time >= $from - INTERVAL 7 DAY AND billing_time < $to + INTERVAL 7 DAY
),
copied AS MATERIALIZED (SELECT identity FROM events GROUP BY identity, keyed_by HAVING count(*) > 1),
firsts AS (
  SELECT arg_min({t: billing_time, customer: customer, plan: plan, quantity: quantity, test: test}, object || ' ' || envelope_time || ' ' || envelope_id) AS one,
    keyed_by IS NULL AS unkeyed, count(*) - 1 AS duplicates,
    CASE WHEN count(DISTINCT {c: customer, p: plan, q: quantity, t: billing_time}) > 1 THEN 1 ELSE 0 END AS conflict
  FROM events SEMI JOIN copied USING (identity)
  GROUP BY identity, keyed_by
)
SELECT customer, plan, test, CASE WHEN test THEN 0 ELSE sum(calls) END AS calls, sum(units), sum(duplicates), sum(conflicts), sum(unkeyed)
FROM (
  SELECT customer, plan, test, count(*) AS calls, sum(quantity) AS units, 0 AS duplicates, 0 AS conflicts, count(*) FILTER (keyed_by IS NULL) AS unkeyed
  FROM events ANTI JOIN copied USING (identity)
  WHERE billing_time >= $from AND billing_time < $to
  GROUP BY ALL
  UNION ALL
  SELECT one.customer, one.plan, one.test, count(*), sum(one.quantity), sum(duplicates), sum(conflict), count(*) FILTER (unkeyed)
  FROM firsts
  WHERE one.t >= $from AND one.t < $to
  GROUP BY ALL
)
GROUP BY customer, plan, test
ORDER BY ALL
