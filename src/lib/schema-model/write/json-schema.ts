import {bundleOf} from '../bundle'
import {isJsonObject, type JsonObject} from '../json-object'
import {draft202012, type SchemaDocument} from '../schema-document'
import {jsonSchema202012, jsonSchemaDraft4, type Target} from './target'
import {writeSchemas} from './write-schemas'
import type {DocumentHead, WrittenDocument} from './written-document'

interface Parts {
  root: JsonObject
  definitions: JsonObject
  losses: string[]
}

/** One schema at the top and the rest as definitions; of several schemas all are definitions, and a value is to be valid for any of them. */
function partsOf(documents: readonly SchemaDocument[], target: Target): Parts {
  const bundle = bundleOf(documents)
  const [first, ...others] = bundle.roots
  const top = documents.length === 1 && others.length === 0 ? first?.name : undefined
  const {schemas, losses} = writeSchemas(bundle.schemas, target, top)
  const definitions = Object.fromEntries([...schemas].filter(([name]) => name !== top))
  if (top !== undefined) {
    const root = schemas.get(top)
    return {root: isJsonObject(root) ? root : {}, definitions, losses}
  }
  const choices = bundle.roots.map(({name}) => ({$ref: target.definitions + name}))
  return {root: choices.length > 0 ? {anyOf: choices} : {}, definitions, losses}
}

function under(key: string, definitions: JsonObject): JsonObject {
  return Object.keys(definitions).length > 0 ? {[key]: definitions} : {}
}

/** JSON Schema 2020-12. */
export function writeJsonSchema(
  documents: readonly SchemaDocument[],
  {title}: DocumentHead,
): WrittenDocument {
  const {root, definitions, losses} = partsOf(documents, jsonSchema202012)
  return {document: {$schema: draft202012, title, ...root, ...under('$defs', definitions)}, losses}
}

/** JSON Schema draft 4, laid out as the registry's ExportSchema does: title, definitions, then the schema itself. */
export function writeJsonSchemaDraft4(
  documents: readonly SchemaDocument[],
  {title}: DocumentHead,
): WrittenDocument {
  const {root, definitions, losses} = partsOf(documents, jsonSchemaDraft4)
  const $schema = 'http://json-schema.org/draft-04/schema#'
  return {document: {$schema, title, ...under('definitions', definitions), ...root}, losses}
}
