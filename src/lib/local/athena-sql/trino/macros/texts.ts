import {failing, failWith, refusal} from '../reasons'

/** What Trino trims: Java's white space. */
const blanks = String.raw`' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31)`

/** Texts: casts to them, and functions of them. Where Trino gives NULL for any NULL argument, so do the macros. */
export const textMacros: readonly string[] = [
  `trino_mantissa(d) AS d[1] || '.' || coalesce(nullif(system.main.rtrim(d[2:], '0'), ''), '0')`,
  `trino_digits(m, e) AS trino_mantissa(system.main.ltrim(system.main.replace(m, '.', ''), '0')) || 'E' || CAST(e + CASE WHEN m LIKE '0.%'
    THEN length(system.main.ltrim(system.main.split_part(m, '.', 2), '0')) - length(system.main.split_part(m, '.', 2)) - 1
    ELSE length(system.main.split_part(m, '.', 1)) - 1 END AS VARCHAR)`,
  `trino_scientific(t) AS CASE system.main.lower(t) WHEN 'inf' THEN 'Infinity' WHEN '-inf' THEN '-Infinity' WHEN 'nan' THEN 'NaN' WHEN '-nan' THEN 'NaN'
    WHEN '0.0' THEN '0E0' WHEN '-0.0' THEN '-0E0'
    ELSE CASE WHEN t LIKE '-%' THEN '-' ELSE '' END || trino_digits(system.main.split_part(system.main.ltrim(t, '-'), 'e', 1),
      coalesce(TRY_CAST(system.main.split_part(t, 'e', 2) AS INTEGER), 0)) END`,
  // Milliseconds always, and doubles in Java's scientific notation.
  `trino_varchar(x) AS CASE
    WHEN typeof(x) = 'TIMESTAMP' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
    WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g UTC')
    WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN trino_scientific(CAST(x AS VARCHAR))
    WHEN typeof(x) = 'JSON' THEN trino_json_varchar(CAST(x AS VARCHAR))
    WHEN typeof(x) LIKE 'DECIMAL%' AND system.main.split_part(typeof(x)[9:], ',', 1) || ')' = system.main.split_part(typeof(x), ',', 2)
      THEN system.main.replace(system.main.replace('+' || CAST(x AS VARCHAR), '+-.', '-0.'), '+.', '0.')
    WHEN typeof(x) LIKE '%]' OR typeof(x) LIKE 'STRUCT%' OR typeof(x) LIKE 'MAP%' OR typeof(x) = 'INTERVAL' THEN ${failWith(`${failing}TYPE_MISMATCH: line 1:1: Cannot cast this type to varchar`)}
    ELSE CAST(x AS VARCHAR) END`,
  // Text is cut to its length; anything else has to fit.
  `trino_cut(x, n, isText) AS CASE WHEN length(x) > n AND NOT isText THEN ${failWith(`${failing}INVALID_CAST_ARGUMENT: Value cannot be represented as varchar of its length`)} ELSE left(x, n) END`,
  "trino_is_text(x) AS typeof(x) = 'VARCHAR'",
  'trino_typeof(x) AS trino_type(typeof(x))',
  `trino_type(t) AS trino_arrays(trino_arrays(trino_arrays(trino_words(system.main.lower(t)))))`,
  `trino_arrays(t) AS system.main.regexp_replace(t, '([a-z]+(\\([^()\\[\\]]*(\\([^()]*\\)[^()\\[\\]]*)*\\))?)\\[\\]', 'array(\\1)')`,
  `trino_words(t) AS ${[
    ['"null"', 'unknown'],
    ['\\bhugeint\\b|\\bubigint\\b|\\buinteger\\b', 'bigint'],
    ['\\bfloat\\b', 'real'],
    ['\\bblob\\b', 'varbinary'],
    ['\\binterval\\b', 'interval day to second'],
    ['\\bstruct\\(', 'row('],
    ['\\btimestamp with time zone\\b', 'timestamp(3) zoned'],
    ['\\btime with time zone\\b', 'time(3) zoned'],
    ['\\btimestamp\\b( |$|\\[|,|\\))', 'timestamp(3)\\1'],
    ['\\btime\\b( |$|\\[|,|\\))', 'time(3)\\1'],
    ['timestamp\\(3\\)\\(3\\)', 'timestamp(3)'],
    [' zoned', ' with time zone'],
  ].reduce((inner, [from, to]) => `system.main.regexp_replace(${inner}, '${from}', '${to}', 'g')`, 't')}`,
  `upper(x) AS CASE WHEN system.main.contains(x, 'ß') THEN array_to_string(list_transform(string_split(x, 'ß'), lambda piece: system.main.upper(piece)), 'ß') ELSE system.main.upper(x) END`,
  ...['trim', 'ltrim', 'rtrim'].map(
    (name) => `${name}(x) AS system.main.${name}(x, ${blanks}), (x, c) AS system.main.${name}(x, c)`,
  ),
  `replace(s, a) AS system.main.replace(s, a, ''), (s, a, b) AS CASE WHEN a = '' THEN b || array_to_string(string_split(s, ''), b) || CASE WHEN s = '' THEN '' ELSE b END
    ELSE system.main.replace(s, a, b) END`,
  'concat(a, b) AS a || b, (a, b, c) AS a || b || c, (a, b, c, d) AS a || b || c || d, (a, b, c, d, e) AS a || b || c || d || e, (a, b, c, d, e, f) AS a || b || c || d || e || f',
  `trino_concat_ws(d, a) AS CASE WHEN typeof(a) LIKE '%]' THEN ${failWith(refusal('concat_ws() of an array (use array_join)'))} ELSE system.main.concat_ws(d, a) END`,
  "url_encode(s) AS system.main.replace(system.main.replace(system.main.replace(system.main.url_encode(s), '%20', '+'), '~', '%7E'), '%2A', '*')",
  "url_decode(s) AS system.main.url_decode(system.main.replace(s, '+', ' '))",
  'to_hex(b) AS hex(CAST(b AS BLOB))',
  'regexp_like(s, p) AS regexp_matches(s, p)',
  String.raw`regexp_replace(s, p, r) AS system.main.regexp_replace(s, p,
    system.main.regexp_replace(r, '\$([0-9])', '\\\1', 'g'), 'g'), (s, p) AS system.main.regexp_replace(s, p, '', 'g')`,
  // A group that takes no part in a match is NULL.
  `regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p) END,
    (s, p, g) AS system.main.regexp_extract_all(s, p, g)[1]`,
  ...['substr', 'substring'].map(
    // What is said with literals ends in DuckDB's own function, so that a condition on a partition still leaves out files.
    (
      name,
    ) => `${name}(s, n) AS CASE WHEN n > 0 THEN system.main.substr(s, n) WHEN n = 0 OR n < -length(s) THEN '' ELSE system.main.substr(s, n) END,
    (s, n, c) AS CASE WHEN n > 0 AND c > 0 THEN system.main.substr(s, n, c) WHEN n = 0 OR n < -length(s) OR c <= 0 THEN '' ELSE system.main.substr(s, n, c) END`,
  ),
  `split_part(s, d, n) AS CASE WHEN n < 1 THEN ${failWith(`${failing}INVALID_FUNCTION_ARGUMENT: Index must be greater than zero`)}
    WHEN n <= len(string_split(s, d)) THEN system.main.split_part(s, d, n) END`,
  // Pieces of format(): how they are filled up, and a number as Java writes it.
  "trino_fill(s, n) AS CASE WHEN length(s) >= abs(n) THEN s WHEN n < 0 THEN rpad(s, -n, ' ') ELSE lpad(s, n, ' ') END",
  `trino_word(x) AS coalesce(CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${failWith(refusal('%s of a double in format() (use %f)'))} ELSE CAST(x AS VARCHAR) END, 'null')`,
  `trino_number(x, width, isGrouped) AS coalesce(trino_padded(CASE WHEN typeof(x) NOT IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT')
      THEN ${failWith(`${failing}INVALID_FUNCTION_ARGUMENT: Invalid format string: %d`)} ELSE CAST(x AS VARCHAR) END, width, isGrouped), 'null')`,
  `trino_padded(t, width, isGrouped) AS CASE WHEN t LIKE '-%' THEN '-' || trino_zeros(trino_grouped(t[2:], isGrouped), width - 1) ELSE trino_zeros(trino_grouped(t, isGrouped), width) END`,
  "trino_zeros(t, width) AS CASE WHEN length(t) >= width THEN t ELSE lpad(t, width, '0') END",
  `trino_grouped(t, isGrouped) AS CASE WHEN isGrouped THEN system.main.format('{:,}', CAST(t AS HUGEINT)) ELSE t END`,
]
