import {OpError} from '../core/errors'
import {refuseDeepSchema} from './json-depth'
import {isJsonObject, own, type JsonObject} from './json-object'
import {dialectOf, namedSchemas, type Dialect} from './read/dialect'
import {endlessReference} from './read/endless'
import {Places} from './read/places'
import {definitionName, SchemaReader} from './read/schema-reader'
import {rootComponent, type NamedSchema} from './read/root-component'
import {pascalName} from './schema-name'

/** The dialect in which every schema document holds its schema. */
export const draft202012 = 'https://json-schema.org/draft/2020-12/schema'

/** One schema in the one form that everything else reads, whatever it was written in. */
export interface SchemaDocument {
  name: string
  version?: string
  /** Its title, or that of the document that it stood in. */
  title?: string
  /** The schema's own name among the `$defs`, where the forms keep all under names. Missing where the document is about no single one. */
  component?: string
  /**
   * JSON Schema 2020-12. Every reference is `#`, or `#/$defs/NAME` with a name of letters, digits, `.`, `_`, `-`. Without `component` it holds
   * `$defs` alone. Numbers may be `bigint` or `LosslessNumber` (`parseExact`).
   */
  schema: JsonObject
  /** Both are there where the schema is that of an EventBridge event, envelope included. */
  source?: string
  detailType?: string
}

/** What is known of a document from elsewhere. */
export interface DocumentFacts {
  /** How the schema is called in messages and files. */
  name: string
  version?: string | undefined
  /** The component that is meant, where the document holds several. */
  component?: string | undefined
  /** The registry says that it is JSON Schema draft 4, which a schema itself may leave unsaid. */
  isDraft4?: boolean | undefined
}

/**
 * Reads a parsed OpenAPI 3.0 or 3.1, Swagger 2.0 or AsyncAPI 3 document, or a JSON Schema of draft 4 to 2020-12. Nothing outside the
 * document is ever read; references that close a circle through properties or items stay as references. Throws (usage)
 * `SCHEMA_TOO_DEEP`, `SCHEMA_DIALECT_UNKNOWN`, `BAD_SCHEMA`, `SCHEMA_EXTERNAL_REFERENCE`, `SCHEMA_BROKEN_REFERENCE`,
 * `SCHEMA_DYNAMIC_REFERENCE`, `SCHEMA_ENDLESS_REFERENCE`, `SCHEMA_EMPTY` where the document holds no schema, and
 * `COMPONENT_NOT_FOUND` (absent).
 */
export function readSchemaDocument(document: unknown, about: DocumentFacts): SchemaDocument {
  refuseDeepSchema(document)
  const dialect = dialectOf(document, about.isDraft4)
  const named = namedSchemas(document, dialect)
  const root = rootOf(document, dialect, named, about)
  const component = root && definitionName(root.name)
  const reader = new SchemaReader(new Places(document, dialect), dialect, root?.pointer, component)
  const schema = root ? reader.schema(root.schema, root.pointer) : {}
  reader.define(named.map(({pointer}) => pointer).filter((pointer) => pointer !== root?.pointer))
  const endless = endlessReference(schema, reader.definitions)
  if (endless !== undefined) throw endlessError(endless)
  return {
    name: about.name,
    ...(about.version === undefined ? {} : {version: about.version}),
    ...titleOf(document, schema),
    ...(component === undefined ? {} : {component}),
    schema: whole(schema, reader.definitions),
    ...eventOf(schema),
  }
}

function rootOf(
  document: unknown,
  dialect: Dialect,
  named: readonly NamedSchema[],
  about: DocumentFacts,
): NamedSchema | undefined {
  if (dialect.isSchema && about.component === undefined) {
    return {name: pascalName(about.name), pointer: '', schema: document}
  }
  if (named.length === 0) {
    throw new OpError('usage', 'SCHEMA_EMPTY', `The document of ${about.name} holds no schema.`)
  }
  if (about.component === undefined) return rootComponent(document, named)
  const found = named.find(({name}) => name === about.component)
  if (found) return found
  const hint = `There are: ${named.map(({name}) => name).join(', ')}.`.slice(0, 300)
  throw new OpError('absent', 'COMPONENT_NOT_FOUND', `${about.name} has no component "${about.component}".`, {
    hint,
  })
}

/** The schema and its definitions in one object. */
function whole(schema: unknown, definitions: ReadonlyMap<string, unknown>): JsonObject {
  const root = isJsonObject(schema) ? schema : schema === false ? {not: {}} : {}
  return {
    $schema: draft202012,
    ...root,
    ...(definitions.size > 0 ? {$defs: Object.fromEntries(definitions)} : {}),
  }
}

function titleOf(document: unknown, schema: unknown): {title?: string} {
  const title = own(schema, 'title') ?? own(own(document, 'info'), 'title')
  return typeof title === 'string' ? {title} : {}
}

function eventOf(schema: unknown): {source?: string; detailType?: string} {
  const source = own(schema, 'x-amazon-events-source')
  const detailType = own(schema, 'x-amazon-events-detail-type')
  return typeof source === 'string' && typeof detailType === 'string' ? {source, detailType} : {}
}

function endlessError(reference: string): OpError {
  return new OpError(
    'usage',
    'SCHEMA_ENDLESS_REFERENCE',
    `The schema refers from "${reference}" back to it without ever looking into a value, so nothing could be checked against it.`,
    {hint: 'Let it lead through properties or items.'},
  )
}

export {detailOf} from './detail'
