import {toRegExp} from '../../check/ajv'
import {isJsonObject, own, type JsonObject} from '../../json-object'
import type {Place, Side} from './side'

type Nodes = readonly JsonObject[]

function mapsUnder(nodes: Nodes, keyword: string): JsonObject[] {
  return nodes.map((node) => own(node, keyword)).filter(isJsonObject)
}

/** The names that a schema declares as properties. */
export function declaredNames(nodes: Nodes): Set<string> {
  return new Set(mapsUnder(nodes, 'properties').flatMap((properties) => Object.keys(properties)))
}

/** The names without which no object is valid. */
export function requiredNames(nodes: Nodes): Set<string> {
  const lists = nodes.map((node) => own(node, 'required')).filter(Array.isArray) as string[][]
  return new Set(lists.flat())
}

/** The patterns that names of members are held against. */
export function namePatterns(nodes: Nodes): Set<string> {
  return new Set(mapsUnder(nodes, 'patternProperties').flatMap((patterns) => Object.keys(patterns)))
}

/** What may stand under a name. */
export function memberPlace(side: Side, nodes: Nodes, name: string): Place {
  return side.place(nodes.flatMap((node) => schemasOfMember(node, name)))
}

function schemasOfMember(node: JsonObject, name: string): unknown[] {
  const declared = own(node, 'properties')
  const found: unknown[] = isJsonObject(declared) && Object.hasOwn(declared, name) ? [declared[name]] : []
  const patterns = own(node, 'patternProperties')
  for (const [pattern, schema] of isJsonObject(patterns) ? Object.entries(patterns) : []) {
    if (toRegExp(pattern, 'u').test(name)) found.push(schema)
  }
  const others = own(node, 'additionalProperties')
  return found.length > 0 || others === undefined ? found : [others]
}

/** What may stand under a name that no schema declares and no pattern matches. */
export function otherPlace(side: Side, nodes: Nodes): Place {
  return side.place(
    nodes.flatMap((node) => (Object.hasOwn(node, 'additionalProperties') ? [node.additionalProperties] : [])),
  )
}

/** What at least is asked of a member whose name matches a pattern. */
export function patternPlace(side: Side, nodes: Nodes, pattern: string): Place {
  return side.place(
    mapsUnder(nodes, 'patternProperties').flatMap((patterns) =>
      Object.hasOwn(patterns, pattern) ? [patterns[pattern]] : [],
    ),
  )
}
