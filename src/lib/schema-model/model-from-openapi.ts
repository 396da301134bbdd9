import type {EventModel} from './event-model'
import {maxDepth} from './infer'
import {isJsonObject, own, type JsonObject} from './json-object'
import {componentPrefix} from './openapi-document'
import {emptyShape, mergeShapes, type Shape} from './shape'

/** A document holds no counts: what is required was in both of two objects, what is not was in one of them. */
const objectCount = 2

class DocumentReader {
  constructor(private readonly components: unknown) {}

  value(schema: unknown, depth: number): Shape {
    const shape = {...emptyShape(), count: 1}
    // Deeper than any discovered document: a component that refers to itself. Nothing more is known there.
    if (depth > maxDepth + 1 || !isJsonObject(schema)) return {...shape, nullCount: 1}
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
    if (own(schema, 'nullable') === true) shape.nullCount = 1
    switch (own(schema, 'type')) {
      case 'boolean':
        return {...shape, booleanCount: 1}
      case 'integer':
        return {...shape, integerCount: 1}
      case 'number':
        return {...shape, decimalCount: 1}
      case 'string':
        return {...shape, stringCount: 1, dateTimeCount: own(schema, 'format') === 'date-time' ? 1 : 0}
      case 'array':
        return {...shape, array: {count: 1, items: this.items(own(schema, 'items'), depth + 1)}}
      case 'object':
        return {...shape, object: {count: objectCount, properties: this.properties(schema, depth + 1)}}
      default:
        return {...shape, nullCount: 1}
    }
  }

  private items(schema: unknown, depth: number): Shape {
    const isPlaceholder = own(schema, 'type') === 'object' && own(schema, 'properties') === undefined
    return isPlaceholder ? emptyShape() : this.value(schema, depth)
  }

  private properties(schema: JsonObject, depth: number): Map<string, Shape> {
    const properties = own(schema, 'properties')
    const required = own(schema, 'required')
    const always = new Set<unknown>(Array.isArray(required) ? required : [])
    const entries = isJsonObject(properties) ? Object.entries(properties) : []
    return new Map(
      entries.map(([key, child]) => [
        key,
        {...this.value(child, depth), count: always.has(key) ? objectCount : objectCount - 1},
      ]),
    )
  }

  private resolve(reference: string): unknown {
    return reference.startsWith(componentPrefix)
      ? own(this.components, reference.slice(componentPrefix.length))
      : undefined
  }
}

/**
 * The model behind a discovered OpenAPI document, so that later events can be merged into it; undefined where the document has no
 * component `AWSEvent` of an EventBridge event. Reads what discoverers write (types, formats, required, items, references,
 * anyOf, oneOf, nullable); other keywords, which only an editor can have added, are not carried over.
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
