import {failing, failWith, refusal} from '../reasons'

/** Arrays, maps and JSON. */
export const structureMacros: readonly string[] = [
  'trino_has_null(a) AS list_count(a) < len(a)',
  'cardinality(a) AS CAST(len(a) AS BIGINT)',
  'element_at(a, i) AS a[i]',
  `contains(a, x) AS CASE WHEN a IS NULL OR x IS NULL THEN NULL WHEN list_contains(a, x) THEN TRUE WHEN trino_has_null(a) THEN NULL ELSE FALSE END`,
  `array_join(a, d) AS CASE WHEN a IS NULL OR d IS NULL THEN NULL
    ELSE coalesce(array_to_string(list_transform(a, lambda x: CASE WHEN x IS NULL THEN NULL ELSE trino_varchar(x) END), d), '') END,
    (a, d, n) AS CASE WHEN a IS NULL OR d IS NULL OR n IS NULL THEN NULL
    ELSE coalesce(array_to_string(list_transform(a, lambda x: coalesce(trino_varchar(x), n)), d), '') END`,
  'array_max(a) AS CASE WHEN NOT trino_has_null(a) THEN list_max(a) END',
  'array_min(a) AS CASE WHEN NOT trino_has_null(a) THEN list_min(a) END',
  // In the order in which they first come.
  'trino_distinct(a) AS list_filter(a, lambda x, i: list_position(a, x) = i)',
  'array_distinct(a) AS trino_distinct(a)',
  'trino_holds(a, x) AS list_contains(a, x) OR (x IS NULL AND trino_has_null(a))',
  'array_intersect(a, b) AS list_filter(trino_distinct(a), lambda x: coalesce(trino_holds(b, x), x IS NULL AND trino_has_null(b)))',
  'array_except(a, b) AS list_filter(trino_distinct(a), lambda x: NOT coalesce(trino_holds(b, x), x IS NULL AND trino_has_null(b)))',
  'array_union(a, b) AS trino_distinct(list_concat(a, b))',
  'array_remove(a, x) AS CASE WHEN a IS NULL OR x IS NULL THEN NULL ELSE list_filter(a, lambda y: y IS NULL OR y <> x) END',
  `arrays_overlap(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN list_has_any(a, b) THEN TRUE
    WHEN len(a) > 0 AND len(b) > 0 AND (trino_has_null(a) OR trino_has_null(b)) THEN NULL ELSE FALSE END`,
  'array_position(a, x) AS CAST(CASE WHEN a IS NOT NULL AND x IS NOT NULL THEN coalesce(list_position(a, x), 0) END AS BIGINT)',
  'sequence(a, b) AS CASE WHEN a <= b THEN generate_series(a, b) ELSE generate_series(a, b, -1) END, (a, b, s) AS generate_series(a, b, s)',
  'repeat(x, n) AS list_transform(range(CAST(n AS BIGINT)), lambda i: x)',
  'map_entries(m) AS list_transform(system.main.map_entries(m), lambda e: struct_pack(field0 := e.key, field1 := e.value))',
  // Of what a predicate says of each element.
  'trino_any(b) AS CASE WHEN list_contains(b, TRUE) THEN TRUE WHEN trino_has_null(b) THEN NULL WHEN b IS NOT NULL THEN FALSE END',
  'trino_all(b) AS CASE WHEN list_contains(b, FALSE) THEN FALSE WHEN trino_has_null(b) THEN NULL WHEN b IS NOT NULL THEN TRUE END',
  // What Trino's scalar is: no object, no array, nothing where the text is no JSON. A number stands as it is written, which DuckDB tells of most alone.
  `json_extract_scalar(j, p) AS CASE WHEN json_valid(CAST(j AS VARCHAR)) THEN
    CASE json_type(CAST(j AS VARCHAR), p) WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL
    WHEN 'DOUBLE' THEN trino_json_number(CAST(j AS VARCHAR), json_extract_string(CAST(j AS VARCHAR), p))
    ELSE json_extract_string(CAST(j AS VARCHAR), p) END END`,
  `trino_json_number(j, n) AS CASE WHEN regexp_matches(j, '(^|[^0-9.eE+-])' || system.main.replace(system.main.replace(n, '.', '[.]'), '+', '[+]') || '($|[^0-9.eE+-])') THEN n
    ELSE ${failWith(refusal('A number in JSON with zeros at its end or with an exponent'))} END`,
  'json_parse(s) AS CAST(s AS JSON)',
  `json_format(j) AS CASE WHEN json_type(CAST(j AS VARCHAR)) = 'OBJECT' AND json_keys(CAST(j AS VARCHAR)) <> list_sort(json_keys(CAST(j AS VARCHAR)))
    THEN ${failWith(refusal('json_format() of an object whose keys are not in order'))} ELSE CAST(json(CAST(j AS VARCHAR)) AS VARCHAR) END`,
  "json_array_length(j) AS CASE WHEN json_valid(CAST(j AS VARCHAR)) AND json_type(CAST(j AS VARCHAR)) = 'ARRAY' THEN CAST(system.main.json_array_length(CAST(j AS VARCHAR)) AS BIGINT) END",
  `trino_json_varchar(j) AS CASE WHEN json_type(j) IN ('OBJECT', 'ARRAY') THEN ${failWith(`${failing}INVALID_CAST_ARGUMENT: Cannot cast JSON object or array to varchar`)}
    WHEN json_type(j) <> 'NULL' THEN json_extract_string(j, '$') END`,
  `trino_to_json(x) AS CASE WHEN typeof(x) LIKE '%STRUCT%' OR typeof(x) LIKE 'TIMESTAMP%'
    THEN CAST(${failWith(refusal('A cast of a row or a time to JSON'))} AS JSON) ELSE to_json(x) END`,
  "json_size(j, p) AS CASE json_type(j, p) WHEN 'OBJECT' THEN CAST(len(json_keys(j, p)) AS BIGINT) WHEN 'ARRAY' THEN CAST(system.main.json_array_length(j, p) AS BIGINT) WHEN NULL THEN NULL ELSE CASE WHEN json_type(j, p) IS NOT NULL THEN CAST(0 AS BIGINT) END END",
]
