import {OpError} from '../core/errors'
import {isJsonObject, mapValues, own, type JsonObject} from './json-object'
import {refuseDeepSchema} from './json-depth'
import {readTypes, typedForm} from './json-schema-types'
import {ComponentNames, componentPrefix, type OpenApiDocument} from './openapi-document'
import {pascalName} from './schema-name'

export interface ConvertedSchema {
  document: OpenApiDocument
  /** Keywords that OpenAPI 3.0 cannot say and that were left out, sorted. The document then allows more than the schema did. */
  losses: string[]
}

/** Keywords that mean the same in both. */
const kept = new Set([
  ...['title', 'description', 'default', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'enum'],
  ...['readOnly', 'writeOnly', 'deprecated'],
])
/** Keywords that narrow what is valid and have no counterpart. */
const untranslatable = new Set([
  ...['patternProperties', 'dependencies', 'dependentRequired', 'dependentSchemas', 'propertyNames'],
  ...['contains', 'minContains', 'maxContains', 'if', 'additionalItems'],
  ...['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef'],
])

/** A reference without percent signs; one that cannot be decoded is taken as it stands. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

class Converter {
  readonly components = new Map<string, unknown>()
  readonly losses = new Set<string>()
  private readonly names = new ComponentNames()
  private readonly nameOf = new Map<string, string>()
  /** Up to draft 7 whatever stands beside `$ref` is ignored; since 2019-09 it counts. */
  private readonly refStandsAlone: boolean

  constructor(
    private readonly root: JsonObject,
    private readonly title: string,
  ) {
    const dialect = own(root, '$schema')
    this.refStandsAlone = typeof dialect !== 'string' || !/\/draft\/20\d\d-\d\d\//.test(dialect)
  }

  /** Converts the schema itself, its definitions and whatever these refer to. */
  convertAll(): void {
    this.component('#')
    for (const place of ['definitions', '$defs']) {
      const definitions = this.root[place]
      if (!isJsonObject(definitions)) continue
      for (const key of Object.keys(definitions)) {
        this.component(`#/${place}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      }
    }
    // A conversion may find further references; the map hands them out in turn.
    for (const [pointer, name] of this.nameOf) this.components.set(name, this.schema(this.resolve(pointer)))
  }

  /** The name of the component that a local reference stands for. Two spellings of one reference are one component. */
  private component(reference: string): string {
    const pointer = decoded(reference)
    let name = this.nameOf.get(pointer)
    if (name === undefined) {
      const last = pointer.split('/').at(-1) ?? ''
      const isName = pointer !== '#' && /^[0-9A-Za-z._-]+$/.test(last)
      name = this.names.take(isName ? last : pascalName(pointer === '#' ? this.title : last))
      this.nameOf.set(pointer, name)
    }
    return name
  }

  private resolve(pointer: string): unknown {
    if (pointer !== '#' && !pointer.startsWith('#/')) {
      throw new OpError(
        'usage',
        'SCHEMA_EXTERNAL_REFERENCE',
        `The schema refers to "${pointer}", which is no place in the schema itself.`,
        {
          hint: 'Only references like #/definitions/NAME are followed; put the definition there.',
        },
      )
    }
    const steps = pointer.split('/').slice(1)
    let found: unknown = this.root
    for (const step of steps) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      found = Array.isArray(found) ? found[Number(key)] : own(found, key)
    }
    if (found === undefined) {
      throw new OpError(
        'usage',
        'SCHEMA_BROKEN_REFERENCE',
        `The schema refers to "${pointer}", which it does not hold.`,
      )
    }
    return found
  }

  private schema(schema: unknown): JsonObject {
    if (schema === false) return {not: {}}
    if (!isJsonObject(schema)) return {}
    const reference = own(schema, '$ref')
    if (typeof reference !== 'string') return this.keywords(schema)
    const pointer = {$ref: componentPrefix + this.component(reference)}
    if (this.refStandsAlone) return pointer
    const beside = this.keywords(schema)
    return Object.keys(beside).length === 0 ? pointer : {allOf: [pointer, beside]}
  }

  private keywords(schema: JsonObject): JsonObject {
    const out: JsonObject = {}
    for (const [key, value] of Object.entries(schema)) {
      if (kept.has(key) || key.startsWith('x-')) out[key] = value
      else if (untranslatable.has(key)) this.losses.add(key)
    }
    if (Array.isArray(schema.examples) && schema.examples.length > 0)
      out.example = (schema.examples as unknown[])[0]
    if (Object.hasOwn(schema, 'const')) out.enum = [schema.const]
    if (Array.isArray(schema.required) && schema.required.length > 0) out.required = schema.required
    Object.assign(out, this.bounds(schema), this.members(schema), this.choices(schema), this.items(schema))
    return typedForm(readTypes(schema), out)
  }

  /** Draft 4 and OpenAPI 3.0 mark a bound as exclusive; since draft 6 the exclusive bound is a number of its own. */
  private bounds(schema: JsonObject): JsonObject {
    const out: JsonObject = {}
    for (const [bound, exclusive, tighter] of [
      ['minimum', 'exclusiveMinimum', Math.max],
      ['maximum', 'exclusiveMaximum', Math.min],
    ] as const) {
      const [value, limit] = [schema[bound], schema[exclusive]]
      if (typeof value === 'number') out[bound] = value
      if (limit === true) out[exclusive] = true
      if (typeof limit !== 'number') continue
      out[bound] = typeof value === 'number' ? tighter(value, limit) : limit
      if (out[bound] === limit) out[exclusive] = true
    }
    return out
  }

  private members(schema: JsonObject): JsonObject {
    const out: JsonObject = {}
    if (isJsonObject(schema.properties))
      out.properties = mapValues(schema.properties, (child) => this.schema(child))
    const extra = schema.additionalProperties
    // Keys that match a pattern are no additional ones; without the patterns they could not be told apart.
    if (extra === undefined || schema.patternProperties !== undefined) return out
    return {...out, additionalProperties: typeof extra === 'boolean' ? extra : this.schema(extra)}
  }

  private choices(schema: JsonObject): JsonObject {
    const out: JsonObject = {}
    for (const key of ['allOf', 'anyOf', 'oneOf']) {
      const list = schema[key]
      if (Array.isArray(list)) out[key] = list.map((child) => this.schema(child))
    }
    return schema.not === undefined ? out : {...out, not: this.schema(schema.not)}
  }

  private items(schema: JsonObject): JsonObject {
    const tuple: unknown = Array.isArray(schema.items) ? schema.items : schema.prefixItems
    if (!Array.isArray(tuple)) return schema.items === undefined ? {} : {items: this.schema(schema.items)}
    this.losses.add('items by position')
    return {items: {}}
  }
}

/**
 * A JSON Schema (Draft 4, 6, 7, 2019-09, 2020-12) as an OpenAPI 3.0 document: the schema itself becomes the component named from
 * the title, its definitions and everything else it refers to become components beside it. `null` as a type becomes `nullable`.
 * `title` is the document's title, `version` its version. Throws `SCHEMA_EXTERNAL_REFERENCE` and `SCHEMA_BROKEN_REFERENCE` (usage).
 * Also throws `SCHEMA_TOO_DEEP` (usage).
 */
export function openApiFromJsonSchema(
  schema: JsonObject,
  about: {title: string; version: string},
): ConvertedSchema {
  refuseDeepSchema(schema)
  const converter = new Converter(schema, about.title)
  converter.convertAll()
  return {
    document: {
      openapi: '3.0.3',
      info: {version: about.version, title: about.title},
      paths: {},
      components: {schemas: Object.fromEntries(converter.components)},
    },
    losses: [...converter.losses].sort(),
  }
}
