import type {Duck} from './duck'
import {byZero, decimalDivision, notWhole} from './trino-reasons'

const wholeTypes = {tinyint: 'TINYINT', smallint: 'SMALLINT', integer: 'INTEGER', bigint: 'BIGINT'}

/**
 * Casts and operators that mean something else on Trino, for `giveTrinosMeaning`. What depends on a type asks `typeof`, which DuckDB answers before
 * the query runs, so a branch costs nothing; every branch must be one that all types can take. `cast_to_type` gives a value the type of the result.
 */
const meanings: readonly string[] = [
  `trino_mantissa(d) AS d[1] || '.' || coalesce(nullif(rtrim(d[2:], '0'), ''), '0')`,
  `trino_digits(m, e) AS trino_mantissa(ltrim(replace(m, '.', ''), '0')) || 'E' || CAST(e + CASE WHEN m LIKE '0.%'
    THEN length(ltrim(system.main.split_part(m, '.', 2), '0')) - length(system.main.split_part(m, '.', 2)) - 1
    ELSE length(system.main.split_part(m, '.', 1)) - 1 END AS VARCHAR)`,
  `trino_scientific(t) AS CASE lower(t) WHEN 'inf' THEN 'Infinity' WHEN '-inf' THEN '-Infinity' WHEN 'nan' THEN 'NaN' WHEN '-nan' THEN 'NaN'
    WHEN '0.0' THEN '0E0' WHEN '-0.0' THEN '-0E0'
    ELSE CASE WHEN t LIKE '-%' THEN '-' ELSE '' END || trino_digits(system.main.split_part(ltrim(t, '-'), 'e', 1),
      coalesce(TRY_CAST(system.main.split_part(t, 'e', 2) AS INTEGER), 0)) END`,
  // Milliseconds always, and doubles in Java's scientific notation.
  `trino_varchar(x) AS CASE
    WHEN typeof(x) = 'TIMESTAMP' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
    WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g UTC')
    WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN trino_scientific(CAST(x AS VARCHAR))
    WHEN typeof(x) LIKE 'DECIMAL%' AND system.main.split_part(typeof(x)[9:], ',', 1) || ')' = system.main.split_part(typeof(x), ',', 2)
      THEN replace(replace('+' || CAST(x AS VARCHAR), '+-.', '-0.'), '+.', '0.')
    ELSE CAST(x AS VARCHAR) END`,
  // Halves go away from zero, and text is digits alone.
  ...Object.entries(wholeTypes).flatMap(([name, type]) =>
    ['', 'TRY_'].map(
      (attempt) => `${attempt.toLowerCase()}trino_${name}(x) AS CASE
      WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${attempt}CAST(round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) AS ${type})
      WHEN typeof(x) = 'VARCHAR' THEN ${attempt}CAST(CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '[+-]?[0-9]+') THEN CAST(x AS VARCHAR)
        ELSE '${notWhole}' || CAST(x AS VARCHAR) END AS ${type})
      ELSE ${attempt}CAST(x AS ${type}) END`,
    ),
  ),
  `trino_divide(a, b) AS CASE WHEN (typeof(a) LIKE 'DECIMAL%' OR typeof(b) LIKE 'DECIMAL%') AND NOT (typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT'))
      THEN cast_to_type('${decimalDivision}', a / b)
    WHEN b = 0 AND a IS NOT NULL THEN cast_to_type(CASE WHEN NOT (typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT')) THEN '${byZero}'
      WHEN CAST(a AS VARCHAR) IN ('0', '0.0', '-0.0', 'nan') THEN 'nan' WHEN CAST(a AS VARCHAR) LIKE '-%' THEN '-inf' ELSE 'inf' END, a / b)
    ELSE a / b END`,
  `trino_modulus(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL
    THEN cast_to_type(CASE WHEN typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT') THEN 'nan' ELSE '${byZero}' END, a % b)
    ELSE a % b END`,
]

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
  ...['substr', 'substring'].map(
    // What is said with literals ends in DuckDB's own function, so that a condition on a partition still leaves out files.
    (
      name,
    ) => `${name}(s, n) AS CASE WHEN n > 0 THEN system.main.substr(s, n) WHEN n = 0 OR n < -length(s) THEN '' ELSE system.main.substr(s, n) END,
    (s, n, c) AS CASE WHEN n > 0 AND c > 0 THEN system.main.substr(s, n, c) WHEN n = 0 OR n < -length(s) OR c <= 0 THEN '' ELSE system.main.substr(s, n, c) END`,
  ),
  'split_part(s, d, n) AS CASE WHEN n <= len(string_split(s, d)) THEN system.main.split_part(s, d, n) END',
  'millisecond(t) AS system.main.millisecond(t) % 1000',
  'array_position(a, x) AS CASE WHEN a IS NOT NULL AND x IS NOT NULL THEN coalesce(list_position(a, x), 0) END',
  'to_base(n, r) AS lower(system.main.to_base(n, r))',
  'sign(x) AS cast_to_type(system.main.sign(x), x)',
  "infinity() AS CAST('infinity' AS DOUBLE)",
  "nan() AS CAST('nan' AS DOUBLE)",
]

/** The macros by the names under which a statement calls them. */
const byName = new Map([...meanings, ...macros].map((macro) => [macro.slice(0, macro.search(/[ (]/)), macro]))

/** Defines what a session needs before anything else: the present, `now` being milliseconds since 1970. */
export async function defineClock(duck: Duck, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  await define(duck, [
    `now() AS TIMESTAMPTZ '${at}'`,
    `get_current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_date() AS DATE '${at.slice(0, 10)}'`,
    `current_localtimestamp() AS TIMESTAMP '${at.slice(0, 23).replace('T', ' ')}'`,
  ])
}

/** Defines those of Trino's functions whose names stand in a text, and the macros `named`: all of them would cost a small query half of its time. */
export async function defineTrinoFunctions(
  duck: Duck,
  texts: readonly string[],
  named: Iterable<string>,
): Promise<void> {
  const words = texts.flatMap((text) => text.toLowerCase().match(/[a-z_]\w*/g) ?? [])
  const wanted = new Set<string>()
  const add = (name: string) => {
    const macro = byName.get(name)
    if (macro === undefined || wanted.has(name)) return
    wanted.add(name)
    for (const word of macro.match(/[a-z_]\w*/g) ?? []) if (word.startsWith('trino_')) add(word)
  }
  for (const name of [...words, ...named]) add(name)
  // In the order of the list: a macro stands behind those that it calls.
  await define(
    duck,
    [...byName].flatMap(([name, macro]) => (wanted.has(name) ? [macro] : [])),
  )
}

async function define(duck: Duck, definitions: readonly string[]): Promise<void> {
  if (definitions.length === 0) return
  await duck.run(definitions.map((macro) => `CREATE TEMP MACRO ${macro};`).join('\n'))
}
