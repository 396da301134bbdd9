import type {Node} from '../syntax-tree'

/** What an expression may hold. */
export interface Readable {
  /** Names of columns by their place in the input; undefined for one that it may not read. */
  columns: readonly (string | undefined)[]
  /** Functions that give the same for the same arguments. */
  functions: ReadonlySet<string>
}

/**
 * An expression of a plan as one of a syntax tree, which can be evaluated by itself. Undefined where it holds what is not readable, or what
 * cannot be said again so that it surely means the same.
 */
export function unbind(bound: unknown, readable: Readable): Node | undefined {
  const node = bound as Node
  const again = (value: unknown) => unbind(value, readable)
  const members = (rest: Node, ...parts: readonly unknown[]): Node | undefined =>
    parts.includes(undefined) ? undefined : {...plain, ...rest}
  switch (node['expression_class']) {
    case 'BOUND_REF': {
      const name = readable.columns[Number(node['index'])]
      return members({class: 'COLUMN_REF', type: 'COLUMN_REF', column_names: [name]}, name)
    }
    case 'BOUND_CONSTANT':
      return {...plain, class: 'CONSTANT', type: 'VALUE_CONSTANT', value: node['value']}
    case 'BOUND_COMPARISON': {
      const [left, right] = [again(node['left']), again(node['right'])]
      return members({class: 'COMPARISON', type: node['type'], left, right}, left, right)
    }
    case 'BOUND_BETWEEN': {
      const [input, lower, upper] = [again(node['input']), again(node['lower']), again(node['upper'])]
      if (node['lower_inclusive'] !== true || node['upper_inclusive'] !== true) return undefined
      return members({class: 'BETWEEN', type: 'COMPARE_BETWEEN', input, lower, upper}, input, lower, upper)
    }
    case 'BOUND_CONJUNCTION':
    case 'BOUND_OPERATOR': {
      const children = (node['children'] as unknown[]).map(again)
      const kind = node['expression_class'].slice('BOUND_'.length)
      return members({class: kind, type: node['type'], children}, ...children)
    }
    case 'BOUND_CAST': {
      const child = again(node['child'])
      const {return_type: cast_type, try_cast} = node
      return members({class: 'CAST', type: 'OPERATOR_CAST', child, cast_type, try_cast}, child)
    }
    case 'BOUND_FUNCTION':
      return readable.functions.has(String(node['name'])) ? call(node, again) : undefined
    default:
      return undefined
  }
}

const plain = {alias: '', query_location: 0}

/** A function as a call of DuckDB's own. One that took an argument into itself when it was bound cannot be called again by what is left. */
function call(node: Node, again: (value: unknown) => Node | undefined): Node | undefined {
  const children = (node['children'] as unknown[]).map(again)
  const original = node['original_arguments'] as unknown[] | undefined
  const isWhole = node['has_serialize'] !== true && (original ?? []).length === 0
  if (!isWhole || children.includes(undefined)) return undefined
  return {
    ...plain,
    class: 'FUNCTION',
    type: 'FUNCTION',
    function_name: node['name'],
    catalog: 'system',
    schema: 'main',
    children,
    filter: null,
    order_bys: {type: 'ORDER_MODIFIER', orders: []},
    distinct: false,
    is_operator: false,
    export_state: false,
  }
}
