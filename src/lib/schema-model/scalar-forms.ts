import {byCodeUnits, type JsonObject} from './json-object'
import {width, type NumberWidth, type Shape} from './shape'

/**
 * Where 32 bits do not hold the integers that were seen, the document says so: generated code would take 32 bits otherwise. For
 * integers of any size there is no word, and `integer` alone is right.
 */
const numberForms: Readonly<Record<NumberWidth, JsonObject | undefined>> = {
  [width.none]: undefined,
  [width.int32]: {type: 'integer'},
  [width.int64]: {type: 'integer', format: 'int64'},
  [width.integer]: {type: 'integer'},
  [width.number]: {type: 'number'},
}

function textForm({text, words, isChoice}: Shape): JsonObject | undefined {
  if (text === undefined) return undefined
  if (isChoice && words) return {type: 'string', enum: [...words.keys()].sort(byCodeUnits)}
  return text === 'plain' ? {type: 'string'} : {type: 'string', format: text}
}

/** The types of the values of a place that are neither null nor objects nor arrays, as OpenAPI 3.0 and all JSON Schemas write them. */
export function scalarForms(shape: Shape): JsonObject[] {
  const boolean = shape.hasBoolean ? {type: 'boolean'} : undefined
  return [boolean, numberForms[shape.number], textForm(shape)].filter((form) => form !== undefined)
}
