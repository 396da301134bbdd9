import {isJsonObject, own, type JsonObject} from '../json-object'
import {toRegExp} from '../check/ajv'
import {nouns} from './formats'
import type {TextTools} from './texts'
import {entriesSaid, numbersSaid, said, textsSaid} from './wish'

interface Chosen {
  /** The members that are made. */
  all: string[]
  /** Schemas that the whole object must keep because of them (`dependentSchemas`). */
  dependents: unknown[]
}

/** Makes a name for which these schemas hold. */
type NameMaker = (schemas: readonly unknown[]) => string | undefined

/** Chooses the members of an object: what is required, with what depends on it, and of the rest a share of `1 - sparseness`. */
export function chosenNames(
  nodes: readonly JsonObject[],
  sparseness: number,
  {chance}: TextTools,
  nameOf: NameMaker,
): Chosen {
  const required = textsSaid(nodes, 'required')
  const declared = entriesSaid(nodes, 'properties').flatMap(([name, schema]) =>
    schema === false ? [] : [name],
  )
  const min = Math.max(0, ...numbersSaid(nodes, 'minProperties'))
  const max = Math.min(...numbersSaid(nodes, 'maxProperties'), Infinity)
  const names = new Set(withDependents(required, nodes))
  const optional = chance.shuffled([...new Set(declared)].filter((name) => !names.has(name)))
  for (const name of optional) {
    if (names.size >= max) break
    if (names.size >= min && chance.uniform() < sparseness) continue
    for (const one of withDependents([name], nodes)) names.add(one)
  }
  const wanted = sparseness === 1 ? min : Math.min(max, names.size + chance.between(1, 3))
  for (let tries = 0; names.size < Math.max(min, isMap(nodes) ? wanted : 0) && tries < 50; tries++) {
    const name = freeName(nodes, nameOf, chance.pick(nouns) ?? '', tries)
    if (name !== undefined) names.add(name)
  }
  // In the order of the schema, as people write them.
  const order = [...new Set([...declared, ...names])].filter((name) => names.has(name))
  const dependents = entriesSaid(nodes, 'dependentSchemas').flatMap(([name, schema]) =>
    names.has(name) ? [schema] : [],
  )
  return {all: order, dependents}
}

/** Members that no schema names are described. */
function isMap(nodes: readonly JsonObject[]): boolean {
  return (
    entriesSaid(nodes, 'patternProperties').length > 0 ||
    said(nodes, 'additionalProperties').some((schema) => isJsonObject(schema))
  )
}

/** A name of the members that no schema lists. */
function freeName(
  nodes: readonly JsonObject[],
  nameOf: NameMaker,
  noun: string,
  tries: number,
): string | undefined {
  const rules = said(nodes, 'propertyNames')
  const patterns = entriesSaid(nodes, 'patternProperties').filter(([, schema]) => schema !== false)
  const closed = said(nodes, 'additionalProperties').includes(false)
  const pattern = patterns[tries % Math.max(patterns.length, 1)]?.[0]
  const wish = pattern === undefined || (!closed && tries % 2 === 1) ? [] : [{pattern}]
  if (rules.length > 0 || wish.length > 0) return nameOf([...rules, ...wish])
  return closed ? undefined : tries < 24 ? noun : `${noun}${tries}`
}

/** Names, and those that must be there beside them. */
function withDependents(names: readonly string[], nodes: readonly JsonObject[]): string[] {
  const found = new Set(names)
  const rules = entriesSaid(nodes, 'dependentRequired')
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const [name, others] of rules)
      if (found.has(name) && Array.isArray(others)) for (const other of others) found.add(String(other))
  }
  return [...found]
}

/** The schemas that hold for a member by its name. */
export function schemasOfMember(nodes: readonly JsonObject[], name: string): unknown[] {
  return nodes.flatMap((node) => {
    const declared = own(node, 'properties')
    const patterned = Object.entries(isJsonObject(node['patternProperties']) ? node['patternProperties'] : {})
      .filter(([pattern]) => toRegExp(pattern, 'u').test(name))
      .map(([, schema]) => schema)
    const found = [
      ...(isJsonObject(declared) && Object.hasOwn(declared, name) ? [declared[name]] : []),
      ...patterned,
    ]
    const rest = own(node, 'additionalProperties')
    return found.length > 0 || rest === undefined ? found : [rest]
  })
}
