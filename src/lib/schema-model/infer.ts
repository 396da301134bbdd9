import {OpError} from '../core/errors'
import {isDateTime} from './date-time'
import type {JsonObject} from './json-object'
import {emptyShape, type Shape} from './shape'

/** Schema discovery reads events of up to 255 nested levels (EventBridge user guide, schema discovery). */
export const maxDepth = 255

function addArray(shape: Shape, values: readonly unknown[], depth: number): void {
  shape.array ??= {count: 0, items: emptyShape()}
  shape.array.count += 1
  for (const value of values) addAt(shape.array.items, value, depth + 1)
}

function addObject(shape: Shape, value: JsonObject, depth: number): void {
  shape.object ??= {count: 0, properties: new Map()}
  shape.object.count += 1
  for (const key of Object.keys(value)) {
    let property = shape.object.properties.get(key)
    if (!property) {
      property = emptyShape()
      shape.object.properties.set(key, property)
    }
    addAt(property, value[key], depth + 1)
  }
}

function addAt(shape: Shape, value: unknown, depth: number): void {
  if (depth > maxDepth) {
    throw new OpError('usage', 'JSON_TOO_DEEP', `The document nests deeper than ${maxDepth} levels.`)
  }
  shape.count += 1
  if (value === null) shape.nullCount += 1
  else if (typeof value === 'boolean') shape.booleanCount += 1
  else if (typeof value === 'number') shape[Number.isInteger(value) ? 'integerCount' : 'decimalCount'] += 1
  else if (typeof value === 'bigint') shape.integerCount += 1
  else if (typeof value === 'string') {
    shape.stringCount += 1
    if (isDateTime(value)) shape.dateTimeCount += 1
  } else if (Array.isArray(value)) addArray(shape, value, depth)
  else if (typeof value === 'object') addObject(shape, value as JsonObject, depth)
}

/**
 * Counts one more parsed document into a shape that is already there, in place. Throws `JSON_TOO_DEEP` (usage) for more than 255
 * nested levels; the shape is then half changed, so check the depth before where that matters.
 */
export function addToShape(shape: Shape, document: unknown): void {
  addAt(shape, document, 0)
}

/**
 * The shape of parsed JSON documents seen as samples of one kind. Takes any keys (`__proto__` is a key like another).
 * Throws `JSON_TOO_DEEP` (usage) for a document of more than 255 nested levels.
 */
export function inferShape(documents: Iterable<unknown>): Shape {
  const shape = emptyShape()
  for (const document of documents) addAt(shape, document, 0)
  return shape
}
