import type {EventModel} from './event-model'
import {maxDepth} from './infer'
import {isJsonObject, own, type JsonObject} from './json-object'
import {mergeShapes} from './merge-shapes'
import {componentPrefix} from './openapi-document'
import {
  addProperty,
  countRequired,
  emptyObject,
  emptyShape,
  width,
  type ObjectShape,
  type Shape,
} from './shape'
import {toTextFormat} from './text-format'

/** A document holds no counts: what is required was in both of two objects, what is not was in one of them. */
const objectCount = 2

class DocumentReader {
  constructor(private readonly components: unknown) {}

  value(schema: unknown, depth: number): Shape {
    const shape = {...emptyShape(), count: 1}
    // Deeper than any discovered document: a component that refers to itself. Nothing more is known there.
    if (depth > maxDepth + 1 || !isJsonObject(schema)) return {...shape, hasNull: true}
    const reference = own(schema, '$ref')
    if (typeof reference === 'string') return this.value(this.resolve(reference), depth + 1)
    const choices = own(schema, 'anyOf') ?? own(schema, 'oneOf')
    if (Array.isArray(choices) && choices.length > 0) {
      const merged = choices.map((choice) => this.value(choice, depth + 1)).reduce(mergeShapes)
      return {...merged, count: 1}
    }
    return this.typed(schema, shape, depth)
  }

  private typed(schema: JsonObject, shape: Shape, depth: number): Shape {
    if (own(schema, 'nullable') === true) shape.hasNull = true
    switch (own(schema, 'type')) {
      case 'boolean':
        return {...shape, hasBoolean: true}
      case 'integer':
        return {...shape, number: own(schema, 'format') === 'int64' ? width.int64 : width.int32}
      case 'number':
        return {...shape, number: width.number}
      case 'string':
        return {...shape, ...textOf(schema)}
      case 'array':
        return {...shape, array: {items: this.items(own(schema, 'items'), depth + 1)}}
      case 'object':
        return {...shape, object: this.object(schema, depth + 1)}
      default:
        return {...shape, hasNull: true}
    }
  }

  private items(schema: unknown, depth: number): Shape | undefined {
    const isPlaceholder = own(schema, 'type') === 'object' && own(schema, 'properties') === undefined
    return isPlaceholder ? emptyShape() : this.value(schema, depth)
  }

  private object(schema: JsonObject, depth: number): ObjectShape {
    const object = emptyObject()
    object.count = objectCount
    const properties = own(schema, 'properties')
    const required = own(schema, 'required')
    const always = new Set<unknown>(Array.isArray(required) ? required : [])
    for (const [key, child] of isJsonObject(properties) ? Object.entries(properties) : []) {
      const count = always.has(key) ? objectCount : objectCount - 1
      addProperty(object, key, {...this.value(child, depth), count})
    }
    const rest = own(schema, 'additionalProperties')
    if (isJsonObject(rest)) object.rest = this.value(rest, depth)
    object.requiredCount = countRequired(object)
    return object
  }

  private resolve(reference: string): unknown {
    return reference.startsWith(componentPrefix)
      ? own(this.components, reference.slice(componentPrefix.length))
      : undefined
  }
}

/** What the document says of a text. Without an enum the words are settled: the document does not say that they were open only for want of evidence. */
function textOf(schema: JsonObject): Pick<Shape, 'text' | 'words' | 'isChoice'> {
  const text = toTextFormat(own(schema, 'format'))
  const choice = own(schema, 'enum')
  if (!Array.isArray(choice) || text !== 'plain') return {text, words: undefined, isChoice: false}
  const words = choice.filter((member) => typeof member === 'string')
  return {text, words: new Map(words.map((word) => [word, {count: 1}])), isChoice: true}
}

/**
 * The model behind a discovered OpenAPI document, so that later events can be merged into it; undefined where the document has no
 * component `AWSEvent` of an EventBridge event. Reads what discoverers write (types, formats, enums, required, items, references,
 * additionalProperties, anyOf, oneOf, nullable); other keywords, which only an editor can have added, are not carried over.
 */
export function modelFromOpenApi(document: unknown): EventModel | undefined {
  const components = own(own(document, 'components'), 'schemas')
  const event = own(components, 'AWSEvent')
  const source = own(event, 'x-amazon-events-source')
  const detailType = own(event, 'x-amazon-events-detail-type')
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined
  const shape = new DocumentReader(components).value(event, 0)
  return shape.object ? {source, detailType, shape} : undefined
}
