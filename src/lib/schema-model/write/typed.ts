import {isJsonObject, type JsonObject} from '../json-object'
import type {Target} from './target'

const nullMark = 'null (marked x-nullable)'

/** An array type needs `items` beside it in OpenAPI. */
function single(type: unknown, beside: JsonObject): JsonObject {
  return type === 'array' && beside.items === undefined ? {type, items: {}} : {type}
}

/** `allOf` that asks for one more schema. */
export function alsoAllOf(keywords: JsonObject, more: JsonObject): JsonObject {
  const {allOf, ...rest} = keywords
  return {...rest, allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), more]}
}

/** OpenAPI 3.0: one type, `nullable` for null beside it, `anyOf` for several. Null alone is a nullable string whose only value is null. */
function nullableForm(types: readonly unknown[], isNullable: boolean, keywords: JsonObject): JsonObject {
  const mark = isNullable ? {nullable: true} : {}
  const [first, ...others] = types
  if (first === undefined) return {...keywords, type: 'string', nullable: true, enum: [null]}
  if (others.length === 0) return {...single(first, keywords), ...mark, ...keywords}
  const forms = [{...single(first, {}), ...mark}, ...others.map((type) => single(type, {}))]
  return keywords.anyOf === undefined ? {...keywords, anyOf: forms} : alsoAllOf(keywords, {anyOf: forms})
}

/** Swagger 2.0: one type. Several types cannot be said, null only as a mark. */
function markedForm(
  types: readonly unknown[],
  isNullable: boolean,
  keywords: JsonObject,
  lose: (what: string) => void,
): JsonObject {
  if (isNullable) lose(nullMark)
  const mark = isNullable ? {'x-nullable': true} : {}
  const [first, ...others] = types
  if (first === undefined) return {...keywords, ...mark, enum: [null]}
  if (others.length === 0) return {...single(first, keywords), ...mark, ...keywords}
  lose('several types')
  return {...mark, ...keywords}
}

/** Swagger 2.0 has no choices, but a choice between one schema and null is a schema with a mark. */
export function withoutNullChoice(schema: JsonObject, lose: (what: string) => void): JsonObject {
  for (const key of ['anyOf', 'oneOf']) {
    const {[key]: choice, ...rest} = schema
    if (!Array.isArray(choice)) continue
    const others: unknown[] = choice.filter((one) => !isNullAlone(one))
    if (choice.length !== 2 || others.length !== 1 || !isJsonObject(others[0])) continue
    lose(nullMark)
    return {...alsoAllOf(rest, others[0]), 'x-nullable': true}
  }
  return schema
}

function isNullAlone(schema: unknown): boolean {
  return isJsonObject(schema) && schema.type === 'null' && Object.keys(schema).length === 1
}

/** The keywords of a schema together with its `type` (a name, or a list of names), in forms that have one type in each schema. */
export function typedForm(
  type: unknown,
  keywords: JsonObject,
  target: Target,
  lose: (what: string) => void,
): JsonObject {
  if (type === undefined || target.types === 'list') return keywords
  const names: unknown[] = Array.isArray(type) ? type : [type]
  const types = names.filter((name) => name !== 'null')
  const isNullable = names.includes('null')
  if (target.types === 'nullable') return nullableForm(types, isNullable, keywords)
  return markedForm(types, isNullable, keywords, lose)
}
