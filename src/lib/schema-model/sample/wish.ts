import {isJsonObject, own, type JsonObject} from '../json-object'
import {definitionPrefix} from '../read/schema-reader'
import type {Chance} from './chance'

/** What one value must keep: schemas without unions and references, all of which hold. */
export interface Wish {
  nodes: JsonObject[]
  /** Nothing can keep it. */
  isNever: boolean
}

/** So many schemas one inside the other: a circle that only `not` or a union keeps from being endless. */
const maxSteps = 64

/** So many for one value: definitions that name each other twice would else double at each step. */
const maxNodes = 2000

/** Turns schemas into wishes: follows references and `allOf`, and chooses an option wherever there are several. */
export class Wishes {
  constructor(
    private readonly root: JsonObject,
    private readonly chance: Chance,
  ) {}

  /** `isShort` prefers options that end soon. */
  of(schemas: readonly unknown[], isShort: boolean): Wish {
    const wish: Wish = {nodes: [], isNever: false}
    for (const schema of schemas) this.take(schema, wish, isShort, maxSteps)
    return wish
  }

  private take(schema: unknown, wish: Wish, isShort: boolean, steps: number): void {
    const isFull = steps === 0 || wish.nodes.length === maxNodes
    if (schema === false || isFull) wish.isNever = true
    if (!isJsonObject(schema) || isFull) return
    wish.nodes.push(schema)
    const inner: unknown[] = []
    const reference = own(schema, '$ref')
    if (typeof reference === 'string') inner.push(this.resolve(reference))
    const all = own(schema, 'allOf')
    if (Array.isArray(all)) inner.push(...(all as unknown[]))
    for (const keyword of ['anyOf', 'oneOf']) {
      const options = own(schema, keyword)
      if (Array.isArray(options)) inner.push(this.option(options, isShort))
    }
    inner.push(...this.branch(schema))
    for (const part of inner) this.take(part, wish, isShort, steps - 1)
  }

  private option(options: readonly unknown[], isShort: boolean): unknown {
    const possible = options.filter((option) => option !== false)
    const short = possible.filter(isFlat)
    return isShort && short.length > 0 ? this.chance.pick(short) : this.chance.pick(possible)
  }

  /** The condition with what follows from it, or what holds without it. */
  private branch(schema: JsonObject): unknown[] {
    if (!Object.hasOwn(schema, 'if')) return []
    const [then, otherwise] = [own(schema, 'then'), own(schema, 'else')]
    return this.chance.oneIn(2) ? [schema['if'], then ?? true] : [otherwise ?? true]
  }

  private resolve(reference: string): unknown {
    if (reference === '#') return this.root
    return own(own(this.root, '$defs'), reference.slice(definitionPrefix.length))
  }
}

/** Whether a schema holds no others. */
function isFlat(schema: unknown): boolean {
  if (!isJsonObject(schema)) return true
  return !['$ref', 'properties', 'items', 'allOf', 'anyOf', 'oneOf'].some((key) => Object.hasOwn(schema, key))
}

/** The values of a keyword in all schemas of a wish that have it. */
export function said(nodes: readonly JsonObject[], keyword: string): unknown[] {
  const values: unknown[] = []
  for (const node of nodes) if (Object.hasOwn(node, keyword)) values.push(node[keyword])
  return values.length === 0 ? none : values
}

/** One list for all that nothing is said of, which is most of what is asked. */
const none: unknown[] = []

/** The same as numbers; bounds may be written with more digits than a double holds. */
export function numbersSaid(nodes: readonly JsonObject[], keyword: string): number[] {
  return said(nodes, keyword).map(Number).filter(Number.isFinite)
}

/** The maps of schemas under a keyword, as entries. */
export function entriesSaid(nodes: readonly JsonObject[], keyword: string): [string, unknown][] {
  return said(nodes, keyword).flatMap((map) => (isJsonObject(map) ? Object.entries(map) : []))
}

/** The texts in the lists under a keyword. */
export function textsSaid(nodes: readonly JsonObject[], keyword: string): string[] {
  return said(nodes, keyword).flatMap((list) =>
    Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [],
  )
}
