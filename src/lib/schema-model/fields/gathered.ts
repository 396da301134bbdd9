import {isJsonObject, own, type JsonObject} from '../json-object'
import {definitionPrefix} from '../read/schema-reader'

/** A member of an object, with the schemas that all hold for it. */
export interface Member {
  name: string
  schemas: readonly unknown[]
  isRequired: boolean
}

/** The members that a schema does not name, or those whose names match a pattern. */
export interface OtherMembers {
  pattern?: string
  schemas: readonly unknown[]
}

/** So many schemas are looked at for one place: definitions that name each other twice would else double at each step. */
const maxSchemas = 5000

/** The schemas that all hold at one place: those given, what they refer to, and their `allOf`. Options of unions stand beside them. */
export class Gathered {
  readonly nodes: JsonObject[] = []
  /** The references that were followed. */
  readonly references: string[] = []
  /** For each `anyOf` and `oneOf`, its options. */
  readonly unions: Gathered[][] = []
  /** Nothing may stand here. */
  isNever = false

  constructor(
    private readonly root: JsonObject,
    schemas: readonly unknown[],
    private readonly budget = {left: maxSchemas},
  ) {
    for (const schema of schemas) this.take(schema)
  }

  /** The value of a keyword at the outermost schema that has it. */
  first(keyword: string): unknown {
    return this.nodes.map((node) => own(node, keyword)).find((value) => value !== undefined)
  }

  /** Whether there is something inside to be told: members, or elements that have some. */
  isStructured(): boolean {
    return (
      this.members().length > 0 || this.others().length > 0 || this.elementPlace()?.isStructured() === true
    )
  }

  members(): Member[] {
    const names = new Set(this.everywhere().flatMap((place) => place.ownNames()))
    return [...names].map((name) => ({name, schemas: this.of(name), isRequired: this.requires(name)}))
  }

  others(): OtherMembers[] {
    const nodes = this.everywhere().flatMap(({nodes: list}) => list)
    const patterned = nodes.flatMap((node) => Object.entries(mapOf(node, 'patternProperties')))
    const rest = nodes.map((node) => own(node, 'additionalProperties')).filter(isJsonObject)
    return [
      ...[...new Set(patterned.map(([pattern]) => pattern))].map((pattern) => ({
        pattern,
        schemas: patterned.flatMap(([key, schema]) => (key === pattern ? [schema] : [])),
      })),
      ...(rest.length > 0 ? [{schemas: rest}] : []),
    ]
  }

  /** The schemas of an array's elements; `prefixItems` count as options. */
  elements(): unknown[] {
    const nodes = this.everywhere().flatMap(({nodes: list}) => list)
    return nodes.flatMap((node) => {
      const prefix = own(node, 'prefixItems')
      const items = own(node, 'items')
      const all = [
        ...(Array.isArray(prefix) ? (prefix as unknown[]) : []),
        ...(isJsonObject(items) ? [items] : []),
      ]
      return all.length > 1 ? [{anyOf: all}] : all
    })
  }

  private elementPlace(): Gathered | undefined {
    const schemas = this.elements()
    // One that leads back to itself through items alone has nothing inside.
    if (schemas.length === 0 || this.depth > 8) return undefined
    const place = new Gathered(this.root, schemas)
    place.depth = this.depth + 1
    return place
  }

  private depth = 0

  /** This place and the options of its unions, and theirs. */
  private everywhere(): Gathered[] {
    return [this, ...this.unions.flat().flatMap((option) => option.everywhere())]
  }

  private ownNames(): string[] {
    return this.nodes.flatMap((node) => {
      const required = own(node, 'required')
      const listed = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
      return [...Object.keys(mapOf(node, 'properties')), ...listed]
    })
  }

  /** What holds for a member here; what only some options say of it is one union. */
  private of(name: string): unknown[] {
    const here = this.nodes.flatMap((node) => {
      const properties = mapOf(node, 'properties')
      return Object.hasOwn(properties, name) ? [properties[name]] : []
    })
    const unions = this.unions.flatMap((options) => {
      const said = options.flatMap((option) => {
        const all = option.of(name)
        return all.length === 0 ? [] : all.length === 1 ? all : [{allOf: all}]
      })
      return said.length > 1 ? [{anyOf: said}] : said
    })
    return [...here, ...unions]
  }

  private requires(name: string): boolean {
    return (
      this.nodes.some((node) => {
        const required = own(node, 'required')
        return Array.isArray(required) && required.includes(name)
      }) || this.unions.some((options) => options.every((option) => option.requires(name)))
    )
  }

  private take(schema: unknown, taken: ReadonlySet<unknown> = new Set()): void {
    if (schema === false) this.isNever = true
    if (!isJsonObject(schema) || taken.has(schema) || this.budget.left <= 0) return
    this.budget.left -= 1
    const inner = new Set(taken).add(schema)
    this.nodes.push(schema)
    const reference = own(schema, '$ref')
    if (typeof reference === 'string') {
      this.references.push(reference)
      this.take(this.resolve(reference), inner)
    }
    for (const part of listOf(schema, 'allOf')) this.take(part, inner)
    for (const keyword of ['anyOf', 'oneOf']) {
      const options = listOf(schema, keyword).filter((option) => !inner.has(option))
      if (options.length > 0)
        this.unions.push(options.map((option) => new Gathered(this.root, [option], this.budget)))
    }
  }

  private resolve(reference: string): unknown {
    if (reference === '#') return this.root
    return own(own(this.root, '$defs'), reference.slice(definitionPrefix.length))
  }
}

function listOf(node: JsonObject, keyword: string): unknown[] {
  const list = own(node, keyword)
  return Array.isArray(list) ? list : []
}

function mapOf(node: JsonObject, keyword: string): JsonObject {
  const map = own(node, keyword)
  return isJsonObject(map) ? map : {}
}
