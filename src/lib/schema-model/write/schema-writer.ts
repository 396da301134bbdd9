import {joinedEntries} from '../joined-entries'
import {isJsonObject, mapValues, own, type JsonObject} from '../json-object'
import {definitionPrefix} from '../read/schema-reader'
import {markedBound} from './bounds'
import type {Target} from './target'
import {alsoAllOf, typedForm, withoutNullChoice} from './typed'

/** Keywords that every form has and that hold no schemas. */
const common = new Set([
  ...['title', 'description', 'default', 'format', 'pattern', 'minLength', 'maxLength', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'enum'],
])
/** Keywords that only describe: without them a document means the same. */
const describing = new Set([
  ...['readOnly', 'writeOnly', 'deprecated', 'contentEncoding', 'contentMediaType', 'contentSchema'],
  'externalDocs',
])
const oneSchema = new Set(['propertyNames', 'contentSchema', 'unevaluatedItems', 'unevaluatedProperties'])

type Entries = [key: string, value: unknown][]
type Write = (value: unknown, schema: JsonObject, key: string) => Entries

/**
 * Writes the schemas of a schema document in one form. What is written never forbids what the schema allows; what the form cannot say is
 * left out and named in `losses`.
 */
export class SchemaWriter {
  readonly losses = new Set<string>()
  private lossCount = 0

  /** `lossy` holds the references to definitions of which something is lost. `top` is the one that becomes `#`. */
  constructor(
    private readonly target: Target,
    private readonly lossy: ReadonlySet<string> = new Set(),
    private readonly top?: string,
  ) {}

  schema(schema: unknown): unknown {
    if (typeof schema === 'boolean') return this.boolean(schema)
    if (!isJsonObject(schema)) return {}
    const reference = own(schema, '$ref')
    const written = this.keywords(schema)
    if (typeof reference !== 'string') return written
    if (this.lossy.has(reference)) this.lossCount += 1
    const pointer = {$ref: this.reference(reference)}
    if (Object.keys(written).length === 0) return pointer
    return this.target.refStandsAlone ? alsoAllOf(written, pointer) : {...pointer, ...written}
  }

  private reference(reference: string): string {
    const name = reference.slice(definitionPrefix.length)
    return name === this.top ? '#' : this.target.definitions + name
  }

  private readonly lose = (what: string): void => {
    this.losses.add(what)
    this.lossCount += 1
  }

  private knows(key: string): boolean {
    return this.target.keywords.has(key)
  }

  private boolean(schema: boolean): unknown {
    if (this.target.hasBooleans) return schema
    if (schema) return {}
    if (this.knows('not')) return {not: {}}
    this.lose('what is never allowed')
    return {}
  }

  private list(schemas: unknown): unknown[] {
    return Array.isArray(schemas) ? schemas.map((child) => this.schema(child)) : []
  }

  private map(schemas: unknown): JsonObject {
    return isJsonObject(schemas) ? mapValues(schemas, (child) => this.schema(child)) : {}
  }

  private keywords(given: JsonObject): JsonObject {
    const {target, lose} = this
    const schema = target.types === 'x-nullable' ? withoutNullChoice(given, lose) : given
    const entries = Object.entries(schema).flatMap(([key, value]) => {
      const write = Object.hasOwn(this.special, key) ? this.special[key] : undefined
      return write ? write(value, schema, key) : this.plain(key, value)
    })
    const keywords = joinedEntries(entries)
    return typedForm(
      schema.type,
      target.requiredAsProperties ? withRequired(keywords) : keywords,
      target,
      lose,
    )
  }

  /** A keyword that stands for itself. */
  private plain(key: string, value: unknown): Entries {
    if (common.has(key) || key.startsWith('x-')) return [[key, value]]
    if (this.knows(key)) return [[key, oneSchema.has(key) ? this.schema(value) : value]]
    if (!describing.has(key)) this.lose(key)
    return []
  }

  /** What is written only where nothing of it is lost: the opposite of a schema that allows more would allow less. */
  private exactly(key: string, write: () => Entries, otherwise: () => Entries = () => []): Entries {
    const before = this.lossCount
    const entries = this.knows(key) ? write() : []
    if (this.knows(key) && this.lossCount === before) return entries
    this.lose(key)
    return otherwise()
  }

  private readonly silent: Write = () => []

  private readonly bound: Write = (value, schema, key) => {
    if (this.target.exclusive === 'number') return [[key, value]]
    return markedBound(schema, key.endsWith('inimum') ? 'minimum' : 'maximum')
  }

  private readonly special: Readonly<Record<string, Write>> = {
    $schema: this.silent,
    $defs: this.silent,
    $ref: this.silent,
    // Where a form has several types in a list; the others are written when all keywords are known.
    type: (value) => (this.target.types === 'list' ? [['type', value]] : []),
    // Without their condition they say nothing, and stay where the form has words for them.
    then: (value, schema, key) =>
      schema.if === undefined && this.knows(key) ? [[key, this.schema(value)]] : [],
    else: (value, schema, key) =>
      schema.if === undefined && this.knows(key) ? [[key, this.schema(value)]] : [],
    minContains: (value, _schema, key) => (this.knows(key) ? [[key, value]] : []),
    maxContains: (value, _schema, key) => (this.knows(key) ? [[key, value]] : []),
    minimum: this.bound,
    maximum: this.bound,
    exclusiveMinimum: this.bound,
    exclusiveMaximum: this.bound,
    const: (value, schema) => this.constant(value, schema),
    allOf: (value) => [['allOf', this.list(value)]],
    anyOf: (value) => this.anyOf(value),
    // Of two branches that allow more both may hold where one did.
    oneOf: (value, schema) =>
      this.exactly(
        'oneOf',
        () => [['oneOf', this.list(value)]],
        () => (schema.anyOf === undefined && this.knows('anyOf') ? [['anyOf', this.list(value)]] : []),
      ),
    not: (value) => this.exactly('not', () => [['not', this.schema(value)]]),
    if: (value, schema) => this.condition(value, schema),
    contains: (value, schema) => this.contains(value, schema),
    properties: (value) => [['properties', this.map(value)]],
    patternProperties: (value, _schema, key) => this.patterns(value, key),
    additionalProperties: (value, schema) => this.additional(value, schema),
    items: (value, schema) => this.items(value, schema),
    prefixItems: (value) => this.tuple(value),
    dependentRequired: (value, schema) => this.dependentRequired(value as JsonObject, schema),
    dependentSchemas: (value, schema) => this.dependentSchemas(value as JsonObject, schema),
    examples: (value) => this.examples(value as unknown[]),
    discriminator: (value, schema) => this.discriminator(value as JsonObject, schema),
  }

  private constant(value: unknown, schema: JsonObject): Entries {
    if (this.target.hasConst) return [['const', value]]
    return Object.hasOwn(schema, 'enum') ? [['allOf', [{enum: [value]}]]] : [['enum', [value]]]
  }

  private anyOf(value: unknown): Entries {
    if (this.knows('anyOf')) return [['anyOf', this.list(value)]]
    this.lose('anyOf')
    return []
  }

  private condition(value: unknown, schema: JsonObject): Entries {
    const consequences = ['then', 'else'].filter((key) => Object.hasOwn(schema, key))
    if (consequences.length === 0) return this.knows('if') ? [['if', this.schema(value)]] : []
    const condition = this.exactly('if', () => [['if', this.schema(value)]])
    if (condition.length === 0) return []
    return [...condition, ...consequences.map((key): [string, unknown] => [key, this.schema(schema[key])])]
  }

  private contains(value: unknown, schema: JsonObject): Entries {
    if (!this.knows('minContains')) {
      for (const key of ['minContains', 'maxContains']) if (schema[key] !== undefined) this.lose(key)
      // Such a form would ask for one.
      if (Number(schema.minContains ?? 1) === 0) return []
    }
    if (this.knows('contains')) return [['contains', this.schema(value)]]
    this.lose('contains')
    return []
  }

  private patterns(value: unknown, key: string): Entries {
    if (this.knows(key)) return [[key, this.map(value)]]
    this.lose(key)
    return []
  }

  private additional(value: unknown, schema: JsonObject): Entries {
    // Members that match a pattern are no additional ones; without the patterns they could not be told apart.
    if (schema.patternProperties !== undefined && !this.knows('patternProperties')) return []
    return [['additionalProperties', typeof value === 'boolean' ? value : this.schema(value)]]
  }

  private items(value: unknown, schema: JsonObject): Entries {
    if (schema.prefixItems === undefined || this.target.tuples === 'prefixItems') {
      return [['items', this.schema(value)]]
    }
    if (this.target.tuples === undefined) return []
    return [['additionalItems', typeof value === 'boolean' ? value : this.schema(value)]]
  }

  private tuple(value: unknown): Entries {
    if (this.target.tuples !== undefined) return [[this.target.tuples, this.list(value)]]
    this.lose('items by position')
    return [['items', {}]]
  }

  private dependentRequired(value: JsonObject, schema: JsonObject): Entries {
    if (this.target.dependents === 'apart') return [['dependentRequired', value]]
    if (this.target.dependents === undefined) {
      this.lose('dependentRequired')
      return []
    }
    // One member may ask for others and for a schema; the schema is then written with both.
    const schemas = schema.dependentSchemas
    const alone = Object.entries(value).filter(
      ([key, names]) => isAsked(names) && own(schemas, key) === undefined,
    )
    return alone.length > 0 ? [['dependencies', Object.fromEntries(alone)]] : []
  }

  private dependentSchemas(value: JsonObject, schema: JsonObject): Entries {
    if (this.target.dependents === 'apart') return [['dependentSchemas', this.map(value)]]
    if (this.target.dependents === undefined) {
      this.lose('dependentSchemas')
      return []
    }
    const written = mapValues(value, (child, key) => {
      const names = own(schema.dependentRequired, key)
      const asked = this.schema(child)
      return isAsked(names) ? {allOf: [asked, {required: names}]} : asked
    })
    return [['dependencies', written]]
  }

  private examples(value: unknown[]): Entries {
    if (this.target.examples === 'examples') return [['examples', value]]
    return this.target.examples === 'example' && value.length > 0 ? [['example', value[0]]] : []
  }

  private discriminator(value: JsonObject, schema: JsonObject): Entries {
    const {propertyName, mapping} = value
    if (this.target.discriminator === 'object') {
      const targets = isJsonObject(mapping)
        ? {mapping: mapValues(mapping, (target) => this.reference(String(target)))}
        : {}
      return [['discriminator', {propertyName, ...targets}]]
    }
    const isThere = Array.isArray(schema.required) && schema.required.includes(propertyName)
    return this.target.discriminator === 'name' && isThere ? [['discriminator', propertyName]] : []
  }
}

function isAsked(names: unknown): names is string[] {
  return Array.isArray(names) && names.length > 0
}

/** Tools of Swagger 2.0 look every required member up among the properties. */
function withRequired(keywords: JsonObject): JsonObject {
  if (!Array.isArray(keywords.required)) return keywords
  const properties = isJsonObject(keywords.properties) ? keywords.properties : {}
  const unnamed = (keywords.required as string[]).filter((name) => !Object.hasOwn(properties, name))
  if (unnamed.length === 0) return keywords
  const named = unnamed.map((name): [string, unknown] => [name, {}])
  return {...keywords, properties: Object.fromEntries([...Object.entries(properties), ...named])}
}
