import type {TextFormat} from './text-format'

/**
 * The narrowest kind of number that holds all numbers of a place, each wider than the one before: none seen, integers of 32 bits, of
 * 64 bits, of any size, numbers with a fraction.
 */
export const width = {none: 0, int32: 1, int64: 2, integer: 3, number: 4} as const
export type NumberWidth = (typeof width)[keyof typeof width]

/**
 * What was seen at one place of many documents. It only ever widens: a type, a format or a choice that one value disproved does not
 * come back, so the order of sight is without effect, and no later schema refuses what an earlier one took.
 */
export interface Shape {
  /** Values seen here; under a property that is in how many objects it was. */
  count: number
  hasNull: boolean
  hasBoolean: boolean
  number: NumberWidth
  /** The format that all texts have, `plain` where they have none in common; undefined where there was no text. */
  text: TextFormat | undefined
  /** Words that may prove to be all there are, with their counts (`choices.ts`). Undefined where they are known not to be. */
  words: Map<string, WordCount> | undefined
  /** The words are said to be all there are: documents name them as an enum. */
  isChoice: boolean
  object: ObjectShape | undefined
  array: ArrayShape | undefined
}

export interface WordCount {
  count: number
}

export interface ObjectShape {
  /** Objects seen here; a property whose own count is lower was not in all of them. */
  count: number
  /** How many properties were in all of them. */
  requiredCount: number
  properties: Map<string, Property>
  /** The same properties in the order of first sight, in which most events have them. */
  order: Property[]
  /** The values of all keys that are no properties; there from the moment on when keys proved to be data (`varying-keys.ts`). */
  rest: Shape | undefined
  /** With so many properties the keys are looked at (again). */
  lookAt: number
}

export interface Property {
  key: string
  /** Its place in `order`. */
  place: number
  shape: Shape
}

export interface ArrayShape {
  /** The elements of all arrays together; undefined where there was no room to describe them. */
  items: Shape | undefined
}

/** With so many properties an object's keys are looked at first. */
const firstLook = 100

/** A place where nothing was seen yet. */
export function emptyShape(): Shape {
  return {
    count: 0,
    hasNull: false,
    hasBoolean: false,
    number: width.none,
    text: undefined,
    words: undefined,
    isChoice: false,
    object: undefined,
    array: undefined,
  }
}

/** An object without properties, of which nothing was seen yet. */
export function emptyObject(): ObjectShape {
  return {
    count: 0,
    requiredCount: 0,
    properties: new Map(),
    order: [],
    rest: undefined,
    lookAt: firstLook,
  }
}

/** Gives an object a further property; there must be none of that key. */
export function addProperty(object: ObjectShape, key: string, shape: Shape): void {
  const property = {key, place: object.order.length, shape}
  object.properties.set(key, property)
  object.order.push(property)
}

/** How many properties were in all objects. */
export function countRequired(object: ObjectShape): number {
  return object.order.filter(({shape}) => shape.count === object.count).length
}

/** The shapes right below a place. */
export function childrenOf({object, array}: Shape): Shape[] {
  const children = object?.order.map(({shape}) => shape) ?? []
  if (object?.rest) children.push(object.rest)
  if (array?.items) children.push(array.items)
  return children
}

/** How many places a shape has, itself included. */
export function countPlaces(shape: Shape): number {
  return childrenOf(shape).reduce((sum, child) => sum + countPlaces(child), 1)
}
