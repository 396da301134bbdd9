import {byZero, decimalDivision, refusal, unfit} from '../reasons'

const wholeTypes = {tinyint: 'TINYINT', smallint: 'SMALLINT', integer: 'INTEGER', bigint: 'BIGINT'}

/** Text that Trino casts to a decimal. */
const decimalText = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?'

/**
 * A type that depends on that of an argument is that of an expression that is never worked out: `cast_to_type` looks at no more of its second argument.
 * Text that cannot be cast is spoilt, so that the cast fails, or TRY_CAST gives NULL.
 */
export const numberMacros: readonly string[] = [
  // Halves go away from zero, and text is digits alone.
  ...Object.entries(wholeTypes).flatMap(([name, type]) =>
    ['', 'TRY_'].map(
      (attempt) => `${attempt.toLowerCase()}trino_${name}(x) AS CASE
      WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${attempt}CAST(system.main.round(TRY_CAST(CAST(x AS VARCHAR) AS DOUBLE)) AS ${type})
      WHEN typeof(x) = 'VARCHAR' THEN ${attempt}CAST(CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '\\s*[+-]?[0-9]+\\s*') THEN CAST(x AS VARCHAR)
        ELSE '${unfit}' || CAST(x AS VARCHAR) END AS ${type})
      ELSE ${attempt}CAST(x AS ${type}) END`,
    ),
  ),
  `trino_decimal_text(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN cast_to_type(CASE WHEN x IS NULL OR regexp_full_match(CAST(x AS VARCHAR), '${decimalText}')
    THEN CAST(x AS VARCHAR) ELSE '${unfit}' || CAST(x AS VARCHAR) END, x) ELSE x END`,
  "trino_is_double(x) AS typeof(x) IN ('DOUBLE', 'FLOAT')",
  `trino_double_text(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN cast_to_type(CASE WHEN system.main.contains(CAST(x AS VARCHAR), '_')
    THEN '${unfit}' || CAST(x AS VARCHAR) ELSE CAST(x AS VARCHAR) END, x) ELSE x END`,
  `trino_boolean_text(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN cast_to_type(CASE WHEN x IS NULL OR lower(CAST(x AS VARCHAR)) IN ('true', 't', '1', 'false', 'f', '0')
    THEN CAST(x AS VARCHAR) ELSE '${unfit}' || CAST(x AS VARCHAR) END, x) ELSE x END`,
  `trino_divide(a, b) AS CASE WHEN (typeof(a) LIKE 'DECIMAL%' OR typeof(b) LIKE 'DECIMAL%') AND NOT (typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT'))
      THEN cast_to_type('${decimalDivision}', a / b)
    WHEN b = 0 AND a IS NOT NULL THEN cast_to_type(CASE WHEN NOT (typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT')) THEN '${byZero}'
      WHEN CAST(a AS VARCHAR) IN ('0', '0.0', '-0.0', 'nan') THEN 'nan' WHEN CAST(a AS VARCHAR) LIKE '-%' THEN '-inf' ELSE 'inf' END, a / b)
    ELSE a / b END`,
  `trino_modulus(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL
    THEN cast_to_type(CASE WHEN typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT') THEN 'nan' ELSE '${byZero}' END, a % b)
    ELSE a % b END`,
  // Of more digits than 38 Trino keeps six behind the point, or more where there is room.
  `trino_scale(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN TRY_CAST(system.main.regexp_extract(typeof(x), ',([0-9]+)', 1) AS INTEGER) ELSE 0 END`,
  `trino_width(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN TRY_CAST(system.main.regexp_extract(typeof(x), '[0-9]+') AS INTEGER)
    ELSE CASE typeof(x) WHEN 'TINYINT' THEN 3 WHEN 'SMALLINT' THEN 5 WHEN 'INTEGER' THEN 10 WHEN 'BIGINT' THEN 19 END END`,
  `trino_multiply(a, b) AS CASE WHEN (typeof(a) LIKE 'DECIMAL%' OR typeof(b) LIKE 'DECIMAL%') AND trino_width(a) + trino_width(b) > 38
      AND trino_scale(a) + trino_scale(b) > 6
    THEN cast_to_type('${refusal('A product of decimals of more than 38 digits (cast one of them to fewer)')}', a * b) ELSE a * b END`,
  'round(x) AS system.main.round(x), (x, n) AS cast_to_type(system.main.round(x, n), x + x)',
  'ceil(x) AS cast_to_type(system.main.ceil(x), system.main.round(x))',
  'ceiling(x) AS cast_to_type(system.main.ceil(x), system.main.round(x))',
  'floor(x) AS cast_to_type(system.main.floor(x), system.main.round(x))',
  'truncate(x) AS cast_to_type(trunc(x), CASE WHEN FALSE THEN CAST(0 AS DECIMAL(1, 0)) ELSE trunc(x) END)',
  `sign(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN cast_to_type('${refusal('sign() of a decimal')}', x)
    WHEN CAST(x AS VARCHAR) = 'nan' THEN x ELSE cast_to_type(system.main.sign(x), x) END`,
  'bitwise_and(a, b) AS CAST(a AS BIGINT) & CAST(b AS BIGINT)',
  'bitwise_or(a, b) AS CAST(a AS BIGINT) | CAST(b AS BIGINT)',
  'bitwise_xor(a, b) AS xor(CAST(a AS BIGINT), CAST(b AS BIGINT))',
  'bitwise_not(a) AS ~CAST(a AS BIGINT)',
  'is_nan(x) AS isnan(x)',
  'is_finite(x) AS isfinite(CAST(x AS DOUBLE))',
  'is_infinite(x) AS isinf(CAST(x AS DOUBLE))',
  'rand() AS random()',
  'to_base(n, r) AS lower(system.main.to_base(n, r))',
  "infinity() AS CAST('infinity' AS DOUBLE)",
  "nan() AS CAST('nan' AS DOUBLE)",
  `greatest(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN system.main.greatest(a, b) END,
    (a, b, c) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL THEN system.main.greatest(a, b, c) END`,
  `least(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN system.main.least(a, b) END,
    (a, b, c) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL THEN system.main.least(a, b, c) END`,
  // An average of decimals has the digits that they have, rounded half up.
  `trino_average_text(total, n) AS CASE WHEN n = 0 OR total IS NULL THEN NULL ELSE
    trino_point(CASE WHEN total < 0 THEN '-' ELSE '' END, CAST((2 * CAST(system.main.replace(system.main.ltrim(CAST(total AS VARCHAR), '-'), '.', '') AS HUGEINT) + n) // (2 * n) AS VARCHAR),
      length(system.main.split_part(CAST(total AS VARCHAR), '.', 2))) END`,
  "trino_point(sign, digits, scale) AS CASE WHEN scale = 0 THEN sign || digits ELSE sign || CASE WHEN length(digits) > scale THEN left(digits, length(digits) - scale) ELSE '0' END || '.' || right(lpad(digits, CAST(system.main.greatest(scale, length(digits)) AS INTEGER), '0'), scale) END",
  `trino_avg(x) AS CASE WHEN typeof(any_value(x)) LIKE 'DECIMAL%' THEN cast_to_type(trino_average_text(CASE WHEN typeof(any_value(x)) LIKE 'DECIMAL%' THEN sum(x) END, count(x)), median(CASE WHEN FALSE THEN x END))
    ELSE cast_to_type(system.main.avg(x), median(CASE WHEN FALSE THEN x END)) END`,
  `trino_no_decimal(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN cast_to_type('${refusal('avg() of decimals with FILTER, DISTINCT or OVER')}', x) ELSE x END`,
  'approx_percentile(x, p) AS approx_quantile(x + CAST(0 AS BIGINT), p)',
  'approx_distinct(x) AS approx_count_distinct(x)',
  'count_if(x) AS CAST(coalesce(system.main.count_if(x), 0) AS BIGINT)',
  // Of whole numbers these are floats.
  ...['corr', 'covar_pop', 'covar_samp', 'regr_slope', 'regr_intercept'].map(
    (name) =>
      `trino_${name}(x, y) AS cast_to_type(${name}(x, y), median(CASE WHEN FALSE THEN x + CAST(0 AS FLOAT) END))`,
  ),
  `trino_skewness(x) AS skewness(x) * (count(x) - 2) / sqrt(CAST(count(x) AS DOUBLE) * (count(x) - 1))`,
]
