-- What is used: calls, customers, users and errors of each feature in a range, and in the range of the same length before it.
--
-- An event counts in the range in which its billing time lies: occurredAt, else (absent or malformed) the envelope's time.
-- An identity counts once: (source, eventId), else the envelope's id. The first copy to arrive counts, by object, time, id.
-- An error is a call that was answered with status 400 or above.
--
-- {{events}}                the view over the lake, or its raw tables alone
-- {{identity}}              columns that tell an event from others
-- {{marked}}                arrivals, and whether one may have copies: `copied`
-- {{asked_fields}}          the fields that conditions look at (--where and the like), as text: a0, a1, ...; the empty text where an event has none
-- {{asked_kept}}            their names
-- {{copy_keys}}             what tells a copy from all others; the same for all events without copies
-- {{calls}}                 calls of what is counted together; a copy is one
-- {{placed}}                of a copy: its place among those of its identity, how many more there are, and whether they conflict
-- {{asked}}                 conditions on them, each with parameters of its own, which come after the eighth
-- {{by_value}}              what the rows of a feature are split by, as text: a customer, a user, a service (a0), a day; '' where they are not
-- {{by_group}}              the same with a comma before it, or nothing
-- {{day}}                   the day of an event where rows are split by it, as text; else ''
-- {{copies_by_span}}        what is marked, by span: those with copies, whose span is that of the first one, and the others of each range
-- {{in_span}}               what counts in a range
-- {{in_part}}               what stands in a part of the answer
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
-- One statement for Athena (Trino) and DuckDB.
-- Athena documents parameters in WHERE alone, and would read the events once for every mention of `identities`: hence the
-- joins with VALUES in place of CASE with a parameter or of a second query.
--
-- Few events have copies. Those stay rows of their own in `counted`, and are put in order by windows; all others are counted by what the answer
-- tells apart. An aggregate for each event takes three times as long, and one that picks the first copy holds what cannot be spilled.
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
    CASE WHEN response_status >= 400 THEN 1 ELSE 0 END AS failed,
    COALESCE(quantity, CAST(1 AS DECIMAL(38, 9))) AS quantity,
    COALESCE(test, FALSE) AS test,
    {{day}} AS day_text
    {{asked_fields}}
  FROM {{events}}
  WHERE dt >= ? AND until_dt <= ? AND billing_time >= CAST(? AS TIMESTAMP) AND billing_time < CAST(? AS TIMESTAMP)
),
{{marked}},
{{copies_by_span}},
counted AS (
  SELECT
    kind,
    {{copy_keys}},
    feature,
    customer_id,
    user_id,
    day_text,
    test,
    count(*) AS events,
    {{calls}},
    CASE WHEN copied THEN max(failed) ELSE sum(failed) END AS errors
    {{asked_kept}}
  FROM copies
  GROUP BY kind, {{copy_keys}}, feature, customer_id, user_id, day_text, test {{asked_kept}}
),
identities AS (
  SELECT
    *,
    {{placed}}
  FROM counted
),
usage_groups AS (
  SELECT
    CASE WHEN names.number = 0 THEN identities.feature ELSE chr(31) || CAST(names.number AS VARCHAR) END AS feature,
    {{by_value}} AS by_value,
    NULLIF(identities.customer_id, '') AS customer_id,
    NULLIF(identities.user_id, '') AS user_id,
    identities.test,
    spans.span,
    sum(calls) AS calls,
    sum(errors) AS errors,
    sum(duplicates) AS duplicates,
    sum(conflict) AS conflicts,
    sum(CASE WHEN unkeyed THEN calls ELSE 0 END) AS unkeyed_calls
  FROM identities
  CROSS JOIN (VALUES ('now'), ('before')) AS spans (span)
  CROSS JOIN (VALUES {{catalogued}}) AS names (number)
  WHERE {{asked}} {{in_span}} AND ({{catalogue_conditions}})
  GROUP BY identities.feature, names.number, identities.customer_id, identities.user_id, identities.test, spans.span {{by_group}}
),
parted AS (
  SELECT
    parts.part, span, feature, by_value, customer_id, user_id, calls, errors, duplicates, conflicts, unkeyed_calls,
    sum(CASE WHEN span = 'now' THEN calls ELSE 0 END) OVER (PARTITION BY parts.part, feature, by_value) AS feature_calls
  FROM usage_groups
  CROSS JOIN (VALUES ('counted'), ('test')) AS parts (part)
  WHERE {{in_part}}
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
