import {
  addProperty,
  countRequired,
  emptyObject,
  width,
  type NumberWidth,
  type ObjectShape,
  type Shape,
} from './shape'
import type {TextFormat} from './text-format'

/** A shape as JSON can hold it; what is not there is as in an empty one. */
interface PackedShape {
  count: number
  hasNull?: true | undefined
  hasBoolean?: true | undefined
  number?: NumberWidth | undefined
  text?: TextFormat | undefined
  words?: [word: string, count: number][] | undefined
  isChoice?: true | undefined
  object?: PackedObject | undefined
  array?: {items?: PackedShape | undefined} | undefined
}

interface PackedObject {
  count: number
  lookAt: number
  /** Pairs, so that `__proto__` is a key like another. */
  properties: [key: string, shape: PackedShape][]
  rest?: PackedShape | undefined
}

function pack(shape: Shape): PackedShape {
  const {object, array, words} = shape
  return {
    count: shape.count,
    hasNull: shape.hasNull || undefined,
    hasBoolean: shape.hasBoolean || undefined,
    number: shape.number || undefined,
    text: shape.text,
    words: words && [...words].map(([word, {count}]) => [word, count]),
    isChoice: shape.isChoice || undefined,
    object: object && packObject(object),
    array: array && {items: array.items && pack(array.items)},
  }
}

function packObject({count, lookAt, order, rest}: ObjectShape): PackedObject {
  return {
    count,
    lookAt,
    properties: order.map(({key, shape}) => [key, pack(shape)]),
    rest: rest && pack(rest),
  }
}

function unpack({words, object, array, ...packed}: PackedShape): Shape {
  return {
    count: packed.count,
    hasNull: packed.hasNull ?? false,
    hasBoolean: packed.hasBoolean ?? false,
    number: packed.number ?? width.none,
    text: packed.text,
    isChoice: packed.isChoice ?? false,
    words: words && new Map(words.map(([word, count]) => [word, {count}])),
    object: object && unpackObject(object),
    array: array && {items: array.items && unpack(array.items)},
  }
}

function unpackObject({count, lookAt, properties, rest}: PackedObject): ObjectShape {
  const object = {...emptyObject(), count, lookAt, rest: rest && unpack(rest)}
  for (const [key, shape] of properties) addProperty(object, key, unpack(shape))
  object.requiredCount = countRequired(object)
  return object
}

/** A shape as JSON text, with everything that was counted: more than a document says of it. */
export function shapeToText(shape: Shape): string {
  return JSON.stringify(pack(shape))
}

/** The shape that `shapeToText` wrote. */
export function shapeFromText(text: string): Shape {
  return unpack(JSON.parse(text) as PackedShape)
}
