import {OpError} from '../../core/errors'
import {stringifyExact} from '../../core/json'
import {joinedEntries} from '../joined-entries'
import {isJsonObject, mapValues, own, type JsonObject} from '../json-object'
import {ComponentNames} from '../openapi-document'
import {pascalName} from '../schema-name'
import {faultOf, faultOfName, faultOfType, isIdle} from './check-keyword'
import type {Dialect} from './dialect'
import {kindOfKeyword, pointerStep, type KeywordKind} from './keywords'
import type {Places} from './places'

/** Where definitions stand in a schema document. */
export const definitionPrefix = '#/$defs/'

/** Names that need no escape in a reference, in any of the forms. */
const plainName = /^[0-9A-Za-z._-]+$/

/** A key as the name of a definition. */
export function definitionName(key: string): string {
  return plainName.test(key) && key !== '__proto__' ? key : pascalName(key)
}

const exclusiveOf: Readonly<Record<string, string>> = {
  minimum: 'exclusiveMinimum',
  maximum: 'exclusiveMaximum',
}

/** A schema as it stands in the document, and where. */
interface Place {
  schema: JsonObject
  pointer: string
}

type Entries = [key: string, value: unknown][]

/** Rewrites the schemas of one document in JSON Schema 2020-12, every place that is referred to as a definition. */
export class SchemaReader {
  /** By name, in the order in which they stood or were found. */
  readonly definitions = new Map<string, unknown>()
  private readonly names = new ComponentNames()
  private readonly nameOf = new Map<string, string>()

  /** `root` is the pointer of the schema that the document is about, `rootName` its name as a component; both are missing where there is none. */
  constructor(
    private readonly places: Places,
    private readonly dialect: Dialect,
    private readonly root: string | undefined,
    rootName: string | undefined,
  ) {
    if (rootName !== undefined) this.names.take(rootName)
  }

  /** Makes a definition of a named schema, and of everything that it refers to. */
  define(pointers: readonly string[]): void {
    for (const pointer of pointers) this.reference(pointer)
    // A conversion may find further references; the map hands them out in turn.
    for (const [pointer, name] of this.nameOf) {
      if (!this.definitions.has(name))
        this.definitions.set(name, this.schema(this.places.at(pointer), pointer))
    }
  }

  /** A schema of the document in 2020-12. Throws `BAD_SCHEMA` (usage) and what `Places.resolve` throws. */
  schema(schema: unknown, pointer: string): unknown {
    if (typeof schema === 'boolean') return schema
    if (!isJsonObject(schema)) throw badSchema(pointer, 'a schema is an object, true or false')
    const reference = own(schema, '$ref')
    if (reference === undefined) return this.keywords(schema, pointer)
    if (typeof reference !== 'string') throw badSchema(pointer, '$ref must be a text')
    const target = {$ref: this.reference(this.places.resolve(reference, pointer))}
    return this.dialect.refStandsAlone ? target : {...target, ...this.keywords(schema, pointer)}
  }

  /** `#` for the schema that the document is about, else the reference to the definition. */
  private reference(pointer: string): string {
    if (pointer === this.root) return '#'
    let name = this.nameOf.get(pointer)
    if (name === undefined) {
      const key = (pointer.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
      name = this.names.take(definitionName(key))
      this.nameOf.set(pointer, name)
    }
    return definitionPrefix + name
  }

  private keywords(schema: JsonObject, pointer: string): JsonObject {
    const at = {schema, pointer}
    return joinedEntries(
      Object.entries(schema).flatMap(([key, value]) => {
        const kind = kindOfKeyword.get(key)
        return kind === undefined ? this.special(key, value, at) : this.keyword(kind, key, value, at)
      }),
    )
  }

  private keyword(kind: KeywordKind, key: string, value: unknown, {schema, pointer}: Place): Entries {
    const fault = faultOf(kind, value)
    if (fault !== undefined) throw badSchema(pointer, `${key} must be ${fault}`)
    if (isIdle(kind, value)) return []
    const place = pointer + pointerStep(key)
    switch (kind) {
      case 'schema':
        return [[key, this.schema(value, place)]]
      case 'schemas':
        return [[key, this.list(value as unknown[], place)]]
      case 'schemaMap':
        return [[key, this.map(key, value as JsonObject, place)]]
      case 'number':
        return [[boundOf(schema, key), value]]
      case 'names':
        return distinctNames(key, value as string[])
      case 'nameMap':
        return [[key, mapValues(value as JsonObject, (names) => [...new Set(names as string[])])]]
      default:
        return [[key, value]]
    }
  }

  private list(schemas: readonly unknown[], place: string): unknown[] {
    return schemas.map((child, i) => this.schema(child, `${place}/${i}`))
  }

  private map(keyword: string, schemas: JsonObject, place: string): JsonObject {
    return mapValues(schemas, (child, name) => {
      refuseName(keyword, name, place)
      return this.schema(child, place + pointerStep(name))
    })
  }

  /** Keywords whose meaning depends on the dialect or on what stands beside them. */
  private readonly specials: Readonly<Record<string, (value: unknown, at: Place, key: string) => Entries>> = {
    type: (value, at) => [['type', this.types(value, at)]],
    enum: (value, at) => [['enum', distinctValues(value, at.pointer)]],
    items: (value, at) => this.items(value, `${at.pointer}/items`),
    additionalItems: (value, at) =>
      Array.isArray(at.schema.items) ? [['items', this.schema(value, `${at.pointer}/additionalItems`)]] : [],
    exclusiveMinimum: (value, at, key) => this.exclusive(key, value, at),
    exclusiveMaximum: (value, at, key) => this.exclusive(key, value, at),
    dependencies: (value, at) => this.dependencies(value, at.pointer),
    example: (value, at) => (at.schema.examples === undefined ? [['examples', [value]]] : []),
    discriminator: (value, at) => this.discriminator(value, at.pointer),
    $dynamicRef: (value, at) => this.dynamic(value, at),
    $recursiveRef: (value, at) => this.dynamic(value, at),
  }

  /** Of the keywords that are not known `x-` members stay; nobody could say what the others refer to. */
  private special(key: string, value: unknown, at: Place): Entries {
    if (Object.hasOwn(this.specials, key)) return this.specials[key]?.(value, at, key) ?? []
    return key.startsWith('x-') && key !== this.dialect.nullable ? [[key, value]] : []
  }

  private items(value: unknown, place: string): Entries {
    if (!Array.isArray(value)) return [['items', this.schema(value, place)]]
    return value.length > 0 ? [['prefixItems', this.list(value, place)]] : []
  }

  private exclusive(key: string, value: unknown, at: Place): Entries {
    return typeof value === 'boolean' ? [] : this.keyword('number', key, value, at)
  }

  private types(value: unknown, {schema, pointer}: Place): unknown {
    const fault = faultOfType(value)
    if (fault !== undefined) throw badSchema(pointer, `type must be ${fault}`)
    const names = new Set<unknown>(Array.isArray(value) ? value : [value])
    const {nullable} = this.dialect
    if (nullable !== undefined && own(schema, nullable) === true) names.add('null')
    return names.size === 1 ? [...names][0] : [...names]
  }

  private dependencies(value: unknown, pointer: string): Entries {
    if (!isJsonObject(value)) throw badSchema(pointer, 'dependencies must be an object')
    const place = pointer + pointerStep('dependencies')
    return Object.entries(value).map(([key, child]) => {
      refuseName('dependencies', key, place)
      if (!Array.isArray(child)) {
        return ['dependentSchemas', Object.fromEntries([[key, this.schema(child, place + pointerStep(key))]])]
      }
      const fault = faultOf('names', child)
      if (fault !== undefined) throw badSchema(place, `"${key}" must be ${fault}`)
      return ['dependentRequired', Object.fromEntries([[key, [...new Set<unknown>(child)]]])]
    })
  }

  /** Swagger 2.0 names only the member; the mapping of OpenAPI may hold names in the place of references. */
  private discriminator(value: unknown, pointer: string): Entries {
    const propertyName = typeof value === 'string' ? value : own(value, 'propertyName')
    if (typeof propertyName !== 'string') return []
    const mapping = own(value, 'mapping')
    if (!isJsonObject(mapping)) return [['discriminator', {propertyName}]]
    const targets = mapValues(mapping, (target) => {
      if (typeof target !== 'string') throw badSchema(pointer, 'discriminator.mapping must hold references')
      const isName = plainName.test(target) && this.dialect.holders.length === 1
      const reference = isName ? `#${this.dialect.holders[0] ?? ''}/${target}` : target
      return this.reference(this.places.resolve(reference, pointer))
    })
    return [['discriminator', {propertyName, mapping: targets}]]
  }

  private dynamic(value: unknown, {schema, pointer}: Place): Entries {
    if (typeof value !== 'string') throw badSchema(pointer, 'a reference must be a text')
    const $ref = this.reference(this.places.resolveDynamic(value, pointer))
    return own(schema, '$ref') === undefined ? [['$ref', $ref]] : [['allOf', [{$ref}]]]
  }
}

/** A bound that is marked as exclusive, as up to draft 4, becomes the exclusive bound itself. */
function boundOf(schema: JsonObject, key: string): string {
  const exclusive = exclusiveOf[key]
  return exclusive !== undefined && own(schema, exclusive) === true ? exclusive : key
}

function distinctNames(key: string, names: readonly string[]): Entries {
  return names.length > 0 ? [[key, [...new Set(names)]]] : []
}

function distinctValues(value: unknown, pointer: string): unknown[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw badSchema(pointer, 'enum must be a list of at least one value')
  }
  return [...new Map(value.map((member: unknown) => [stringifyExact(member), member])).values()]
}

function refuseName(keyword: string, name: string, place: string): void {
  const fault = faultOfName(keyword, name)
  if (fault !== undefined) throw badSchema(place, `the name ${JSON.stringify(name)} must be ${fault}`)
}

function badSchema(pointer: string, fault: string): OpError {
  return new OpError(
    'usage',
    'BAD_SCHEMA',
    `The schema is not valid at "${pointer.slice(0, 300)}": ${fault}.`,
  )
}
