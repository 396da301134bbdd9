import {notSupported} from '../sql-failure'
import type {Node} from '../syntax-tree'
import {isInterval} from './intervals'
import {
  attempt,
  call,
  cast,
  castType,
  constantType,
  decimalType,
  functionName,
  isLiteral,
  whole,
} from './nodes'
import type {Words} from './words'

/** Types whose casts are other ones than DuckDB's, by their names in its tree, and the macros that cast as Trino does. */
const macros: Readonly<Record<string, string>> = {
  ...{TINYINT: 'trino_tinyint', SMALLINT: 'trino_smallint', INTEGER: 'trino_integer', BIGINT: 'trino_bigint'},
  ...{TIMESTAMP: 'trino_timestamp', DATE: 'trino_date', 'TIMESTAMP WITH TIME ZONE': 'trino_zoned'},
}

/** What the child of a cast goes through before it is cast. */
const sieves: Readonly<Record<string, string>> = {DOUBLE: 'trino_double_text', BOOLEAN: 'trino_boolean_text'}

/** Functions of which the result is a timestamp, so that a cast to one changes nothing. */
const timestamps = new Set(['timezone', 'trino_iso_wall', 'trino_iso_utc'])

/** Casts whose type is known, whatever stands in their place by now. A cast of one of them needs none of the cases that cost a copy of it each. */
const castTo = new WeakMap<Node, string>()

/** Types whose values are the same text to Trino and DuckDB; of decimals those with digits before the point, for DuckDB writes `.10`. */
const plainTexts = new Set(['DECIMAL', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'VARCHAR'])

/** Aggregates and ranks that are BIGINT to both. */
const counts = new Set(['count', 'count_star', 'row_number', 'rank', 'dense_rank'])

/** What has to stand in place of a cast so that it casts as Trino does; undefined where DuckDB does. */
export function castAsTrino(node: Node, words: Words): Node | undefined {
  const type = castType(node)
  if (type === undefined) return undefined
  const other = isLiteral(node) ? literal(node, type) : castOf(node, type, words)
  // A literal has other digits than the cast that stood for it.
  const made = other && castType(other) !== undefined ? other : node
  if (!isFraction(type, made['cast_type'] as CastType)) castTo.set(node, type)
  return other
}

/** A type as DuckDB's tree has it. */
interface CastType {
  type_info?: {width?: number; scale?: number} | null
}

/** Whether a decimal has no digit before the point. */
function isFraction(type: string, {type_info: info}: CastType): boolean {
  return type === 'DECIMAL' && info?.width !== undefined && info.width === info.scale
}

function isPlainConstant(node: Node): boolean {
  const type = constantType(node)
  if (type === undefined || type === 'DOUBLE') return false
  return !isFraction(type, (node['value'] as Node)['type'] as CastType)
}

function knownType(node: Node): string | undefined {
  return castTo.get(node) ?? (counts.has(functionName(node) ?? '') ? 'BIGINT' : undefined)
}

function castOf(node: Node, type: string, words: Words): Node | undefined {
  const [child, isTry] = [node['child'] as Node, node['try_cast'] === true]
  if (constantType(child) === 'NULL') return undefined
  const attempted = (macro: string) => call(isTry ? `try_${macro}` : macro, child)
  const target = words.castTarget(node['query_location'])
  switch (type) {
    case 'VARCHAR':
      return toText(child, isTry, target)
    case 'DECIMAL':
      return toDecimal(node, child, isTry, target?.numbers.length === 0)
    case 'UNBOUND':
      return isJson(node) ? call('trino_to_json', child) : undefined
    case 'TIMESTAMP':
      return timestamps.has(functionName(child) ?? '') ? undefined : attempted('trino_timestamp')
    case 'TIMESTAMP_S':
      throw notSupported('A timestamp without fractions of a second')
    case 'TIMESTAMP_MS':
      return attempted('trino_timestamp')
    default:
      return isWhole(child) ? undefined : sieveOrMacro(node, type, attempted)
  }
}

function isJson(node: Node): boolean {
  const {type_info: info} = node['cast_type'] as {type_info: {name?: string} | null}
  return info?.name?.toUpperCase() === 'JSON'
}

function sieveOrMacro(node: Node, type: string, attempted: (macro: string) => Node): Node | undefined {
  const [sieve, macro] = [sieves[type], macros[type]]
  if (sieve !== undefined) return {...node, child: call(sieve, node['child'])}
  return macro === undefined ? undefined : attempted(macro)
}

/** `DECIMAL '0.00001'` has the digits that stand there; DuckDB makes 18 of them, 3 behind the point. */
function literal(node: Node, type: string): Node | undefined {
  const child = node['child'] as Node
  const info = (node['cast_type'] as {type_info: Node | null}).type_info
  if (type !== 'DECIMAL' || !info || constantType(child) !== 'VARCHAR') return undefined
  const [, digits = '', fraction = ''] =
    /^[+-]?0*(\d*)\.?(\d*)$/.exec(String((child['value'] as Node)['value'])) ?? []
  const width = Math.max(1, digits.length + fraction.length)
  return width > 38 ? undefined : cast(child, 'DECIMAL', decimalType(width, fraction.length))
}

function toText(
  child: Node,
  isTry: boolean,
  target: {name: string; numbers: number[]} | undefined,
): Node | undefined {
  if (target?.name === 'char') throw notSupported('CHAR (cast to VARCHAR)')
  const [length] = target?.numbers ?? []
  if (length === undefined && isInterval(child)) return call('trino_interval', child)
  const isPlain = isPlainConstant(child) || plainTexts.has(knownType(child) ?? '')
  const text = isPlain ? cast(child, 'VARCHAR') : call('trino_varchar', child)
  if (length === undefined) return isPlain ? undefined : text
  const cut = call('trino_cut', text, whole(length), call('trino_is_text', child))
  return isTry ? attempt(cut) : cut
}

function toDecimal(node: Node, child: Node, isTry: boolean, isPlain: boolean): Node | undefined {
  const info = isPlain ? decimalType(38, 0) : ((node['cast_type'] as Node)['type_info'] as Node)
  const to = (value: Node) => cast(value, 'DECIMAL', info, isTry)
  if (isWhole(child)) return isPlain ? to(child) : undefined
  if (constantType(child) === 'VARCHAR') return to(call('trino_decimal_text', child))
  // A double is what its digits say, as for Java.
  return {
    ...{class: 'CASE', type: 'CASE_EXPR', alias: '', query_location: 0},
    case_checks: [{when_expr: call('trino_is_double', child), then_expr: to(cast(child, 'VARCHAR'))}],
    else_expr: to(call('trino_decimal_text', child)),
  }
}

/** Whole numbers are cast to each other, and to text, alike. */
function isWhole(node: Node): boolean {
  return [constantType(node), knownType(node)].some((type) => type === 'INTEGER' || type === 'BIGINT')
}
