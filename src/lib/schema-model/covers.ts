import {isDateTime} from './date-time'
import type {JsonObject} from './json-object'
import type {ArrayShape, ObjectShape, Shape} from './shape'

function coversString(shape: Shape, value: string): boolean {
  if (shape.stringCount === 0) return false
  return shape.dateTimeCount < shape.stringCount || isDateTime(value)
}

function coversArray(shape: ArrayShape | undefined, values: readonly unknown[]): boolean {
  return shape !== undefined && values.every((value) => covers(shape.items, value))
}

function coversObject(shape: ObjectShape | undefined, value: JsonObject): boolean {
  if (!shape) return false
  for (const key of Object.keys(value)) {
    const property = shape.properties.get(key)
    if (!property || !covers(property, value[key])) return false
  }
  for (const [key, property] of shape.properties) {
    if (property.count === shape.count && !Object.hasOwn(value, key)) return false
  }
  return true
}

/**
 * Whether a parsed JSON value brings nothing new to a shape: merging it in would write the same OpenAPI document. A few times
 * cheaper than inferring and merging; made for long streams of events that all look alike.
 */
export function covers(shape: Shape, value: unknown): boolean {
  if (value === null) return shape.nullCount > 0
  switch (typeof value) {
    case 'boolean':
      return shape.booleanCount > 0
    case 'number':
    case 'bigint':
      return shape.integerCount + shape.decimalCount > 0
    case 'string':
      return coversString(shape, value)
    default:
      return Array.isArray(value)
        ? coversArray(shape.array, value)
        : coversObject(shape.object, value as JsonObject)
  }
}
