WITH events AS (
  SELECT coalesce(nullif(event_id, ''), envelope_id) AS identity, CASE WHEN nullif(event_id, '') IS NOT NULL THEN source END AS keyed_by,
    object, envelope_time, envelope_id, billing_time,
    coalesce(nullif(customer_id, ''), '(none)') AS customer, coalesce(nullif(customer_plan, ''), '(none)') AS plan,
    feature = 'export' AS exported, nullif(user_id, '') AS user_id,
    coalesce(quantity, 1::DECIMAL(38, 9)) AS quantity, coalesce(test, false) AS test
  FROM read_parquet($files, hive_partitioning = false)
  WHERE billing_time >= $from - INTERVAL 7 DAY AND billing_time < $to + INTERVAL 7 DAY
),
copied AS MATERIALIZED (SELECT identity FROM events GROUP BY identity, keyed_by HAVING count(*) > 1),
firsts AS (
  SELECT arg_min({t: billing_time, customer: customer, plan: plan, quantity: quantity, test: test, exported: exported, user_id: user_id}, object || ' ' || envelope_time || ' ' || envelope_id) AS one,
    keyed_by IS NULL AS unkeyed, count(*) - 1 AS duplicates,
    CASE WHEN count(DISTINCT {c: customer, p: plan, q: quantity, t: billing_time}) > 1 THEN 1 ELSE 0 END AS conflict
  FROM events SEMI JOIN copied USING (identity)
  GROUP BY identity, keyed_by
),
uses AS (
  SELECT customer, plan, test, date_trunc('month', billing_time) AS month, user_id, count(*) AS calls, sum(quantity) AS units, sum(quantity) FILTER (exported) AS exports,
    0 AS duplicates, 0 AS conflicts, count(*) FILTER (keyed_by IS NULL) AS unkeyed
  FROM events ANTI JOIN copied USING (identity)
  WHERE billing_time >= $from AND billing_time < $to
  GROUP BY ALL
  UNION ALL
  SELECT one.customer, one.plan, one.test, date_trunc('month', one.t), one.user_id, count(*), sum(one.quantity), sum(one.quantity) FILTER (one.exported),
    sum(duplicates), sum(conflict), count(*) FILTER (unkeyed)
  FROM firsts
  WHERE one.t >= $from AND one.t < $to
  GROUP BY ALL
)
SELECT customer, plan, test, month, CASE WHEN test THEN 0 ELSE sum(calls) END AS calls, sum(units), sum(exports), count(DISTINCT user_id), sum(duplicates), sum(conflicts), sum(unkeyed)
FROM uses
GROUP BY customer, plan, test, month
ORDER BY ALL
