import {isNode, type Node} from './syntax-tree'

/** Types whose casts differ, by their names in DuckDB's tree, and the macros that cast as Trino does. */
const casts: Readonly<Record<string, string>> = {
  VARCHAR: 'trino_varchar',
  TINYINT: 'trino_tinyint',
  SMALLINT: 'trino_smallint',
  INTEGER: 'trino_integer',
  BIGINT: 'trino_bigint',
}

const operators: Readonly<Record<string, string>> = {'/': 'trino_divide', '%': 'trino_modulus'}

/**
 * Puts Trino's meaning into a query's tree where DuckDB gives another one to the same words: divisions, casts to text and to whole numbers, and the
 * digits of DECIMAL literals. Answers the names of the macros that it now needs (`defineTrinoFunctions`), and whether anything was changed.
 */
export function giveTrinosMeaning(tree: Node): {macros: ReadonlySet<string>; isChanged: boolean} {
  const macros = new Set<string>()
  let isChanged = false
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    // From the inside out: a node that is put into another one's place is complete.
    Object.values(value).forEach(visit)
    const [macro, ...parameters] = macroFor(value)
    if (macro !== undefined) {
      macros.add(macro)
      callInstead(value, macro, parameters)
    } else keepDouble(value)
    isChanged = measureLiteral(value) || macro !== undefined || isChanged
  }
  visit(tree)
  return {macros, isChanged}
}

/** The macro that has to stand in place of a node, and its arguments; nothing where DuckDB means the same. */
function macroFor(node: Node): [] | [string, ...unknown[]] {
  if (node['class'] === 'CAST') {
    const macro = casts[(node['cast_type'] as {id: string}).id]
    const child = node['child'] as Node
    if (macro === undefined || isWhole(child) || (macro === 'trino_varchar' && isText(child))) return []
    return [node['try_cast'] === true && macro !== 'trino_varchar' ? `try_${macro}` : macro, child]
  }
  const operator = node['class'] === 'FUNCTION' && node['is_operator'] === true && node['function_name']
  const macro = typeof operator === 'string' ? operators[operator] : undefined
  const children = (node['children'] ?? []) as unknown[]
  return macro === undefined || children.length !== 2 ? [] : [macro, ...children]
}

function isText(node: Node): boolean {
  return constantType(node) === 'VARCHAR'
}

/** Whole numbers are cast to each other, and to text, alike. */
function isWhole(node: Node): boolean {
  return constantType(node) === 'INTEGER' || constantType(node) === 'BIGINT'
}

function constantType(node: Node): string | undefined {
  return node['class'] === 'CONSTANT' ? (node['value'] as {type: {id: string}}).type.id : undefined
}

function callInstead(node: Node, macro: string, children: readonly unknown[]): void {
  const {alias, query_location} = node
  putInPlace(node, {
    ...{
      class: 'FUNCTION',
      type: 'FUNCTION',
      alias,
      query_location,
      function_name: macro,
      schema: '',
      children,
    },
    ...{filter: null, order_bys: {type: 'ORDER_MODIFIER', orders: []}, distinct: false},
    ...{is_operator: false, export_state: false, catalog: ''},
  })
}

/** `1e0` as a cast of its text: DuckDB would write it as `1.0` when it writes a tree, which is a decimal. */
function keepDouble(node: Node): void {
  if (constantType(node) !== 'DOUBLE') return
  const {alias, query_location, value} = node
  const child = {
    ...{class: 'CONSTANT', type: 'VALUE_CONSTANT', alias: '', query_location},
    value: {
      type: {id: 'VARCHAR', type_info: null},
      is_null: false,
      value: String((value as {value: unknown}).value),
    },
  }
  putInPlace(node, {
    ...{class: 'CAST', type: 'OPERATOR_CAST', alias, query_location, child},
    ...{cast_type: {id: 'DOUBLE', type_info: null}, try_cast: false},
  })
}

/** A node stays the same object, since others hold it. */
function putInPlace(node: Node, other: Node): void {
  for (const member of Object.keys(node)) Reflect.deleteProperty(node, member)
  Object.assign(node, other)
}

/** `DECIMAL '0.00001'` has the digits that stand there; DuckDB makes 18 of them, 3 behind the point. A literal has no place in the text, a cast has. */
function measureLiteral(node: Node): boolean {
  const type = node['cast_type'] as {id: string; type_info: Node | null} | undefined
  if (node['class'] !== 'CAST' || type?.id !== 'DECIMAL' || Number(node['query_location']) < 2 ** 63)
    return false
  const child = node['child'] as Node
  const text = constantType(child) === 'VARCHAR' ? (child['value'] as {value: unknown}).value : undefined
  const [, whole = '', fraction = ''] = /^[+-]?0*(\d*)\.?(\d*)$/.exec(String(text)) ?? []
  const width = Math.max(1, whole.length + fraction.length)
  if (width > 38 || !type.type_info) return false
  Object.assign(type.type_info, {width, scale: fraction.length})
  return true
}
