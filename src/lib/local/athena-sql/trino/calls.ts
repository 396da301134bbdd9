import {notSupported, SqlFailure} from '../sql-failure'
import type {Node} from '../syntax-tree'
import {formatted} from './format'
import {fromTrinoPath} from './json-path'
import {
  call,
  cast,
  castType,
  childrenOf,
  constantType,
  decimalType,
  functionName,
  listOf,
  isLiteral,
  text,
  textOf,
} from './nodes'
import {fromJoda, fromMysql} from './patterns'
import {fromJava} from './replacement'

type Rewrite = (children: Node[], node: Node) => Node | undefined

const refuse =
  (what: string): Rewrite =>
  () => {
    throw notSupported(what)
  }

/** Parts of a time that EXTRACT names, as DuckDB does. */
const parts: Readonly<Record<string, string>> = {
  ...{
    dow: 'isodow',
    day_of_week: 'isodow',
    day_of_month: 'day',
    day_of_year: 'doy',
    year_of_week: 'isoyear',
    yow: 'isoyear',
  },
}

/** Calls whose meaning hangs on what their arguments say, or on more than a macro can do, by the function's name. */
const rewrites: Readonly<Record<string, Rewrite>> = {
  typeof: ([value]) =>
    value && textOf(value) !== undefined
      ? text(`varchar(${Array.from(textOf(value) ?? '').length})`)
      : call('trino_typeof', value),
  date_format: ([time, format]) => call('strftime', time, text(fromMysql(said(format, 'A format of dates')))),
  date_parse: ([words, format]) =>
    parsed(words, fromMysql(said(format, 'A format of dates')).replaceAll(/%-/g, '%')),
  format_datetime: ([time, pattern]) =>
    call('strftime', time, text(fromJoda(said(pattern, 'A pattern of dates')))),
  parse_datetime: ([words, pattern]) =>
    call(
      'timezone',
      text('UTC'),
      parsed(words, fromJoda(said(pattern, 'A pattern of dates')).replaceAll(/%-/g, '%')),
    ),
  date_part: ([part, time]) => {
    const name = textOf(part)?.toLowerCase() ?? ''
    if (name === 'epoch') throw new SqlFailure(`SYNTAX_ERROR: line 1:1: Invalid EXTRACT field: epoch`, 1006)
    return parts[name] === undefined ? undefined : call('date_part', text(parts[name]), time)
  },
  date_trunc: ([unit, time]) => call('date_trunc', text(unitOf(unit)), withClock(unitOf(unit), time)),
  date_diff: ([unit, from, to]) =>
    call('date_diff', text(unitOf(unit)), withClock(unitOf(unit), from), withClock(unitOf(unit), to)),
  date_add: ([unit, count, time]) => call(`trino_add_${unitOf(unit)}`, count, withClock(unitOf(unit), time)),
  json_extract_scalar: (children, node) => withPath(node, children),
  json_extract: (children, node) => withPath(node, children),
  json_size: (children, node) => withPath(node, children),
  json_value: refuse('json_value()'),
  json_exists: refuse('json_exists()'),
  json_query: refuse('json_query()'),
  json_array: refuse('json_array()'),
  json_object: refuse('json_object()'),
  format: ([pattern, ...given]) => formatted(said(pattern, 'A format'), given),
  regexp_replace: ([value, pattern, replacement]) => {
    if (replacement === undefined) return undefined
    if (replacement['class'] === 'LAMBDA') throw notSupported('regexp_replace() with a function')
    const [regex, words] = [textOf(pattern), textOf(replacement)]
    if (regex === undefined || words === undefined) return undefined
    return {
      ...call('regexp_replace', value, pattern, text(fromJava(words, regex)), text('g')),
      catalog: 'system',
      schema: 'main',
    }
  },
  concat_ws: (children) => {
    const [separator, list] = children
    if (children.length !== 2 || !list) return undefined
    const isList =
      list['type'] === 'ARRAY_CONSTRUCTOR' || ['split', 'array_agg'].includes(functionName(list) ?? '')
    return call(
      isList ? 'array_to_string' : 'trino_concat_ws',
      list && isList ? list : separator,
      isList ? separator : list,
    )
  },
  max_by: (children, node) =>
    children.length === 2
      ? {...node, function_name: 'arg_max_null'}
      : refuse('max_by() of several')(children, node),
  min_by: (children, node) =>
    children.length === 2
      ? {...node, function_name: 'arg_min_null'}
      : refuse('min_by() of several')(children, node),
  avg: (children, node) => {
    return isPlain(node)
      ? call('trino_avg', ...children)
      : {...node, children: [call('trino_no_decimal', children[0])]}
  },
  ...Object.fromEntries(
    ['corr', 'covar_pop', 'covar_samp', 'regr_slope', 'regr_intercept', 'skewness'].map(
      (name): [string, Rewrite] => [
        name,
        (children, node) =>
          isPlain(node)
            ? call(`trino_${name}`, ...children)
            : refuse(`${name}() with FILTER or DISTINCT`)(children, node),
      ],
    ),
  ),
  concat: arrayOfNull,
  ceil: typeNull,
  ceiling: typeNull,
  floor: typeNull,
  abs: typeNull,
  truncate: ([value]) =>
    isNull(value) ? call('truncate', cast(value, 'DECIMAL', decimalType(1, 0))) : undefined,
  transform: (children) => call('list_transform', ...children),
  any_match: (children) => call('trino_any', call('list_transform', ...children)),
  all_match: (children) => call('trino_all', call('list_transform', ...children)),
  none_match: (children) => negated(call('trino_any', call('list_transform', ...children))),
  to_iso8601: ([time]) => {
    const literal = secondsOnly(time)
    return literal === undefined ? undefined : text(literal.replace(' ', 'T'))
  },
  trino_varchar: ([time]) => {
    const literal = secondsOnly(time)
    return literal === undefined ? undefined : text(literal)
  },
}

/** What has to stand in place of a call so that it means what it does to Trino; undefined where nothing has to. */
export function callAsTrino(node: Node): Node | undefined {
  const name = functionName(node)
  return name === undefined ? undefined : rewrites[name]?.(childrenOf(node), node)
}

function said(node: Node | undefined, what: string): string {
  const words = textOf(node)
  if (words === undefined) throw notSupported(`${what} that is not a literal`)
  return words
}

/** A part of a time that the format leaves out is that of 1970-01-01; DuckDB begins in 1900. */
function parsed(words: Node | undefined, format: string): Node {
  const hasYear = /%[YyG]/.test(format)
  const named = hasYear ? words : {...call('||', text('1970 '), words), is_operator: true}
  return call('strptime', named, text(hasYear ? format : `%Y ${format}`))
}

const units = ['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']

function unitOf(node: Node | undefined): string {
  const unit = said(node, 'A unit of time').toLowerCase()
  if (units.includes(unit)) return unit
  throw new SqlFailure(`INVALID_FUNCTION_ARGUMENT: '${unit}' is not a valid TIMESTAMP field`)
}

/** Less than a day is no unit of dates. */
function withClock(unit: string, time: Node | undefined): Node {
  return units.indexOf(unit) < units.indexOf('day') ? call('trino_with_clock', time) : (time as Node)
}

function isPlain(node: Node): boolean {
  return node['filter'] === null && node['distinct'] === false
}

export function isNull(node: Node | undefined): boolean {
  return constantType(node) === 'NULL'
}

/** A NULL without a type is Trino's least number where a number has to be. */
function typeNull(children: Node[], node: Node): Node | undefined {
  return children.length === 1 && isNull(children[0])
    ? {...node, children: [cast(children[0], 'TINYINT')]}
    : undefined
}

/** Where a NULL without a type is put behind text, or before it, Trino takes both for arrays. */
export function arrayOfNull(children: readonly Node[]): Node | undefined {
  const isSo =
    children.some(isNull) && children.every((child) => isNull(child) || textOf(child) !== undefined)
  return isSo ? cast(children.find(isNull), 'LIST', listOf('VARCHAR')) : undefined
}

function withPath(node: Node, [json, path]: readonly Node[]): Node | undefined {
  if (isNull(path)) return undefined
  return {...node, children: [json, text(fromTrinoPath(said(path, 'A JSON path')))]}
}

function negated(child: Node): Node {
  return {class: 'OPERATOR', type: 'OPERATOR_NOT', alias: '', query_location: 0, children: [child]}
}

/** The words of a literal `TIMESTAMP '2026-11-01 10:00:00'` without fractions, which Trino shows without them. */
function secondsOnly(node: Node | undefined): string | undefined {
  if (!node || castType(node) !== 'TIMESTAMP' || !isLiteral(node)) return undefined
  const words = textOf(node['child'])
  return words !== undefined && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(words) ? words : undefined
}
