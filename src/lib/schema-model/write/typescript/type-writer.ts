import {isExactNumber} from '../../../core/json'
import {isJsonObject, type JsonObject} from '../../json-object'
import {definitionPrefix} from '../../read/schema-reader'
import {docComment} from './comment'
import {atom, bracketed, intersectionOf, unionOf, unknownType, type TypeText} from './type-text'
import {typeWidths} from './widths'
import {literalOf, memberName} from './words'

const plainTypes: Readonly<Record<string, TypeText>> = {
  string: atom('string'),
  number: atom('number'),
  integer: atom('number'),
  boolean: atom('boolean', 2),
  null: atom('null'),
}
const objectKeywords = ['properties', 'patternProperties', 'additionalProperties', 'required']
const arrayKeywords = ['items', 'prefixItems']
/** Constraints on structure that no type says. */
const unsayable = [
  ...['not', 'if', 'contains', 'propertyNames', 'dependentRequired', 'dependentSchemas'],
  ...['unevaluatedItems', 'unevaluatedProperties'],
]

/** Writes the types of named schemas that refer to each other as `#/$defs/NAME`. */
export class TypeWriter {
  readonly losses = new Set<string>()
  private readonly widths: ReadonlyMap<string, number>

  constructor(
    private readonly schemas: ReadonlyMap<string, unknown>,
    private readonly names: ReadonlyMap<string, string>,
  ) {
    this.widths = typeWidths(schemas)
  }

  /** The declaration of a named schema, with its comment. */
  declaration(name: string): string {
    const schema = this.schemas.get(name)
    const typeName = this.names.get(name) ?? name
    const comment = isJsonObject(schema) ? docComment(schema, '') : ''
    const {text} = this.type(schema, '')
    return isJsonObject(schema) && isPlainObject(schema)
      ? `${comment}export interface ${typeName} ${text}\n`
      : `${comment}export type ${typeName} = ${text};\n`
  }

  private type(schema: unknown, indent: string): TypeText {
    if (schema === false) return unionOf([])
    if (!isJsonObject(schema)) return unknownType
    for (const key of unsayable) if (schema[key] !== undefined) this.losses.add(key)
    const {$ref, allOf, anyOf, oneOf} = schema
    const parts: TypeText[] = []
    if (typeof $ref === 'string') parts.push(this.named($ref))
    parts.push(this.own(schema, indent))
    for (const choice of [anyOf, oneOf])
      if (choice !== undefined) parts.push(unionOf(this.types(choice, indent)))
    if (allOf !== undefined) parts.push(...this.types(allOf, indent))
    return intersectionOf(parts)
  }

  private types(schemas: unknown, indent: string): TypeText[] {
    return Array.isArray(schemas) ? schemas.map((schema) => this.type(schema, indent)) : []
  }

  private named(reference: string): TypeText {
    const name = reference.slice(definitionPrefix.length)
    return atom(this.names.get(name) ?? 'unknown', this.widths.get(reference))
  }

  /** What the keywords of a schema say by themselves. */
  private own(schema: JsonObject, indent: string): TypeText {
    if (Object.hasOwn(schema, 'const')) return literalType(schema.const)
    if (Array.isArray(schema.enum)) return unionOf(schema.enum.map(literalType))
    const types = typesOf(schema)
    return types.length === 0 ? unknownType : unionOf(types.map((type) => this.typed(type, schema, indent)))
  }

  private typed(type: string, schema: JsonObject, indent: string): TypeText {
    if (type === 'object') return atom(this.object(schema, indent))
    if (type === 'array') return atom(this.array(schema, indent))
    return plainTypes[type] ?? unknownType
  }

  private array({items, prefixItems, minItems}: JsonObject, indent: string): string {
    const rest = items === false ? undefined : `${bracketed(this.type(items, indent))}[]`
    if (!Array.isArray(prefixItems)) return rest ?? '[]'
    const needed = Number(minItems ?? 0)
    const places = prefixItems.map((schema, i) => {
      const type = this.type(schema, indent)
      return i < needed ? type.text : `${bracketed(type)}?`
    })
    return `[${[...places, ...(rest === undefined ? [] : [`...${rest}`])].join(', ')}]`
  }

  private object(schema: JsonObject, indent: string): string {
    const inner = `${indent}  `
    const properties = isJsonObject(schema.properties) ? schema.properties : {}
    const required = new Set<unknown>(Array.isArray(schema.required) ? schema.required : [])
    const unnamed = [...required].filter((name) => !Object.hasOwn(properties, String(name)))
    const members = [
      ...Object.entries(properties),
      ...unnamed.map((name): [string, unknown] => [String(name), true]),
    ].map(([name, child]) => {
      const comment = isJsonObject(child) ? docComment(child, inner) : ''
      const mark = required.has(name) ? '' : '?'
      return `${comment}${inner}${memberName(name)}${mark}: ${this.type(child, inner).text};\n`
    })
    const others = this.others(schema, members.length > 0, inner)
    if (others !== undefined) members.push(`${inner}[key: string]: ${others};\n`)
    return `{\n${members.join('')}${indent}}`
  }

  /** The type of the members that have no name of their own; undefined where nothing is said of them. */
  private others(schema: JsonObject, hasMembers: boolean, indent: string): string | undefined {
    const {patternProperties, additionalProperties} = schema
    const patterns = isJsonObject(patternProperties) ? Object.values(patternProperties) : []
    if (hasMembers) {
      // A type for the others would have to allow the types of all named members as well.
      const isOpen =
        patterns.length > 0 || (additionalProperties !== undefined && additionalProperties !== false)
      return isOpen ? 'unknown' : undefined
    }
    return unionOf(this.types([...patterns, additionalProperties ?? true], indent)).text
  }
}

/** A schema without `type` is taken for what its keywords speak of. */
function typesOf(schema: JsonObject): string[] {
  const {type} = schema
  if (type !== undefined)
    return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string')
  const speaksOf = (keys: readonly string[]) => keys.some((key) => schema[key] !== undefined)
  if (speaksOf(objectKeywords)) return ['object']
  return speaksOf(arrayKeywords) ? ['array'] : []
}

function isPlainObject(schema: JsonObject): boolean {
  const hasMore = ['$ref', 'const', 'enum', 'allOf', 'anyOf', 'oneOf'].some(
    (key) => schema[key] !== undefined,
  )
  const types = typesOf(schema)
  return !hasMore && types.length === 1 && types[0] === 'object'
}

function literalType(value: unknown): TypeText {
  if (value === null) return atom('null')
  if (typeof value === 'string') return atom(literalOf(value))
  if (typeof value === 'boolean') return atom(String(value))
  if (typeof value === 'number') return atom(String(value))
  // A literal of more digits than a double holds would be another number.
  if (isExactNumber(value)) return atom('number')
  if (Array.isArray(value)) return atom(`[${value.map((member) => literalType(member).text).join(', ')}]`)
  const members = Object.entries(value as JsonObject).map(
    ([key, member]) => `${memberName(key)}: ${literalType(member).text}`,
  )
  return atom(members.length > 0 ? `{${members.join('; ')}}` : '{[key: string]: never}')
}
