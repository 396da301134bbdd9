/** What was seen at one place of many documents: how many values, of which types. Counts only grow, so the order of sight is without effect. */
export interface Shape {
  /** Values seen here. Under a property that is in how many objects the property was present. */
  count: number
  nullCount: number
  booleanCount: number
  /** Numbers without a fraction. */
  integerCount: number
  /** Numbers with a fraction. */
  decimalCount: number
  stringCount: number
  /** Those among the strings that are RFC 3339 date-times. */
  dateTimeCount: number
  object: ObjectShape | undefined
  array: ArrayShape | undefined
}

export interface ObjectShape {
  /** Objects seen here; a property whose own count is lower was not in all of them. */
  count: number
  properties: Map<string, Shape>
}

export interface ArrayShape {
  count: number
  /** The elements of all arrays together. */
  items: Shape
}

/** A place where nothing was seen yet. */
export function emptyShape(): Shape {
  return {
    count: 0,
    nullCount: 0,
    booleanCount: 0,
    integerCount: 0,
    decimalCount: 0,
    stringCount: 0,
    dateTimeCount: 0,
    object: undefined,
    array: undefined,
  }
}

function mergeObjects(a: ObjectShape | undefined, b: ObjectShape | undefined): ObjectShape | undefined {
  if (!a || !b) return a ?? b
  const properties = new Map(a.properties)
  for (const [key, shape] of b.properties) {
    const known = properties.get(key)
    properties.set(key, known ? mergeShapes(known, shape) : shape)
  }
  return {count: a.count + b.count, properties}
}

function mergeArrays(a: ArrayShape | undefined, b: ArrayShape | undefined): ArrayShape | undefined {
  if (!a || !b) return a ?? b
  return {count: a.count + b.count, items: mergeShapes(a.items, b.items)}
}

/** What both shapes saw together. Changes neither; `merge(a, b)` equals `merge(b, a)`. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  return {
    count: a.count + b.count,
    nullCount: a.nullCount + b.nullCount,
    booleanCount: a.booleanCount + b.booleanCount,
    integerCount: a.integerCount + b.integerCount,
    decimalCount: a.decimalCount + b.decimalCount,
    stringCount: a.stringCount + b.stringCount,
    dateTimeCount: a.dateTimeCount + b.dateTimeCount,
    object: mergeObjects(a.object, b.object),
    array: mergeArrays(a.array, b.array),
  }
}
