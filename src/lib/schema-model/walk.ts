import {isJsonObject, mapValues, type JsonObject} from './json-object'
import {kindOfKeyword} from './read/keywords'

/** How a keyword of a schema document holds schemas; undefined for one that holds none. */
export function holdsSchemas(key: string): 'one' | 'list' | 'map' | undefined {
  if (key === 'items') return 'one'
  if (key === '$defs') return 'map'
  const kind = kindOfKeyword.get(key)
  if (kind === 'schema') return 'one'
  if (kind === 'schemas') return 'list'
  return kind === 'schemaMap' ? 'map' : undefined
}

/** A schema of a schema document with changed schemas directly inside it. */
export function mapSubschemas(schema: JsonObject, change: (schema: unknown) => unknown): JsonObject {
  return mapValues(schema, (value, key) => {
    switch (holdsSchemas(key)) {
      case 'one':
        return change(value)
      case 'list':
        return Array.isArray(value) ? value.map(change) : value
      case 'map':
        return isJsonObject(value) ? mapValues(value, (child) => change(child)) : value
      default:
        return value
    }
  })
}

/** A schema of a schema document with changed references, at every depth and in the mapping of discriminators. */
export function mapReferences(schema: unknown, change: (reference: string) => string): unknown {
  if (!isJsonObject(schema)) return schema
  const inner = mapSubschemas(schema, (child) => mapReferences(child, change))
  return mapValues(inner, (value, key) => {
    if (key === '$ref' && typeof value === 'string') return change(value)
    if (key !== 'discriminator' || !isJsonObject(value) || !isJsonObject(value.mapping)) return value
    return {...value, mapping: mapValues(value.mapping, (target) => change(String(target)))}
  })
}

/** Everything that a schema of a schema document refers to. */
export function referencesOf(schema: unknown): Set<string> {
  const found = new Set<string>()
  mapReferences(schema, (reference) => {
    found.add(reference)
    return reference
  })
  return found
}
