import type {Ajv2020, ValidateFunction} from 'ajv/dist/2020'
import {makeAjv, withPlainNumbers} from '../../check/ajv'
import {guarded} from '../../check/guarded'
import {isJsonObject, own, type JsonObject} from '../../json-object'
import type {SchemaDocument} from '../../schema-document'
import {mapReferences} from '../../walk'
import {isAssertion} from './keywords'

/** A place of an event, by the schemas that all hold there. Without any, anything may stand there. */
export interface Place {
  /** The same schemas have the same id. */
  id: string
  /** Schemas that ask for something; what they refer to and their `allOf` stand beside them. */
  nodes: readonly JsonObject[]
  /** The same and those that only describe, the outermost first. */
  notes: readonly JsonObject[]
  /** Nothing may stand there. */
  isNever: boolean
}

const prefix = '#/$defs/'
const uri = 'urn:usage-tracker:side'

/** One of the two schemas that are compared: its places, and which values it takes at them. */
export class Side {
  readonly root: Place
  private readonly definitions: JsonObject
  private readonly numbers = new Map<JsonObject, number>()
  private readonly checks = new Map<string, ValidateFunction>()
  private names: Map<unknown, string> | undefined
  private ajv: Ajv2020 | undefined

  constructor(document: SchemaDocument) {
    const {$defs, ...root} = document.schema
    const given = isJsonObject($defs) ? Object.entries($defs) : []
    let rootName = 'root'
    while (isJsonObject($defs) && Object.hasOwn($defs, rootName)) rootName += '_'
    const all = Object.fromEntries([...given, [rootName, root]])
    const named = mapReferences({$defs: all}, (reference) =>
      reference === '#' ? prefix + rootName : reference,
    )
    this.definitions = own(named, '$defs') as JsonObject
    this.root = this.place([this.definitions[rootName]])
  }

  /** The place at which all of these schemas hold. */
  place(schemas: readonly unknown[]): Place {
    const notes = new Set<JsonObject>()
    const isNever = schemas.map((schema) => this.gather(schema, notes)).includes(false)
    const nodes = isNever ? [] : [...notes].filter((node) => Object.keys(node).some(isAssertion))
    const id = isNever
      ? 'never'
      : nodes
          .map((node) => this.numberOf(node))
          .sort((a, b) => a - b)
          .join()
    return {id, nodes, notes: [...notes], isNever}
  }

  /** The name of a definition, or the title of any other schema. */
  nameOf(node: JsonObject): string | undefined {
    this.names ??= new Map(Object.entries(this.definitions).map(([name, schema]) => [schema, name]))
    const title = own(node, 'title')
    return this.names.get(node) ?? (typeof title === 'string' ? title : undefined)
  }

  /** What a reference leads to. */
  resolve(reference: string): unknown {
    return own(this.definitions, reference.slice(prefix.length))
  }

  /** Whether a value may stand at a place. Throws `SCHEMA_UNCHECKABLE` (usage). */
  accepts(place: Place, value: unknown): boolean {
    if (place.isNever) return false
    let check = this.checks.get(place.id)
    if (!check) {
      this.ajv ??= this.makeAjv()
      const schema = mapReferences({allOf: place.nodes}, (reference) => uri + reference)
      check = this.ajv.compile(withPlainNumbers(schema) as object)
      this.checks.set(place.id, check)
    }
    const plain = withPlainNumbers(value)
    return guarded(() => check(plain))
  }

  private makeAjv(): Ajv2020 {
    const all = withPlainNumbers({$id: uri, $defs: this.definitions}) as object
    const ajv = makeAjv(all)
    ajv.addSchema(all)
    return ajv
  }

  /** Adds a schema and all that stands in its place; answers whether anything can satisfy it. */
  private gather(schema: unknown, found: Set<JsonObject>): boolean {
    if (schema === false) return false
    if (!isJsonObject(schema) || found.has(schema)) return true
    found.add(schema)
    const reference = own(schema, '$ref')
    const parts = own(schema, 'allOf')
    const inner = [
      ...(typeof reference === 'string' ? [this.resolve(reference)] : []),
      ...(Array.isArray(parts) ? (parts as unknown[]) : []),
    ]
    return !inner.map((part) => this.gather(part, found)).includes(false)
  }

  private numberOf(node: JsonObject): number {
    const number = this.numbers.get(node) ?? this.numbers.size
    this.numbers.set(node, number)
    return number
  }
}
