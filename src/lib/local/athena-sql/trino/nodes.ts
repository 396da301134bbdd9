import {isNode, type Node} from '../syntax-tree'

/** A text as a node. */
export function text(value: string): Node {
  return constant('VARCHAR', value)
}

export function whole(value: number): Node {
  return constant('INTEGER', value)
}

function constant(type: string, value: unknown): Node {
  const plain = {alias: '', query_location: 0}
  return {
    ...plain,
    ...{class: 'CONSTANT', type: 'VALUE_CONSTANT'},
    value: {type: {id: type, type_info: null}, is_null: false, value},
  }
}

/** A call of a function or a macro. */
export function call(name: string, ...children: unknown[]): Node {
  return {
    ...{class: 'FUNCTION', type: 'FUNCTION', alias: '', query_location: 0, function_name: name, schema: ''},
    ...{children, filter: null, order_bys: {type: 'ORDER_MODIFIER', orders: []}, distinct: false},
    ...{is_operator: false, export_state: false, catalog: ''},
  }
}

/** A cast to a type by its name in DuckDB's tree. */
export function cast(child: unknown, id: string, info: Node | null = null, attempt = false): Node {
  return {
    ...{class: 'CAST', type: 'OPERATOR_CAST', alias: '', query_location: 0, child},
    ...{cast_type: {id, type_info: info}, try_cast: attempt},
  }
}

/** Digits as a decimal of so many of them. */
export function decimal(digits: string, width: number, scale: number): Node {
  return cast(text(digits), 'DECIMAL', decimalType(width, scale))
}

export function decimalType(width: number, scale: number): Node {
  return {type: 'DECIMAL_TYPE_INFO', alias: '', extension_info: null, width, scale}
}

export function listOf(id: string): Node {
  return {type: 'LIST_TYPE_INFO', alias: '', extension_info: null, child_type: {id, type_info: null}}
}

/** `TRY(child)`. */
export function attempt(child: unknown): Node {
  return {class: 'OPERATOR', type: 'OPERATOR_TRY', alias: '', query_location: 0, children: [child]}
}

/** Puts another node into a node's place, which keeps its alias and stays the same object, since others hold it. */
export function putInPlace(node: Node, other: Node): void {
  const {alias, query_location} = node
  for (const member of Object.keys(node)) Reflect.deleteProperty(node, member)
  Object.assign(node, other, {alias, query_location})
}

/** The same node as another object. */
export function copyOf(node: Node): Node {
  return {...node, alias: ''}
}

/** The type of a constant by its name in DuckDB's tree; undefined where the node is none. */
export function constantType(node: unknown): string | undefined {
  return isNode(node) && node['class'] === 'CONSTANT'
    ? (node['value'] as {type: {id: string}}).type.id
    : undefined
}

/** The text of a constant that is one. */
export function textOf(node: unknown): string | undefined {
  if (constantType(node) !== 'VARCHAR') return undefined
  return String(((node as Node)['value'] as {value: unknown}).value)
}

/** Whether a cast is a literal such as `DATE '2026-11-01'`: it has no place in the text, a cast has; nor has `date(x)`, which is one of anything. */
export function isLiteral(node: Node): boolean {
  return (
    node['class'] === 'CAST' && node['query_location'] === undefined && textOf(node['child']) !== undefined
  )
}

export function castType(node: Node): string | undefined {
  return node['class'] === 'CAST' ? (node['cast_type'] as {id: string}).id : undefined
}

/** The function that a node calls, in small letters; an operator is none. */
export function functionName(node: Node): string | undefined {
  const isCall = node['class'] === 'FUNCTION' && node['is_operator'] !== true
  return isCall ? String(node['function_name']).toLowerCase() : undefined
}

export function operatorName(node: Node): string | undefined {
  return node['class'] === 'FUNCTION' && node['is_operator'] === true
    ? String(node['function_name'])
    : undefined
}

export function childrenOf(node: Node): Node[] {
  return (node['children'] ?? []) as Node[]
}
