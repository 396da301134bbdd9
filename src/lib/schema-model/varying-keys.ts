import {mergeShapes} from './merge-shapes'
import {addProperty, countRequired, type ObjectShape, type Property} from './shape'

/** A key that is in fewer than one of so many objects is rare. */
const rareBelow = 20
/** Beyond so many, properties that are not in every object are data whatever their share. */
const mostProperties = 800

/**
 * Looks whether the keys of an object are data (ids, names of metrics or tenants) rather than names of properties, and if so puts the
 * values of all those keys together as `rest`. Meant to be called when `lookAt` properties are there: first with 100, then at each
 * doubling. Keys are data where at least half of them are rare; with 800 of them, all that are not in every object; and
 * if even that leaves 400 or more, all. The properties that are not rare stay. True where that changed the object.
 */
export function foldVaryingKeys(object: ObjectShape): boolean {
  const size = object.order.length
  if (size < object.lookAt) return false
  object.lookAt *= 2
  const rare = object.order.filter(({shape}) => shape.count * rareBelow < object.count)
  if (rare.length * 2 >= size) return fold(object, rare)
  if (size < mostProperties) return false
  const varying = object.order.filter(({shape}) => shape.count < object.count)
  return fold(object, varying.length * 2 > size ? varying : object.order)
}

function fold(object: ObjectShape, folded: readonly Property[]): true {
  const gone = new Set(folded)
  const kept = object.order.filter((property) => !gone.has(property))
  const rest = folded.map(({shape}) => shape).reduce(mergeShapes)
  object.rest = object.rest ? mergeShapes(object.rest, rest) : rest
  object.properties = new Map()
  object.order = []
  for (const {key, shape} of kept) addProperty(object, key, shape)
  object.requiredCount = countRequired(object)
  return true
}
