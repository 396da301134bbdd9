import {notSupported} from '../sql-failure'
import {isNode, type Node} from '../syntax-tree'
import {arrayOfNull, callAsTrino, isNull} from './calls'
import {castAsTrino} from './casts'
import {isInterval} from './intervals'
import {
  call,
  cast,
  childrenOf,
  constantType,
  copyOf,
  decimal,
  functionName,
  operatorName,
  putInPlace,
  text,
} from './nodes'
import {Words} from './words'
import {settleZones} from './zones'

/**
 * Puts Trino's meaning into a query's tree where DuckDB gives another one to the same words, and what the tree has lost of its text (`sql`). Answers the
 * names of the macros that it now needs (`defineTrinoFunctions`), and whether anything was changed. Throws SqlFailure (NOT_SUPPORTED) on what cannot be said
 * so that it means the same.
 */
export function giveTrinosMeaning(
  tree: Node,
  sql: string,
): {macros: ReadonlySet<string>; isChanged: boolean} {
  const words = new Words(sql)
  const macros = new Set<string>()
  let isChanged = settleZones(tree)
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    // From the inside out: a node that is put into another one's place is complete.
    Object.values(value).forEach(visit)
    for (const mean of [constantAsTrino, castAsTrino, operatorAsTrino, callAsTrino, rowAsTrino]) {
      const other = mean(value, words)
      if (other === undefined) continue
      putInPlace(value, other)
      isChanged = true
    }
  }
  visit(tree)
  for (const name of macrosIn(tree)) macros.add(name)
  return {macros, isChanged}
}

function macrosIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(macrosIn)
  if (!isNode(value)) return []
  const name = functionName(value)
  return [...(name === undefined ? [] : [name]), ...Object.values(value).flatMap(macrosIn)]
}

/** What has to stand in place of an operator. */
function operatorAsTrino(node: Node): Node | undefined {
  if (node['type'] === 'GROUPING_FUNCTION') return cast(copyOf(node), 'INTEGER')
  const [operator, children] = [operatorName(node), childrenOf(node)]
  const [left, right] = children
  if (!left || !right) return undefined
  switch (operator) {
    case '/':
      return call('trino_divide', left, right)
    case '||':
      return arrayOfNull(children)
    case '%':
      if (isNull(left) && isNull(right))
        return call('trino_modulus', cast(left, 'TINYINT'), cast(right, 'TINYINT'))
      return call('trino_modulus', left, right)
    case '*':
      return product(left, right)
    case '+':
      return sum(left, right)
    case '-':
      return difference(left, right)
    default:
      return undefined
  }
}

function sum(left: Node, right: Node): Node | undefined {
  if (isInterval(right)) return call('trino_later', left, right)
  return isInterval(left) ? call('trino_later', right, left) : undefined
}

function difference(left: Node, right: Node): Node | undefined {
  if (isInterval(right)) return call('trino_earlier', left, right)
  return isConstant(left) || isConstant(right) ? undefined : call('trino_minus', left, right)
}

function product(left: Node, right: Node): Node | undefined {
  const isPlain = isInterval(left) || isInterval(right) || (isConstant(left) && isConstant(right))
  return isPlain ? undefined : call('trino_multiply', left, right)
}

function isConstant(node: Node): boolean {
  return constantType(node) !== undefined
}

/** Constants that DuckDB reads as other ones, or would write as other ones when it writes a tree. */
function constantAsTrino(node: Node, words: Words): Node | undefined {
  const [type, place] = [constantType(node), node['query_location']]
  const {value, type: described} = (node['value'] ?? {}) as {value: unknown; type?: {type_info: Node | null}}
  if (type === 'VARCHAR') {
    const digits = words.binary(place)
    return digits === undefined ? undefined : call('unhex', text(digits))
  }
  if (type === 'INTEGER' && value === 0) {
    const digits = words.radixNumber(place)
    if (digits === undefined) return undefined
    // DuckDB takes what stands behind the 0 for an alias.
    node['alias'] = ''
    return cast(text(digits), BigInt(digits) < 2n ** 31n ? 'INTEGER' : 'BIGINT')
  }
  // `1e0` would become `1.0`, which is a decimal.
  if (type === 'DOUBLE') return cast(text(String(value)), 'DOUBLE')
  return type === 'DECIMAL' ? decimalAsTrino(value, described?.type_info ?? {}) : undefined
}

/** `0.10` has two digits and not three; `5.` would become 5. */
function decimalAsTrino(value: unknown, {scale}: Node): Node | undefined {
  const [digits, behind] = [String(value), Number(scale)]
  const isSmall = behind > 0 && digits.replace('-', '').length <= behind
  if (behind !== 0 && !isSmall) return undefined
  const padded = digits.replace('-', '').padStart(behind, '0')
  return decimal(
    behind === 0 ? digits : `${digits.startsWith('-') ? '-' : ''}0.${padded}`,
    isSmall ? behind : Math.max(1, digits.replace('-', '').length),
    behind,
  )
}

/** Fields of a row without names are field0, field1, ... where it leaves the query. */
function rowAsTrino(node: Node): Node | undefined {
  if (node['type'] === 'TABLE_FUNCTION') refuseRows(node)
  if (node['type'] !== 'SELECT_NODE') return undefined
  for (const item of node['select_list'] as Node[]) nameFields(item)
  return undefined
}

function nameFields(item: Node): void {
  if (item['type'] === 'ARRAY_CONSTRUCTOR') childrenOf(item).forEach(nameFields)
  if (functionName(item) !== 'row' || item['schema'] !== 'main') return
  const fields = childrenOf(item).map((child, place) => ({...child, alias: `field${place}`}))
  putInPlace(item, call('struct_pack', ...fields))
}

/** Trino makes columns of the fields of rows and of the keys and values of maps; DuckDB does not. */
function refuseRows(table: Node): void {
  const names = (table['column_name_alias'] ?? []) as unknown[]
  const lists = childrenOf(table['function'] as Node)
  const isOrdinal = table['with_ordinality'] === 'WITH_ORDINALITY'
  if (names.length > lists.length + (isOrdinal ? 1 : 0)) {
    throw notSupported('UNNEST of rows or of a map into several columns')
  }
}
