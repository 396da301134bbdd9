import {stringifyExact} from '../core/json'
import {isJsonObject} from './json-object'
import {ComponentNames} from './openapi-document'
import {definitionPrefix} from './read/schema-reader'
import type {SchemaDocument} from './schema-document'
import {pascalName} from './schema-name'
import {mapReferences, referencesOf} from './walk'

/** One or more schema documents under names that do not clash. */
export interface Bundle {
  /** By name; every reference is `#/$defs/NAME` with a name of the bundle. */
  schemas: Map<string, unknown>
  /** Of each document the name of the schema that it is about; a document that is about none is missing. */
  roots: {document: SchemaDocument; name: string}[]
}

/** A document's schemas under their own names, the one that it is about first. */
function localSchemas(document: SchemaDocument): Map<string, unknown> {
  const {component, schema} = document
  const {$defs, ...root} = schema
  const schemas = new Map<string, unknown>()
  if (component !== undefined) schemas.set(component, named(root, component))
  for (const [name, schema] of Object.entries(isJsonObject($defs) ? $defs : {})) {
    schemas.set(name, named(schema, component))
  }
  return schemas
}

function named(schema: unknown, component: string | undefined): unknown {
  return mapReferences(schema, (reference) =>
    reference === '#' ? definitionPrefix + (component ?? '') : reference,
  )
}

/**
 * The names that several documents give to schemas of their own. A name under which all of them hold the very same, down to what it refers to,
 * is not among them.
 */
function clashingNames(locals: readonly ReadonlyMap<string, unknown>[]): Set<string> {
  const holders = new Map<string, unknown[]>()
  for (const local of locals) {
    for (const [name, schema] of local) holders.set(name, [...(holders.get(name) ?? []), schema])
  }
  const clashing = new Set<string>()
  const users = new Map<string, Set<string>>()
  for (const [name, schemas] of holders) {
    if (new Set(schemas.map((schema) => stringifyExact(schema))).size > 1) clashing.add(name)
    for (const reference of schemas.length > 1 ? referencesOf(schemas[0]) : []) {
      const other = reference.slice(definitionPrefix.length)
      users.set(other, (users.get(other) ?? new Set()).add(name))
    }
  }
  // Two that look alike and refer to different ones are different. A set hands out what is added to it meanwhile.
  for (const name of clashing) for (const user of users.get(name) ?? []) clashing.add(user)
  return clashing
}

/**
 * Puts documents side by side. A name that stands for different schemas in several documents gets the document's name before it, in all of
 * them: `AWSEvent` of `shop@Order` becomes `ShopOrder_AWSEvent`. The names do not depend on the order of the documents.
 */
export function bundleOf(documents: readonly SchemaDocument[]): Bundle {
  const locals = documents.map((document) => ({document, schemas: localSchemas(document)}))
  const clashing = clashingNames(locals.map(({schemas}) => schemas))
  const names = new ComponentNames()
  const free = new Set(
    locals.flatMap(({schemas}) => [...schemas.keys()]).filter((name) => !clashing.has(name)),
  )
  for (const name of free) names.take(name)
  const bundle: Bundle = {schemas: new Map(), roots: []}
  for (const {document, schemas} of locals) {
    const prefix = pascalName(document.name)
    const given = new Map(
      [...schemas.keys()].map((name) => [name, clashing.has(name) ? names.take(`${prefix}_${name}`) : name]),
    )
    const renamed = (reference: string) => {
      const name = reference.slice(definitionPrefix.length)
      return definitionPrefix + (given.get(name) ?? name)
    }
    for (const [name, schema] of schemas) {
      bundle.schemas.set(given.get(name) ?? name, mapReferences(schema, renamed))
    }
    const {component} = document
    if (component !== undefined) bundle.roots.push({document, name: given.get(component) ?? component})
  }
  return bundle
}
