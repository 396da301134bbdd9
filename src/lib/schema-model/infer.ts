import {OpError} from '../core/errors'
import {addWord, firstWords, settleChoices} from './choices'
import {isDeeperThan} from './json-depth'
import type {JsonObject} from './json-object'
import {
  addProperty,
  countPlaces,
  countRequired,
  emptyObject,
  emptyShape,
  width,
  type NumberWidth,
  type ObjectShape,
  type Shape,
} from './shape'
import {formatOf, hasFormat} from './text-format'
import {foldVaryingKeys} from './varying-keys'

/** Schema discovery reads events of up to 255 nested levels (EventBridge user guide, schema discovery). */
export const maxDepth = 255

/** Places that a shape may have. What lies beyond is not described, and so is allowed: a schema refuses nothing that it does not name. */
const mostPlaces = 20_000
/** A longer key is not described either. */
const longestKey = 256

/** The bounds of 64 bits. The upper one is 2^63 - 1, which a double rounds to 2^63. */
const leastInt64 = -(2 ** 63)
const mostInt64 = 2 ** 63

/**
 * Learns the shape of one kind of document, one document after the other, in memory that no stream of documents can make grow without
 * bound. A document is walked once, beside the shape. Most documents have their keys in the order in which the last ones had
 * them, so the property is mostly known before it is looked up.
 */
export class Inference {
  private placeCount: number
  private isNew = false

  /** Goes on from a shape, which is changed in place. */
  constructor(readonly shape: Shape = emptyShape()) {
    this.placeCount = countPlaces(shape)
  }

  /**
   * Adds a parsed document; takes any keys (`__proto__` is a key like another). True where the schema says something else by it.
   * Throws `JSON_TOO_DEEP` (usage) for more than 255 nested levels, and has then changed nothing.
   */
  add(document: unknown): boolean {
    if (isDeeperThan(document, maxDepth)) {
      throw new OpError('usage', 'JSON_TOO_DEEP', `The document nests deeper than ${maxDepth} levels.`)
    }
    return this.addShallow(document)
  }

  /** The same for a document that is known to have no more than 255 nested levels. */
  addShallow(document: unknown): boolean {
    this.isNew = false
    this.addValue(this.shape, document)
    return this.isNew
  }

  private addValue(shape: Shape, value: unknown): void {
    shape.count += 1
    if (typeof value === 'string') this.addText(shape, value)
    else if (typeof value === 'number') this.addNumber(shape, value)
    else if (typeof value === 'boolean') this.addBoolean(shape)
    else if (value === null) this.addNull(shape)
    else if (Array.isArray(value)) this.addArray(shape, value)
    else if (typeof value === 'bigint') this.widen(shape, widthOfBigInt(value))
    else this.addObject((shape.object ??= this.newObject()), value as JsonObject)
  }

  private addBoolean(shape: Shape): void {
    if (!shape.hasBoolean) this.isNew = shape.hasBoolean = true
  }

  private addNull(shape: Shape): void {
    if (!shape.hasNull) this.isNew = shape.hasNull = true
  }

  private addNumber(shape: Shape, value: number): void {
    if (shape.number === width.number || (shape.number !== width.none && value === (value | 0))) return
    this.widen(shape, widthOf(value))
  }

  private widen(shape: Shape, needed: NumberWidth): void {
    if (needed <= shape.number) return
    shape.number = needed
    this.isNew = true
  }

  private addText(shape: Shape, text: string): void {
    if (shape.text === undefined) {
      shape.text = formatOf(text)
      if (shape.text === 'plain') shape.words = firstWords(text)
      this.isNew = true
      return
    }
    if (shape.text !== 'plain' && !hasFormat(text, shape.text)) {
      shape.text = 'plain'
      this.isNew = true
    }
    if (shape.words && addWord(shape, shape.words, text)) this.isNew = true
  }

  private addArray(shape: Shape, values: readonly unknown[]): void {
    shape.array ??= this.newArray()
    const {items} = shape.array
    if (items) for (const value of values) this.addValue(items, value)
  }

  private addObject(object: ObjectShape, value: JsonObject): void {
    const before = object.count
    object.count += 1
    let alwaysCount = 0
    let next = 0
    let hasGrown = false
    for (const key in value) {
      const expected = object.order[next]
      const property = expected?.key === key ? expected : object.properties.get(key)
      if (property === undefined) {
        hasGrown ||= object.rest === undefined
        this.addOther(object, key, value[key])
        continue
      }
      next = property.place + 1
      if (property.shape.count === before) alwaysCount += 1
      this.addValue(property.shape, value[key])
    }
    const requiredCount = hasGrown ? countRequired(object) : alwaysCount
    if (requiredCount === object.requiredCount) return
    object.requiredCount = requiredCount
    this.isNew = true
  }

  /** A key that is none of the properties. */
  private addOther(object: ObjectShape, key: string, value: unknown): void {
    const shape = object.rest ?? this.newProperty(object, key)
    if (shape) this.addValue(shape, value)
  }

  private newProperty(object: ObjectShape, key: string): Shape | undefined {
    if (key.length > longestKey) return undefined
    const shape = this.newPlace()
    if (!shape) return undefined
    addProperty(object, key, shape)
    this.isNew = true
    if (!foldVaryingKeys(object)) return shape
    this.placeCount = countPlaces(this.shape)
    return object.properties.get(key)?.shape ?? object.rest
  }

  private newObject(): ObjectShape {
    this.isNew = true
    return emptyObject()
  }

  private newArray(): NonNullable<Shape['array']> {
    this.isNew = true
    return {items: this.newPlace()}
  }

  private newPlace(): Shape | undefined {
    if (this.placeCount >= mostPlaces) return undefined
    this.placeCount += 1
    return emptyShape()
  }
}

function widthOf(value: number): NumberWidth {
  if (!Number.isInteger(value)) return width.number
  if (value === (value | 0)) return width.int32
  return value >= leastInt64 && value <= mostInt64 ? width.int64 : width.integer
}

function widthOfBigInt(value: bigint): NumberWidth {
  if (BigInt.asIntN(32, value) === value) return width.int32
  return BigInt.asIntN(64, value) === value ? width.int64 : width.integer
}

/**
 * The shape of parsed JSON documents seen as samples of one kind, with the choices for which they are evidence enough.
 * Throws `JSON_TOO_DEEP` (usage) for a document of more than 255 nested levels.
 */
export function inferShape(documents: Iterable<unknown>): Shape {
  const inference = new Inference()
  for (const document of documents) inference.add(document)
  settleChoices(inference.shape)
  return inference.shape
}
