import {bundleOf, type Bundle} from '../bundle'
import type {JsonObject} from '../json-object'
import {ComponentNames} from '../openapi-document'
import type {SchemaDocument} from '../schema-document'
import {pascalName} from '../schema-name'
import type {Target} from './target'
import {writeSchemas} from './write-schemas'

/** A document in one form. */
export interface WrittenDocument {
  document: JsonObject
  /** What the form cannot say, sorted. The document then allows more than the schema did. */
  losses: string[]
}

/** What a document says of itself. */
export interface DocumentHead {
  title: string
  version: string
}

/** What a document of one schema says of itself: its title, and its version as the first of three numbers. */
export function headOf(document: SchemaDocument): DocumentHead {
  return {title: document.title ?? document.name, version: `${document.version ?? '1'}.0.0`}
}

/** What a person would call the kind of event or data. */
export function callName({detailType, title, name}: SchemaDocument): string {
  return detailType ?? title ?? name
}

/** The names of the documents' operations and messages; beside others a document is known by its whole name. */
export function callNames(bundle: Bundle): {document: SchemaDocument; name: string; id: string}[] {
  const ids = new ComponentNames()
  return bundle.roots.map(({document, name}) => {
    const called = bundle.roots.length === 1 ? callName(document) : document.name
    return {document, name, id: ids.take(pascalName(called))}
  })
}

/** All schemas of the documents as components of one document. */
export function writeComponents(
  documents: readonly SchemaDocument[],
  target: Target,
): {bundle: Bundle; schemas: JsonObject; losses: string[]} {
  const bundle = bundleOf(documents)
  const {schemas, losses} = writeSchemas(bundle.schemas, target)
  return {bundle, schemas: Object.fromEntries(schemas), losses}
}
