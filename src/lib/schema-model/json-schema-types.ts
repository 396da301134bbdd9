import type {JsonObject} from './json-object'

export interface TypeKeyword {
  /** The types without `null`; empty where nothing but null is allowed, undefined where nothing is said. */
  types: readonly string[] | undefined
  nullable: boolean
}

/** The `type` of a JSON Schema: a name or a list of names. */
export function readTypes(schema: JsonObject): TypeKeyword {
  if (schema.type === undefined) return {types: undefined, nullable: false}
  const names = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter(
    (name): name is string => typeof name === 'string',
  )
  return {types: names.filter((name) => name !== 'null'), nullable: names.includes('null')}
}

/** An array type needs `items` beside it in OpenAPI 3.0. */
function single(type: string, beside: JsonObject): JsonObject {
  return type === 'array' && beside.items === undefined ? {type, items: {}} : {type}
}

/**
 * The keywords of a schema together with its type as OpenAPI 3.0 writes it: one type, `nullable` for null beside it, `anyOf` for
 * several. Null alone has no type of its own there; it is a nullable string whose only value is null.
 */
export function typedForm({types, nullable}: TypeKeyword, keywords: JsonObject): JsonObject {
  if (types === undefined) return keywords
  const mark = nullable ? {nullable: true} : {}
  const [first, ...others] = types
  if (first === undefined) return {...keywords, type: 'string', nullable: true, enum: [null]}
  if (others.length === 0) return {...single(first, keywords), ...mark, ...keywords}
  const forms = [{...single(first, {}), ...mark}, ...others.map((type) => single(type, {}))]
  if (keywords.anyOf === undefined) return {...keywords, anyOf: forms}
  const {anyOf, ...rest} = keywords
  const existing = Array.isArray(rest.allOf) ? (rest.allOf as unknown[]) : []
  return {...rest, allOf: [...existing, {anyOf: forms}, {anyOf}]}
}
