import type {Duck} from './duck'

/**
 * Functions of Trino that DuckDB lacks, or has with another meaning, as macros. `system.main` names DuckDB's own function
 * where the macro hides it. Where Trino gives NULL for any NULL argument, so do the macros.
 */
const macros: readonly string[] = [
  'approx_percentile(x, p) AS approx_quantile(x, p)',
  'approx_distinct(x) AS approx_count_distinct(x)',
  'count_if(x) AS CAST(system.main.count_if(x) AS BIGINT)',
  'json_extract_scalar(j, p) AS json_extract_string(j, p)',
  'json_parse(s) AS CAST(s AS JSON)',
  'json_format(j) AS CAST(j AS VARCHAR)',
  'from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)',
  'from_iso8601_date(s) AS CAST(s AS DATE)',
  "to_iso8601(t) AS strftime(t, '%Y-%m-%dT%H:%M:%S.%gZ')",
  'from_unixtime(n) AS to_timestamp(n)',
  'to_unixtime(t) AS epoch(t)',
  'day_of_week(d) AS isodow(d)',
  'dow(d) AS isodow(d)',
  'day_of_month(d) AS dayofmonth(d)',
  'day_of_year(d) AS dayofyear(d)',
  'doy(d) AS dayofyear(d)',
  'week_of_year(d) AS weekofyear(d)',
  'year_of_week(d) AS isoyear(d)',
  'yow(d) AS isoyear(d)',
  'last_day_of_month(d) AS last_day(d)',
  // Trino counts whole units between two times, DuckDB's date_diff the borders that lie between them.
  'date_diff(u, a, b) AS date_sub(u, a, b)',
  `date_add(u, n, d) AS CASE lower(u) WHEN 'millisecond' THEN d + to_milliseconds(n) WHEN 'second' THEN d + to_seconds(n)
    WHEN 'minute' THEN d + to_minutes(n) WHEN 'hour' THEN d + to_hours(n) WHEN 'day' THEN d + to_days(CAST(n AS INTEGER))
    WHEN 'week' THEN d + to_weeks(CAST(n AS INTEGER)) WHEN 'month' THEN d + to_months(CAST(n AS INTEGER))
    WHEN 'quarter' THEN d + to_months(CAST(n AS INTEGER) * 3) WHEN 'year' THEN d + to_years(CAST(n AS INTEGER)) END`,
  "date_format(t, f) AS strftime(t, replace(replace(replace(f, '%i', '%M'), '%s', '%S'), '%T', '%H:%M:%S'))",
  'cardinality(a) AS len(a)',
  'element_at(a, i) AS a[i]',
  'array_join(a, d) AS array_to_string(a, d)',
  'array_max(a) AS list_max(a)',
  'array_min(a) AS list_min(a)',
  'arrays_overlap(a, b) AS list_has_any(a, b)',
  'sequence(a, b) AS generate_series(a, b)',
  'regexp_like(s, p) AS regexp_matches(s, p)',
  String.raw`regexp_replace(s, p, r) AS system.main.regexp_replace(s, p,
    system.main.regexp_replace(r, '\$([0-9])', '\\\1', 'g'), 'g'), (s, p) AS system.main.regexp_replace(s, p, '', 'g')`,
  `regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p) END,
    (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p, g) END`,
  'concat(a, b) AS a || b, (a, b, c) AS a || b || c, (a, b, c, d) AS a || b || c || d, (a, b, c, d, e) AS a || b || c || d || e',
  `greatest(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN system.main.greatest(a, b) END,
    (a, b, c) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL THEN system.main.greatest(a, b, c) END`,
  `least(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN system.main.least(a, b) END,
    (a, b, c) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL THEN system.main.least(a, b, c) END`,
  'bitwise_and(a, b) AS a & b',
  'bitwise_or(a, b) AS a | b',
  'is_nan(x) AS isnan(x)',
  'truncate(x) AS trunc(x)',
  'rand() AS random()',
  "infinity() AS CAST('infinity' AS DOUBLE)",
  "nan() AS CAST('nan' AS DOUBLE)",
]

/** Defines Trino's functions in a session; `now` (milliseconds since 1970) is what the query takes for the present. */
export async function defineTrinoFunctions(duck: Duck, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  const clock = [
    `now() AS TIMESTAMPTZ '${at}'`,
    `get_current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_date() AS DATE '${at.slice(0, 10)}'`,
    `current_localtimestamp() AS TIMESTAMP '${at.slice(0, 23).replace('T', ' ')}'`,
  ]
  await duck.run([...clock, ...macros].map((macro) => `CREATE TEMP MACRO ${macro};`).join('\n'))
}
