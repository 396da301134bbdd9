-- What is used: calls, customers, users and errors of each feature in a range, and in the range of the same length before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
-- An error is a call that was answered with status 400 or above.
--
-- {{events}}                the view over the lake, or its raw tables alone
-- {{identity}}              columns that tell an event from others
-- {{marked}}                arrivals, and whether one has copies: `copied`
-- {{asked_fields}}          the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_counted}}         those of the first copy: b0, b1, ...
-- {{asked_keys}}            what tells them apart where there is one copy
-- {{asked}}                 conditions on them, each with parameters of its own, which come after the eighth
-- {{by_value}}              what the rows of a feature are split by, as text: a customer, a user, a service (b0), a day; '' where they are not
-- {{by_group}}              the same with a comma before it, or nothing
-- {{day}}                   the day of an event where rows are split by it, as text; else ''
-- {{copies}}                what is marked, by span: those with copies, whose span is that of the first one, and the others of each range
-- {{catalogued}}            numbers of features that have other names: 0 is every feature that has none
-- {{catalogue_conditions}}  by number, the names of that feature (a parameter for each)
-- Parameters, in order (times as 'YYYY-MM-DD HH:MM:SS.mmm', UTC):
--   1  first partition dt to read
--   2  last partition dt of compacted events to read; raw ones have none, because events arrive late
--   3  start of the range in which copies are sought
--   4  end of the range in which copies are sought
--   5  start of the range
--   6  end of the range
--   7  start of the range before, which is as long
--   8  start of the range
--   9 to 12  the same again
--   then those of the catalogue, and
--      'true' to count test events too
--      number of features (or parts of such) that get a row of their own (text)
--      the same number again: those beyond it are folded into '(others)'
--
-- The answer has rows of two parts, 'counted' and 'test' (test events alone); in each and for both
-- ranges ('now', 'before'), a row with is_total = 1 is over all features. A feature of the catalogue that has other names is chr(31) and its number.
-- One statement for Athena (Trino) and DuckDB. min_by skips NULL on one of them, so nothing that it picks is NULL.
-- Athena documents parameters in WHERE alone, and would read the events once for every mention of `identities`: hence the
-- joins with VALUES in place of CASE with a parameter or of a second query.
--
-- Few identities have copies. Those get a row of their own in `identities` and their range behind it; all others count at once, by what the
-- answer tells apart: an aggregate for each event would hold several times as much, and take three times as long.
-- What is asked of the first copy is picked as one row, because each min_by holds the text of the order for itself, and cannot spill it.
WITH arrivals AS (
  SELECT
    {{identity}},
    object,
    envelope_time,
    envelope_id,
    billing_time,
    COALESCE(NULLIF(feature, ''), '(none)') AS feature,
    COALESCE(customer_id, '') AS customer_id,
    COALESCE(customer_plan, '') AS plan,
    COALESCE(user_id, '') AS user_id,
    COALESCE(response_status, 0) AS status,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test,
    {{day}} AS day_text
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
{{copies}},
counted AS (
  SELECT
    kind,
    copied,
    unkeyed,
    min_by(CASE WHEN copied THEN CAST(ROW(billing_time, feature, customer_id, user_id, day_text, test, status) AS
      ROW(billing_time TIMESTAMP, feature VARCHAR, customer_id VARCHAR, user_id VARCHAR, day_text VARCHAR, test BOOLEAN, status INTEGER)) END, arrival) AS first_copy,
    CASE WHEN NOT copied THEN feature END AS only_feature,
    CASE WHEN NOT copied THEN customer_id END AS only_customer_id,
    CASE WHEN NOT copied THEN user_id END AS only_user_id,
    CASE WHEN NOT copied THEN day_text END AS only_day,
    CASE WHEN NOT copied THEN test END AS only_test,
    count(*) AS events,
    count(*) FILTER (WHERE status >= 400) AS failures,
    CASE WHEN min(billed) <> max(billed) THEN 1 ELSE 0 END AS conflict
    {{asked_counted}}
  FROM copies
  GROUP BY
    kind, copied, unkeyed,
    CASE WHEN copied THEN identity END, CASE WHEN copied THEN identity_source END,
    CASE WHEN NOT copied THEN feature END, CASE WHEN NOT copied THEN customer_id END, CASE WHEN NOT copied THEN user_id END,
    CASE WHEN NOT copied THEN day_text END, CASE WHEN NOT copied THEN test END
    {{asked_keys}}
),
identities AS (
  SELECT
    *,
    first_copy.billing_time AS first_time,
    COALESCE(first_copy.feature, only_feature) AS first_feature,
    COALESCE(first_copy.customer_id, only_customer_id) AS first_customer_id,
    COALESCE(first_copy.user_id, only_user_id) AS first_user_id,
    COALESCE(first_copy.day_text, only_day) AS first_day,
    COALESCE(first_copy.test, only_test) AS first_test,
    CASE WHEN copied THEN 1 ELSE events END AS calls,
    CASE WHEN NOT copied THEN failures WHEN first_copy.status >= 400 THEN 1 ELSE 0 END AS errors,
    CASE WHEN copied THEN events - 1 ELSE 0 END AS duplicates
  FROM counted
),
usage_groups AS (
  SELECT
    CASE WHEN names.number = 0 THEN first_feature ELSE chr(31) || CAST(names.number AS VARCHAR) END AS feature,
    {{by_value}} AS by_value,
    NULLIF(first_customer_id, '') AS customer_id,
    NULLIF(first_user_id, '') AS user_id,
    first_test AS test,
    spans.span,
    sum(calls) AS calls,
    sum(errors) AS errors,
    sum(duplicates) AS duplicates,
    sum(conflict) AS conflicts,
    sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS unkeyed_calls
  FROM identities
  CROSS JOIN (VALUES ('now'), ('before')) AS spans (span)
  CROSS JOIN (VALUES {{catalogued}}) AS names (number)
  WHERE {{asked}} (kind = spans.span
      OR (kind = 'copied' AND spans.span = 'now' AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP))
      OR (kind = 'copied' AND spans.span = 'before' AND first_time >= CAST(? AS TIMESTAMP) AND first_time < CAST(? AS TIMESTAMP)))
    AND ({{catalogue_conditions}})
  GROUP BY first_feature, names.number, first_customer_id, first_user_id, first_test, spans.span {{by_group}}
),
parted AS (
  SELECT
    parts.part, span, feature, by_value, customer_id, user_id, calls, errors, duplicates, conflicts, unkeyed_calls,
    sum(CASE WHEN span = 'now' THEN calls ELSE 0 END) OVER (PARTITION BY parts.part, feature, by_value) AS feature_calls
  FROM usage_groups
  CROSS JOIN (VALUES ('counted'), ('test')) AS parts (part)
  WHERE (parts.part = 'counted' AND (NOT test OR CAST(? AS VARCHAR) = 'true'))
    OR (parts.part = 'test' AND test)
),
ranked AS (
  SELECT
    part, span, feature, by_value, customer_id, user_id, calls, errors, duplicates, conflicts, unkeyed_calls,
    dense_rank() OVER (PARTITION BY part ORDER BY feature_calls DESC, feature ASC, by_value ASC) AS place
  FROM parted
),
folded AS (
  SELECT
    part,
    span,
    CASE WHEN forms.form = 'named' THEN feature ELSE '(others)' END AS feature,
    CASE WHEN forms.form = 'named' THEN by_value ELSE '(others)' END AS by_value,
    customer_id, user_id, calls, errors, duplicates, conflicts, unkeyed_calls
  FROM ranked
  CROSS JOIN (VALUES ('named'), ('folded')) AS forms (form)
  WHERE (forms.form = 'named' AND place <= CAST(? AS BIGINT))
    OR (forms.form = 'folded' AND place > CAST(? AS BIGINT))
)
SELECT
  part,
  span,
  feature,
  by_value,
  CAST(grouping(feature) AS BIGINT) AS is_total,
  CAST(sum(calls) AS BIGINT) AS calls,
  CAST(count(DISTINCT customer_id) AS BIGINT) AS customers,
  CAST(count(DISTINCT user_id) AS BIGINT) AS users,
  CAST(sum(errors) AS BIGINT) AS errors,
  CAST(sum(duplicates) AS BIGINT) AS duplicate_count,
  CAST(sum(conflicts) AS BIGINT) AS conflict_count,
  CAST(sum(unkeyed_calls) AS BIGINT) AS unkeyed_count
FROM folded
GROUP BY GROUPING SETS ((part, span, feature, by_value), (part, span))
ORDER BY part NULLS LAST, span NULLS LAST, is_total NULLS LAST, calls DESC NULLS LAST, feature NULLS LAST, by_value NULLS LAST
