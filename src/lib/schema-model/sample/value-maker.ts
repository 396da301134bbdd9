import {isJsonObject, type JsonObject} from '../json-object'
import {chosenNames, schemasOfMember} from './members'
import {sampleNumber} from './numbers'
import {isIdentity, sampleText, type TextTools} from './texts'
import {numbersSaid, said, type Wishes} from './wish'

/** How much of what may be left out is left out: a share from 0 (nothing) to 1 (everything). */
export type Sparseness = number

/** Deeper than this only what must be there is made, so that schemas that refer to themselves come to an end. */
const calmDepth = 5
const maxDepth = 60

/** So many values inside one another at most: a list of itself that must have two elements would else double at each step. */
const maxValues = 20_000

interface Spot {
  name: string
  depth: number
}

/** Makes values for schemas. Most are valid; what keywords ask for together (`not`, overlapping options) is left to the check. */
export class ValueMaker {
  constructor(
    private readonly wishes: Wishes,
    private readonly tools: TextTools,
    private readonly sparseness: Sparseness,
  ) {}

  /** How many values the last one took to make, itself included. */
  valueCount = 0

  /** A value at which all of these schemas hold; undefined where nothing may stand there, or too much would have to. */
  make(schemas: readonly unknown[]): unknown {
    this.valueCount = 0
    const value = this.value(schemas, {name: '', depth: 0})
    return this.valueCount > maxValues ? undefined : value
  }

  private value(schemas: readonly unknown[], {name, depth}: Spot): unknown {
    this.valueCount += 1
    if (depth > maxDepth || this.valueCount > maxValues) return null
    const isDeep = depth > calmDepth
    const {nodes, isNever} = this.wishes.of(schemas, isDeep || this.sparseness === 1)
    if (isNever) return undefined
    const {chance} = this.tools
    const listed = valuesListed(nodes)
    if (listed) return chance.pick(listed)
    const shown = examplesOf(nodes, name)
    if (shown.length > 0 && chance.oneIn(2)) return chance.pick(shown)
    const type = chance.pick(typesOf(nodes, this.sparseness === 1 && chance.oneIn(3)))
    const sparseness = isDeep ? 1 : this.sparseness
    if (type === 'object') return this.object(nodes, depth, sparseness)
    return type === 'array' ? this.array(nodes, name, depth, sparseness) : this.scalar(type, nodes, name)
  }

  private scalar(type: string | undefined, nodes: readonly JsonObject[], name: string): unknown {
    const {chance} = this.tools
    switch (type) {
      case 'integer':
      case 'number':
        return sampleNumber(nodes, type === 'integer', chance)
      case 'boolean':
        return chance.oneIn(2)
      case 'null':
        return null
      default:
        return sampleText(nodes, name, this.tools)
    }
  }

  private object(nodes: readonly JsonObject[], depth: number, sparseness: number): JsonObject {
    const nameOf = (schemas: readonly unknown[]) => {
      const made = this.value([...schemas, {type: 'string'}], {name: '', depth: depth + 1})
      return typeof made === 'string' ? made : undefined
    }
    const {all, dependents} = chosenNames(nodes, sparseness, this.tools, nameOf)
    const members = all.map((name): [string, unknown] => [
      name,
      this.value(schemasOfMember(nodes, name), {name, depth: depth + 1}),
    ])
    const made = Object.fromEntries(members.filter(([, value]) => value !== undefined))
    if (dependents.length === 0) return made
    // What one member asks of the whole object is made beside it.
    const beside = this.value([...dependents, {type: 'object'}], {name: '', depth: depth + 1})
    return isJsonObject(beside) ? {...beside, ...made} : made
  }

  private array(nodes: readonly JsonObject[], name: string, depth: number, sparseness: number): unknown[] {
    const {chance} = this.tools
    const min = Math.max(0, ...numbersSaid(nodes, 'minItems'))
    const max = Math.min(...numbersSaid(nodes, 'maxItems'), min + 3)
    const prefix = said(nodes, 'prefixItems').flatMap((list) =>
      Array.isArray(list) ? [list as unknown[]] : [],
    )
    const kept = nodes.flatMap((node) => {
      if (!Object.hasOwn(node, 'contains')) return []
      const count = node['minContains'] === undefined ? 1 : Number(node['minContains'])
      return Array.from({length: Math.min(count, 100)}, () => node['contains'])
    })
    const wanted = sparseness === 1 ? min : chance.between(Math.min(Math.max(min, 1), max), max)
    const length = Math.max(Math.min(Math.max(wanted, kept.length), max), min)
    const isUnique = said(nodes, 'uniqueItems').includes(true)
    const seen = new Set<string>()
    const values: unknown[] = []
    for (let i = 0; i < length; i++) {
      const schemas = [...schemasOfElement(nodes, prefix, i), ...(kept[i] === undefined ? [] : [kept[i]])]
      let value = this.value(schemas, {name, depth: depth + 1})
      for (let tries = 0; isUnique && seen.has(JSON.stringify(value) ?? '') && tries < 20; tries++)
        value = this.value(schemas, {name, depth: depth + 1})
      if (value === undefined || (isUnique && seen.has(JSON.stringify(value) ?? '') && i >= min)) break
      seen.add(JSON.stringify(value) ?? '')
      values.push(value)
    }
    return values
  }
}

function schemasOfElement(nodes: readonly JsonObject[], prefix: readonly unknown[][], i: number): unknown[] {
  const placed = prefix.flatMap((list) => (i < list.length ? [list[i]] : []))
  const rest = nodes.flatMap((node) => {
    const own = Array.isArray(node['prefixItems']) ? node['prefixItems'].length : 0
    return i >= own && Object.hasOwn(node, 'items') ? [node['items']] : []
  })
  return [...placed, ...rest]
}

/** The values that `const` and all `enum` allow; undefined where neither is there. */
function valuesListed(nodes: readonly JsonObject[]): unknown[] | undefined {
  const lists = [
    ...said(nodes, 'const').map((value) => [value]),
    ...said(nodes, 'enum').flatMap((list) => (Array.isArray(list) ? [list as unknown[]] : [])),
  ]
  const [first, ...others] = lists
  if (!first) return undefined
  const has = (list: readonly unknown[], value: unknown) =>
    list.some((one) => JSON.stringify(one) === JSON.stringify(value))
  const types = said(nodes, 'type').map((type) => [type].flat())
  const common = first.filter((value) => others.every((list) => has(list, value)))
  const typed = common.filter((value) => types.every((list) => list.some((type) => isOfType(value, type))))
  return typed.length > 0 ? typed : common.length > 0 ? common : first
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  return type === 'object' ? isJsonObject(value) : typeof value === type
}

/** The examples that a schema gives; of identities and times each value has its own. */
function examplesOf(nodes: readonly JsonObject[], name: string): unknown[] {
  if (isIdentity(name) || nodes.some((node) => Object.hasOwn(node, 'format'))) return []
  return said(nodes, 'examples').flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
}

/** What each keyword is about. */
const about: readonly [type: string, keywords: readonly string[]][] = [
  [
    'object',
    [
      ...['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames'],
      ...['minProperties', 'maxProperties', 'dependentRequired', 'dependentSchemas', 'unevaluatedProperties'],
    ],
  ],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems', 'unevaluatedItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

const anyType = ['string', 'string', 'integer', 'number', 'boolean', 'null', 'object', 'array']

/**
 * The types that all schemas allow; those that the keywords are about where none is named, or any, of which the keywords ask nothing, where
 * `isWild`.
 */
function typesOf(nodes: readonly JsonObject[], isWild: boolean): string[] {
  const lists = said(nodes, 'type').map((type) => [type].flat().map(String))
  const allows = (list: readonly string[], type: string) =>
    list.includes(type) || (type === 'integer' && list.includes('number'))
  const candidates = new Set(lists.flat())
  const common = [...candidates].filter((type) => lists.every((list) => allows(list, type)))
  if (lists.length > 0) return common
  const guessed = about.flatMap(([type, keywords]) =>
    nodes.some((node) => keywords.some((keyword) => Object.hasOwn(node, keyword))) ? [type] : [],
  )
  return guessed.length > 0 && !isWild ? guessed : anyType
}
