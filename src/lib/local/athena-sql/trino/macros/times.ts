import {failing, refusal, unfit} from '../reasons'

/** ISO-8601 as Trino reads it, all but what stands for nothing in a group of its own. */
const iso =
  '^(?P<y>[+-]?[0-9]{2,9})(?:-(?P<mo>[0-9]{1,2})(?:-(?P<d>[0-9]{1,2}))?|-(?P<o>[0-9]{3})|-W(?P<w>[0-9]{1,2})(?:-(?P<e>[1-7]))?)?' +
  '(?:(?P<t>[Tt])(?:(?P<h>[01]?[0-9]|2[0-3])(?::(?P<mi>[0-5]?[0-9])(?::(?P<se>[0-5]?[0-9]))?)?(?:[.,](?P<fr>[0-9]{1,9}))?)?' +
  '(?:[Zz]|(?P<zs>[+-])(?P<zh>[01][0-9]|2[0-3])(?::?(?P<zm>[0-5][0-9])(?::?[0-5][0-9])?)?)?)?$'
const groups = `['y', 'mo', 'd', 'o', 'w', 'e', 't', 'h', 'mi', 'se', 'fr', 'zs', 'zh', 'zm']`
const number = (group: string, other: number) => `coalesce(TRY_CAST(g.${group} AS BIGINT), ${other})`

/** What nearly every text is: DuckDB reads it as Trino does, and quickly. */
const usual = '[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,3})?'
const usualOffset = '(Z|[+-](0[0-9]|1[0-3])(:?[0-5][0-9])?|[+-]14(:?00)?)?'

const noIso = `${failing}INVALID_FUNCTION_ARGUMENT: Invalid format: `

const timestampText = String.raw`\s*[+-]?[0-9]{4,9}-[0-9]{1,2}-[0-9]{1,2}( ([01]?[0-9]|2[0-3]):[0-9]{1,2}(:[0-9]{1,2}([.][0-9]{1,12})?)?)?`

/** What date_add adds of each unit. */
const additions: Readonly<Record<string, string>> = {
  ...{
    millisecond: 'to_milliseconds(n)',
    second: 'to_seconds(n)',
    minute: 'to_minutes(n)',
    hour: 'to_hours(n)',
  },
  ...{
    day: 'to_days(CAST(n AS INTEGER))',
    week: 'to_weeks(CAST(n AS INTEGER))',
    month: 'to_months(CAST(n AS INTEGER))',
  },
  ...{quarter: 'to_months(CAST(n AS INTEGER) * 3)', year: 'to_years(CAST(n AS INTEGER))'},
}

/** Dates and times. */
export const timeMacros: readonly string[] = [
  // The zone of a time that is shown, or goes where it may count, has to be UTC.
  `trino_in_utc(moment, wall) AS CASE WHEN moment IS DISTINCT FROM timezone('UTC', wall)
    THEN CAST('${refusal("A time with an offset other than UTC (put AT TIME ZONE ''UTC'' behind it, or cast it to TIMESTAMP or DATE)")}' AS TIMESTAMPTZ)
    ELSE moment END`,
  'trino_behind(wall, seconds) AS wall - to_seconds(CAST(seconds AS BIGINT))',
  `trino_iso_day(g) AS CASE WHEN g.w <> '' THEN CAST(strptime(g.y || '-' || g.w || '-' || coalesce(nullif(g.e, ''), '1'), '%G-%V-%u') AS DATE)
    WHEN g.o <> '' THEN CAST(strptime(g.y || '-' || g.o, '%Y-%j') AS DATE)
    ELSE make_date(${number('y', 0)}, ${number('mo', 1)}, ${number('d', 1)}) END`,
  // A fraction is one of the last unit that is said.
  `trino_iso_clock(g) AS (${number('h', 0)} * 3600 + ${number('mi', 0)} * 60 + ${number('se', 0)}) * 1000
    + CAST(system.main.floor(coalesce(TRY_CAST('0.' || nullif(g.fr, '') AS DECIMAL(10, 9)), 0)
      * CASE WHEN g.mi = '' THEN 3600000 WHEN g.se = '' THEN 60000 ELSE 1000 END) AS BIGINT)`,
  `trino_iso_offset(g) AS CASE WHEN g.zs = '-' THEN -60 ELSE 60 END * (${number('zh', 0)} * 60 + ${number('zm', 0)})`,
  `trino_iso_slow(s, share) AS list_transform([system.main.regexp_extract(s, '${iso}', ${groups})], lambda g:
    CASE WHEN g.y = '' THEN CAST('${noIso}' || s AS TIMESTAMP)
    WHEN abs(trino_iso_offset(g)) > 50400 THEN CAST('${refusal('An offset of more than 14 hours')}' AS TIMESTAMP)
    ELSE CAST(trino_iso_day(g) AS TIMESTAMP) + to_milliseconds(trino_iso_clock(g) - share * 1000 * trino_iso_offset(g)) END)[1]`,
  `trino_iso_wall(s) AS CASE WHEN regexp_full_match(s, '${usual}${usualOffset}') THEN CAST(s AS TIMESTAMP) WHEN s IS NOT NULL THEN trino_iso_slow(s, 0) END`,
  `trino_iso_utc(s) AS CASE WHEN regexp_full_match(s, '${usual}Z?') THEN CAST(s AS TIMESTAMP) WHEN s IS NOT NULL THEN trino_iso_slow(s, 1) END`,
  "from_iso8601_timestamp(s) AS timezone('UTC', trino_iso_utc(s))",
  `from_iso8601_date(s) AS list_transform([system.main.regexp_extract(s, '${iso}', ${groups})], lambda g:
    CASE WHEN s IS NULL THEN NULL WHEN g.y = '' OR g.t <> '' THEN CAST('${noIso}' || s AS DATE) ELSE trino_iso_day(g) END)[1]`,
  `to_iso8601(t) AS CASE WHEN typeof(t) = 'DATE' THEN strftime(t, '%Y-%m-%d')
    WHEN typeof(t) LIKE 'TIMESTAMP%ZONE' THEN strftime(t, '%Y-%m-%dT%H:%M:%S.%gZ') ELSE strftime(t, '%Y-%m-%dT%H:%M:%S.%g') END`,
  // Text has to be a time as Trino writes one, whose zone counts for nothing; what is finer than milliseconds is rounded.
  ...['', 'try_'].map(
    (attempt) => `${attempt}trino_timestamp(x) AS CASE
    WHEN typeof(x) = 'VARCHAR' THEN system.main.date_trunc('millisecond', to_microseconds(500) + ${attempt}cast(CASE WHEN regexp_full_match(CAST(x AS VARCHAR),
      '${timestampText}( ?([+-][0-9]{1,2}(:?[0-9]{2})?|[A-Za-z][A-Za-z0-9_/+-]*))?\\s*')
      THEN system.main.regexp_extract(CAST(x AS VARCHAR), '${timestampText}') ELSE '${unfit}' || CAST(x AS VARCHAR) END AS TIMESTAMP))
    WHEN typeof(x) = 'TIMESTAMP' THEN ${attempt}cast(x AS TIMESTAMP)
    WHEN typeof(x) LIKE 'TIMESTAMP%ZONE' THEN ${attempt}cast(x AS TIMESTAMP)
    ELSE ${attempt}cast(x AS TIMESTAMP) END`,
  ),
  ...['', 'try_'].map(
    (attempt) => `${attempt}trino_date(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN
      ${attempt}cast(CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '\\s*[+-]?[0-9]{4,9}-[0-9]{1,2}-[0-9]{1,2}\\s*') THEN CAST(x AS VARCHAR)
        ELSE '${unfit}' || CAST(x AS VARCHAR) END AS DATE)
    ELSE ${attempt}cast(x AS DATE) END`,
  ),
  ...['', 'try_'].map(
    (attempt) => `${attempt}trino_zoned(x) AS CASE
    WHEN typeof(x) = 'VARCHAR' AND regexp_full_match(CAST(x AS VARCHAR), '${timestampText} ?([+-].*|[A-Za-z].*)') AND NOT regexp_full_match(CAST(x AS VARCHAR), '.* ?(UTC|Z|GMT|[+-]00:00)')
      THEN CAST('${refusal('A time with a zone other than UTC')}' AS TIMESTAMPTZ)
    WHEN typeof(x) = 'VARCHAR' THEN ${attempt}cast(CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '${timestampText}( ?(UTC|Z|GMT|[+-]00:00))?') THEN CAST(x AS VARCHAR)
      ELSE '${unfit}' || CAST(x AS VARCHAR) END AS TIMESTAMPTZ)
    ELSE ${attempt}cast(x AS TIMESTAMPTZ) END`,
  ),
  'date(x) AS trino_date(x)',
  'from_unixtime(n) AS to_timestamp(system.main.round(n, 3))',
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
  'millisecond(t) AS system.main.millisecond(t) % 1000',
  "current_timezone() AS CAST('UTC' AS VARCHAR)",
  'date_trunc(u, t) AS cast_to_type(system.main.date_trunc(u, t), t)',
  // Trino counts whole units between two times, DuckDB's date_diff the borders that lie between them.
  'date_diff(u, a, b) AS date_sub(u, a, b)',
  'date_add(u, n, d) AS d',
  ...Object.entries(additions).map(
    ([unit, interval]) => `trino_add_${unit}(n, d) AS cast_to_type(d + ${interval}, d)`,
  ),
  `trino_with_clock(d) AS CASE WHEN typeof(d) = 'DATE' THEN cast_to_type('${failing}INVALID_FUNCTION_ARGUMENT: not a valid DATE field', d) ELSE d END`,
  // A date and an interval are a date, which has no hours.
  `trino_later(d, i) AS CASE WHEN typeof(d) = 'DATE' AND epoch(i) % 86400 <> 0
    THEN cast_to_type('${failing}INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date', d) ELSE cast_to_type(d + i, d) END`,
  `trino_earlier(d, i) AS CASE WHEN typeof(d) = 'DATE' AND epoch(i) % 86400 <> 0
    THEN cast_to_type('${failing}INVALID_FUNCTION_ARGUMENT: Cannot subtract hour, minutes or seconds from a date', d) ELSE cast_to_type(d - i, d) END`,
  `trino_minus(a, b) AS CASE WHEN typeof(a) = 'DATE' AND typeof(b) = 'DATE'
    THEN cast_to_type('${refusal('The interval between two dates (use date_diff)')}', a - b) ELSE a - b END`,
  `trino_interval(i) AS CASE WHEN i IS NULL THEN NULL
    WHEN datepart('year', i) <> 0 OR datepart('month', i) <> 0 THEN datepart('year', i) || '-' || abs(datepart('month', i))
    ELSE CASE WHEN epoch(i) < 0 THEN '-' ELSE '' END || CAST(system.main.floor(abs(epoch(i)) / 86400) AS BIGINT) || ' '
      || strftime(TIMESTAMP '1970-01-01' + to_milliseconds(CAST(system.main.round(abs(epoch(i)) * 1000) AS BIGINT) % 86400000), '%H:%M:%S.%g') END`,
]
