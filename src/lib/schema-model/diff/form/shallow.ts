import {own, type JsonObject} from '../../json-object'
import {memberPlace, requiredNames} from './members'
import type {Side} from './side'
import {kindOf, kinds, valueKey, type Kind} from './values'

type Nodes = readonly JsonObject[]

/** What the `type`, `enum` and `const` of schemas say together, their unions left out. */
export interface Shallow {
  kinds: ReadonlySet<Kind>
  /** Numbers without a fraction alone. */
  integral: boolean
  /** The only values there can be; undefined where they are not listed. */
  values: readonly unknown[] | undefined
}

function typesOf(node: JsonObject): string[] | undefined {
  const type = own(node, 'type')
  return type === undefined ? undefined : ([type].flat() as string[])
}

/** int32 and int64 are whole numbers, also where the type says `number`. */
function isIntegral(node: JsonObject): boolean {
  const types = typesOf(node)
  const format = own(node, 'format')
  return (types?.includes('integer') && !types.includes('number')) || format === 'int32' || format === 'int64'
}

function listOf(node: JsonObject): unknown[] | undefined {
  if (Object.hasOwn(node, 'const')) return [node.const]
  return Array.isArray(node.enum) ? node.enum : undefined
}

/** What schemas that all hold say of kinds and values. */
export function shallowOf(nodes: Nodes): Shallow {
  let allowed: Kind[] = [...kinds]
  let values: readonly unknown[] | undefined
  for (const node of nodes) {
    const types = typesOf(node)
    if (types)
      allowed = allowed.filter(
        (kind) => types.includes(kind) || (kind === 'number' && types.includes('integer')),
      )
    const list = listOf(node)
    if (list) {
      const keys = new Set(list.map(valueKey))
      values = values === undefined ? list : values.filter((value) => keys.has(valueKey(value)))
    }
  }
  const listed = values && new Set(values.map(kindOf))
  return {
    kinds: new Set(listed ? allowed.filter((kind) => listed.has(kind)) : allowed),
    integral: nodes.some(isIntegral),
    values,
  }
}

function haveNothingInCommon(a: Shallow, b: Shallow): boolean {
  if ([...a.kinds].every((kind) => !b.kinds.has(kind))) return true
  if (!a.values || !b.values) return false
  const keys = new Set(a.values.map(valueKey))
  return b.values.every((value) => !keys.has(valueKey(value)))
}

/**
 * Whether it is plain that no value satisfies both: by their types, by their listed values, or by those of a member that one of them
 * requires (`kind: {const: "card"}`).
 */
export function areDisjoint(side: Side, a: Nodes, b: Nodes): boolean {
  const shallow = [shallowOf(a), shallowOf(b)] as const
  if (haveNothingInCommon(...shallow)) return true
  if (shallow.some(({kinds: some}) => some.size > 1 || !some.has('object'))) return false
  return [...requiredNames(a), ...requiredNames(b)].some((name) => {
    const [first, second] = [memberPlace(side, a, name), memberPlace(side, b, name)]
    if (first.isNever || second.isNever) return true
    return haveNothingInCommon(shallowOf(first.nodes), shallowOf(second.nodes))
  })
}
