type Part = Record<string, unknown>

/** A source of chance: a number from 0 to below `n`. */
export type Draw = (n: number) => number

/** Chance from a seed (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

const texts = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'cab',
  'abcd',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  '10.0.0.1',
  'a@b.cd',
  '0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21',
]
const numbers = [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 2 ** 31, 1e20]
const names = ['a', 'b', 'c', 'xa', 'za', 'q']

const pick = <T>(draw: Draw, list: readonly T[]): T => list[draw(list.length)] as T

/** Any value of few members and few kinds, three levels deep. */
export function anyValue(draw: Draw, depth = 3): unknown {
  switch (draw(depth > 0 ? 7 : 5)) {
    case 0:
      return null
    case 1:
      return draw(2) === 1
    case 2:
      return pick(draw, numbers)
    case 3:
    case 4:
      return pick(draw, texts)
    case 5:
      return Array.from({length: draw(4)}, () => anyValue(draw, depth - 1))
    default:
      return Object.fromEntries(
        names.filter(() => draw(3) === 0).map((name) => [name, anyValue(draw, depth - 1)]),
      )
  }
}

/** Makes values that a schema names; most of them are valid by it, and none has a member that it does not name. */
export class ValueMaker {
  constructor(
    private readonly document: Part,
    private readonly draw: Draw,
  ) {}

  value(schema: unknown = this.document, depth = 5): unknown {
    const nodes = this.gather(schema, 6)
    const listed = nodes.flatMap((node) =>
      'const' in node ? [node.const] : Array.isArray(node.enum) ? (node.enum as unknown[]) : [],
    )
    if (listed.length > 0) return pick(this.draw, listed)
    const types = nodes.flatMap((node) => (node.type === undefined ? [] : [[node.type].flat() as string[]]))
    const common = types[0]?.filter((type) => types.every((list) => list.includes(type))) ?? []
    const guess = nodes.some(
      (node) => 'properties' in node || 'required' in node || 'additionalProperties' in node,
    )
      ? ['object', 'object', 'string']
      : nodes.some((node) => 'items' in node || 'prefixItems' in node)
        ? ['array', 'array', 'number']
        : ['string', 'number', 'boolean', 'null', 'object', 'array']
    return this.ofType(pick(this.draw, common.length > 0 ? common : (types[0] ?? guess)), nodes, depth)
  }

  private ofType(type: string, nodes: Part[], depth: number): unknown {
    switch (type) {
      case 'null':
        return null
      case 'boolean':
        return this.draw(2) === 1
      case 'integer':
        return pick(this.draw, numbers.filter(Number.isInteger))
      case 'number':
        return pick(this.draw, numbers)
      case 'string':
        return pick(this.draw, texts)
      case 'array':
        return depth <= 0 ? [] : this.array(nodes, depth)
      default:
        return depth <= 0 ? {} : this.object(nodes, depth)
    }
  }

  private array(nodes: Part[], depth: number): unknown[] {
    return Array.from({length: this.draw(4)}, (_, i) => {
      const inner = nodes.flatMap((node) => {
        const prefix = (node.prefixItems ?? []) as unknown[]
        return i < prefix.length ? [prefix[i]] : 'items' in node ? [node.items] : []
      })
      return this.value({allOf: inner}, depth - 1)
    })
  }

  private object(nodes: Part[], depth: number): Part {
    const required = nodes.flatMap((node) => (node.required ?? []) as string[])
    const declared = nodes.flatMap((node) => Object.keys((node.properties ?? {}) as object))
    const patterned = nodes
      .flatMap((node) => Object.keys((node.patternProperties ?? {}) as object))
      .flatMap((pattern) => names.filter((name) => new RegExp(pattern).test(name)))
    const isMap = nodes.some((node) => typeof node.additionalProperties === 'object')
    const all = [...new Set([...required, ...declared, ...patterned, ...(isMap ? ['q', 'za'] : [])])]
    const chosen = all.filter((name) => (required.includes(name) ? this.draw(8) > 0 : this.draw(2) === 1))
    return Object.fromEntries(
      chosen.map((name) => [
        name,
        this.value({allOf: nodes.flatMap((node) => schemasOf(node, name))}, depth - 1),
      ]),
    )
  }

  private gather(schema: unknown, steps: number): Part[] {
    if (typeof schema !== 'object' || schema === null || steps < 0) return []
    const node = schema as Part
    const found = [node]
    if (typeof node.$ref === 'string') found.push(...this.gather(this.resolve(node.$ref), steps - 1))
    for (const part of (node.allOf ?? []) as unknown[]) found.push(...this.gather(part, steps - 1))
    for (const options of [node.anyOf, node.oneOf]) {
      if (Array.isArray(options)) found.push(...this.gather(pick(this.draw, options as unknown[]), steps - 1))
    }
    return found
  }

  private resolve(reference: string): unknown {
    return reference === '#'
      ? this.document
      : (this.document.$defs as Part)[reference.slice('#/$defs/'.length)]
  }
}

function schemasOf(node: Part, name: string): unknown[] {
  const properties = (node.properties ?? {}) as Part
  const patterns = Object.entries((node.patternProperties ?? {}) as Part).filter(([pattern]) =>
    new RegExp(pattern).test(name),
  )
  const own = [...(name in properties ? [properties[name]] : []), ...patterns.map(([, schema]) => schema)]
  return own.length > 0 || node.additionalProperties === undefined ? own : [node.additionalProperties]
}
