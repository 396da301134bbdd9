import {mergeWords} from './choices'
import {addProperty, countRequired, emptyObject, type ArrayShape, type ObjectShape, type Shape} from './shape'
import {commonFormat} from './text-format'

/** What both shapes saw together. Takes both over: parts of them live on in the answer. `merge(a, b)` says the same as `merge(b, a)`. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  return {
    count: a.count + b.count,
    hasNull: a.hasNull || b.hasNull,
    hasBoolean: a.hasBoolean || b.hasBoolean,
    number: a.number > b.number ? a.number : b.number,
    text: commonFormat(a.text, b.text),
    ...mergeWords(a, b),
    object: mergeObjects(a.object, b.object),
    array: mergeArrays(a.array, b.array),
  }
}

function mergeObjects(a: ObjectShape | undefined, b: ObjectShape | undefined): ObjectShape | undefined {
  if (!a || !b) return a ?? b
  const merged = emptyObject()
  merged.count = a.count + b.count
  merged.lookAt = Math.max(a.lookAt, b.lookAt)
  merged.rest = a.rest && b.rest ? mergeShapes(a.rest, b.rest) : (a.rest ?? b.rest)
  for (const {key, shape} of a.order) addMerged(merged, key, shape, b)
  for (const {key, shape} of b.order) if (!a.properties.has(key)) addMerged(merged, key, shape, a)
  merged.requiredCount = countRequired(merged)
  return merged
}

/** A key that the other object may have had among its data stays data: what it held there is not known any more. */
function addMerged(merged: ObjectShape, key: string, shape: Shape, other: ObjectShape): void {
  const same = other.properties.get(key)
  if (same) addProperty(merged, key, mergeShapes(shape, same.shape))
  else if (other.rest && merged.rest) merged.rest = mergeShapes(merged.rest, shape)
  else addProperty(merged, key, shape)
}

function mergeArrays(a: ArrayShape | undefined, b: ArrayShape | undefined): ArrayShape | undefined {
  if (!a || !b) return a ?? b
  return {items: a.items && b.items ? mergeShapes(a.items, b.items) : undefined}
}
