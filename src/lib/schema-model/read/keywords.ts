import {isJsonObject, type JsonObject} from '../json-object'

/**
 * What a keyword of JSON Schema holds.
 * `note`, `mark`, `list`, `object` (a text, a boolean, a list, an object) only describe. The others decide what is valid.
 */
export type KeywordKind =
  | 'note'
  | 'mark'
  | 'list'
  | 'object'
  | 'any'
  | 'flag'
  | 'count'
  | 'number'
  | 'factor'
  | 'pattern'
  | 'names'
  | 'schema'
  | 'schemas'
  | 'schemaMap'
  | 'nameMap'

const byKind: Record<KeywordKind, readonly string[]> = {
  note: ['title', 'description', 'format', 'contentEncoding', 'contentMediaType'],
  mark: ['readOnly', 'writeOnly', 'deprecated'],
  list: ['examples'],
  object: ['xml', 'externalDocs'],
  any: ['default', 'const'],
  flag: ['uniqueItems'],
  count: [
    ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
    ...['minContains', 'maxContains'],
  ],
  number: ['minimum', 'maximum'],
  factor: ['multipleOf'],
  pattern: ['pattern'],
  names: ['required'],
  schema: [
    ...['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'additionalProperties'],
    ...['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'],
  ],
  schemas: ['allOf', 'anyOf', 'oneOf', 'prefixItems'],
  schemaMap: ['properties', 'patternProperties', 'dependentSchemas'],
  nameMap: ['dependentRequired'],
}

/** The kinds of all keywords that mean the same in every dialect. */
export const kindOfKeyword: ReadonlyMap<string, KeywordKind> = new Map(
  Object.entries(byKind).flatMap(([kind, keys]) => keys.map((key) => [key, kind as KeywordKind])),
)

/** Keywords whose schemas look at the very value that their own schema looks at. */
export const inPlaceKeywords: ReadonlySet<string> = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'],
])

/** Keywords of the older drafts that hold schemas, in lists or under names. */
const olderHolders = new Set(['items', 'additionalItems', 'dependencies', 'definitions', '$defs'])

/** A key as a step of a JSON pointer. */
export function pointerStep(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The schemas directly inside a schema of any dialect, each with its pointer from there. */
export function subschemas(schema: JsonObject): [pointer: string, schema: unknown][] {
  return Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    const kind = kindOfKeyword.get(key)
    const isHolder = kind === 'schema' || kind === 'schemas' || kind === 'schemaMap' || olderHolders.has(key)
    if (!isHolder) return []
    const place = pointerStep(key)
    const isNamed = kind === 'schemaMap' || key === 'dependencies' || key === 'definitions' || key === '$defs'
    if (!isNamed && !Array.isArray(value)) return [[place, value]]
    if (!Array.isArray(value) && !isJsonObject(value)) return []
    return Object.entries(value).map(([step, child]) => [place + pointerStep(step), child])
  })
}
