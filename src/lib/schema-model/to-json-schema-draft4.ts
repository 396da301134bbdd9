import {refuseDeepSchema} from './json-depth'
import {isJsonObject, mapValues, own, type JsonObject} from './json-object'
import {componentPrefix} from './openapi-document'

/** Keywords of OpenAPI 3.0 that JSON Schema does not know. */
const openApiOnly = new Set([
  'nullable',
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
])
const listsOfSchemas = new Set(['allOf', 'anyOf', 'oneOf'])

function convertMember(key: string, value: unknown): unknown {
  if (key === '$ref' && typeof value === 'string' && value.startsWith(componentPrefix)) {
    return `#/definitions/${value.slice(componentPrefix.length)}`
  }
  if (key === 'properties' && isJsonObject(value)) return mapValues(value, convertSchema)
  if (listsOfSchemas.has(key) && Array.isArray(value)) return value.map(convertSchema)
  if (key === 'items' || key === 'not' || key === 'additionalProperties') return convertSchema(value)
  return value
}

function convertSchema(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema
  const entries = Object.entries(schema)
    .filter(([key]) => !openApiOnly.has(key))
    .map(([key, value]): [string, unknown] => [key, convertMember(key, value)])
  const converted: JsonObject = Object.fromEntries(entries)
  // OpenAPI 3.0.3: nullable widens the type that stands beside it, and has no effect without one.
  if (own(schema, 'nullable') === true && typeof converted.type === 'string') {
    converted.type = [converted.type, 'null']
  }
  return converted
}

/** The component that the document is about: a discovered `AWSEvent`, else the one named like the title, else `AWSEvent`, else the only one. */
function rootName(components: JsonObject, title: string): string | undefined {
  const event = own(components, 'AWSEvent')
  if (own(event, 'x-amazon-events-source') !== undefined) return 'AWSEvent'
  if (Object.hasOwn(components, title)) return title
  if (event !== undefined) return 'AWSEvent'
  const names = Object.keys(components)
  return names.length === 1 ? names[0] : undefined
}

function isReferenced(value: unknown, reference: string): boolean {
  if (Array.isArray(value)) return value.some((member) => isReferenced(member, reference))
  if (!isJsonObject(value)) return false
  return Object.values(value).some((member) => member === reference || isReferenced(member, reference))
}

/**
 * An OpenAPI 3.0 document as JSON Schema Draft 4, laid out as the registry's ExportSchema does: the event at the top, every other
 * component under `definitions`, `nullable` as a second type, `x-` members kept. A document without a component that it is clearly
 * about has `definitions` only. Throws `SCHEMA_TOO_DEEP` (usage).
 */
export function toJsonSchemaDraft4(document: unknown): JsonObject {
  refuseDeepSchema(document)
  const title = own(own(document, 'info'), 'title')
  const found = own(own(document, 'components'), 'schemas')
  const components = isJsonObject(found) ? found : {}
  const name = rootName(components, typeof title === 'string' ? title : '')
  const root = name === undefined ? {} : convertSchema(components[name])
  const keepRoot = name !== undefined && isReferenced(components, componentPrefix + name)
  const definitions = Object.entries(components).filter(([key]) => key !== name || keepRoot)
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    ...(typeof title === 'string' ? {title} : {}),
    definitions: mapValues(Object.fromEntries(definitions), convertSchema),
    ...(isJsonObject(root) ? root : {}),
  }
}
