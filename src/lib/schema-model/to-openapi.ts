import type {EventModel} from './event-model'
import {byCodeUnits, type JsonObject} from './json-object'
import {ComponentNames, componentPrefix, type OpenApiDocument} from './openapi-document'
import {pascalName} from './schema-name'
import {scalarForms} from './scalar-forms'
import type {ArrayShape, ObjectShape, Shape} from './shape'

/** The order in which AWS's discoverer names the members of the envelope. */
const envelopeRequired = [
  'detail-type',
  'resources',
  'detail',
  'id',
  'source',
  'time',
  'region',
  'version',
  'account',
]

/** The title of a document that is no EventBridge event. */
export const plainTitle = 'Event'

/** Members of the envelope that are texts, and that EventBridge fills: whatever they happened to hold, they are written as AWS writes them. */
const envelopeTexts = new Set(['detail-type', 'id', 'source', 'region', 'version', 'account'])

/** Writes the components of one document. Every nested object becomes a component of its own, used in one place. */
class ComponentWriter {
  readonly components = new Map<string, JsonObject>()
  private readonly names = new ComponentNames()

  /** Gives the object a component and returns the reference to it. */
  object(shape: ObjectShape, wantedName: string, nullable: boolean): JsonObject {
    const name = this.names.take(wantedName)
    this.components.set(name, {})
    this.components.set(name, this.body(shape, name, nullable))
    return {$ref: componentPrefix + name}
  }

  /** The envelope: `detail` first and named after the detail type, the required members in the discoverer's order. */
  envelope(shape: ObjectShape, title: string, extensions: JsonObject): void {
    const name = this.names.take('AWSEvent')
    this.components.set(name, {})
    const entries = sorted(shape).sort(([a], [b]) => Number(b === 'detail') - Number(a === 'detail'))
    const properties = entries.map(([key, child]) => {
      if (key === 'detail') return [key, this.value(child, title, title)]
      const isText = envelopeTexts.has(key) && child.text !== undefined
      return [key, isText ? {type: 'string'} : this.value(child, name, pascalName(key))]
    })
    const present = requiredOf(shape)
    const required = [
      ...envelopeRequired.filter((key) => present.includes(key)),
      ...present.filter((key) => !envelopeRequired.includes(key)),
    ]
    this.components.set(name, {
      type: 'object',
      required,
      ...extensions,
      properties: Object.fromEntries(properties) as JsonObject,
    })
  }

  /** Any place of a document. `parent` is the component it stands in, `key` the name an object here would like. */
  value(shape: Shape, parent: string, key: string): JsonObject {
    const nullable = shape.hasNull
    const forms = scalarForms(shape)
    if (shape.array) forms.push(this.array(shape.array, parent))
    if (shape.object) forms.push(this.object(shape.object, key, nullable && forms.length === 0))
    const [first, ...others] = forms
    // Where nothing but null was seen, nothing is known: the discoverer writes {}.
    if (!first) return {}
    const head = nullable ? asNullable(first) : first
    return others.length === 0 ? head : {anyOf: [head, ...others]}
  }

  private array({items}: ArrayShape, parent: string): JsonObject {
    if (!items) return {type: 'array', items: {}}
    // Of an empty array nothing is known; the discoverer then writes objects.
    if (items.count === 0) return {type: 'array', items: {type: 'object'}}
    return {type: 'array', items: this.value(items, parent, `${parent}Item`)}
  }

  private body(shape: ObjectShape, name: string, nullable: boolean): JsonObject {
    const required = requiredOf(shape)
    const properties = sorted(shape).map(([key, child]) => [key, this.value(child, name, pascalName(key))])
    return {
      type: 'object',
      ...(nullable ? {nullable: true} : {}),
      ...(required.length > 0 ? {required} : {}),
      ...(properties.length > 0 ? {properties: Object.fromEntries(properties) as JsonObject} : {}),
      ...(shape.rest ? {additionalProperties: this.value(shape.rest, name, `${name}Value`)} : {}),
    }
  }
}

/** A reference says so itself, in its component; an enum names null beside its words (OpenAPI 3.0.3). */
function asNullable(form: JsonObject): JsonObject {
  if ('$ref' in form) return form
  const {enum: choice} = form
  return {...form, nullable: true, ...(Array.isArray(choice) ? {enum: [...(choice as unknown[]), null]} : {})}
}

function sorted({order}: ObjectShape): [string, Shape][] {
  return order.map(({key, shape}): [string, Shape] => [key, shape]).sort(([a], [b]) => byCodeUnits(a, b))
}

function requiredOf(shape: ObjectShape): string[] {
  return sorted(shape)
    .filter(([, child]) => child.count === shape.count)
    .map(([key]) => key)
}

/**
 * The OpenAPI 3.0 document of a kind of event, in the form in which AWS's schema discoverer writes it: component `AWSEvent`
 * with the unmangled source and detail type as `x-amazon-events-*`, one component per nested object, named from its key.
 * A document that is no EventBridge event gets the title and the component `Event`, or the model's title. The same shape gives the same text,
 * in whatever order its events came: properties are sorted, components numbered where names collide (`Tenant_1`).
 * Beyond what AWS documents: values of several types become `anyOf`, null beside other values becomes `nullable`, numbers without a
 * fraction are integers, texts have formats and enums, and keys that are data become `additionalProperties`.
 */
export function toOpenApi(model: EventModel): OpenApiDocument {
  const writer = new ComponentWriter()
  const isEvent =
    model.detailType !== undefined && model.source !== undefined && model.shape.object !== undefined
  const title = isEvent ? pascalName(model.detailType ?? '') : (model.title ?? plainTitle)
  if (isEvent && model.shape.object) {
    writer.envelope(model.shape.object, title, {
      'x-amazon-events-detail-type': model.detailType,
      'x-amazon-events-source': model.source,
    })
  } else if (model.shape.object) {
    writer.object(model.shape.object, title, false)
  } else {
    writer.components.set(title, writer.value(model.shape, title, title))
  }
  return {
    openapi: '3.0.0',
    info: {version: '1.0.0', title},
    paths: {},
    components: {schemas: Object.fromEntries(writer.components)},
  }
}
