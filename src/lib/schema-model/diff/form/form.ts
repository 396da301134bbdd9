import {own, type JsonObject} from '../../json-object'
import {conditionsOf, type Condition} from './conditions'
import {areDisjoint, shallowOf} from './shallow'
import type {Place, Side} from './side'
import {distinct, kindOf, type Kind} from './values'

/** Values of one kind that a place takes, by what is asked of them. */
export interface Alternative {
  kind: Kind
  /** All of them hold. A choice was made at each of their unions: the chosen options are among the nodes. */
  nodes: readonly JsonObject[]
  /** How the schemas call it: the name of the innermost definition, or a title. */
  name?: string | undefined
  /** Numbers without a fraction alone. */
  integral: boolean
  /** What is asked beyond the keywords of the kind. */
  conditions: readonly Condition[]
}

/** What may stand at a place: some listed values, and all values of some alternatives. */
export interface Form {
  values: readonly unknown[]
  alternatives: readonly Alternative[]
}

/** Schemas that all hold after a choice at every union among them. */
interface World {
  nodes: readonly JsonObject[]
  decided: ReadonlySet<unknown>
  conditions: readonly Condition[]
}

/** More options than this in one place are not taken apart. */
const maxWorlds = 64

/** What may stand at a place, its unions taken apart. */
export function formOf(side: Side, place: Place): Form {
  if (place.isNever) return {values: [], alternatives: []}
  const forms = worldsOf(side, place).map((world) => formOfWorld(side, world))
  return simplified({
    values: distinct(forms.flatMap(({values}) => values)),
    alternatives: forms.flatMap(({alternatives}) => alternatives),
  })
}

function worldsOf(side: Side, place: Place): World[] {
  const pending: World[] = [{nodes: place.nodes, decided: new Set(), conditions: []}]
  const done: World[] = []
  for (let world = pending.pop(); world; world = pending.pop()) {
    const union = undecidedUnion(world)
    if (union) pending.push(...decided(side, world, union, done.length + pending.length).reverse())
    else done.push(world)
  }
  return done
}

interface Union {
  keyword: 'anyOf' | 'oneOf'
  options: readonly unknown[]
}

function undecidedUnion({nodes, decided: known}: World): Union | undefined {
  for (const node of nodes) {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const options = own(node, keyword)
      if (Array.isArray(options) && !known.has(options)) return {keyword, options}
    }
  }
  return undefined
}

/** A world for each option. Of `oneOf` exactly one may hold, which is said beside it unless the options exclude each other. */
function decided(side: Side, world: World, {keyword, options}: Union, others: number): World[] {
  const known = new Set([...world.decided, options])
  const asWhole = {keyword, body: {[keyword]: options}}
  if (others + options.length > maxWorlds) {
    return [{...world, decided: known, conditions: [...world.conditions, asWhole]}]
  }
  const places = options
    .map((option) => side.place([...world.nodes, option]))
    .filter((place) => !place.isNever)
  const isPlain = keyword === 'anyOf' || excludeEachOther(side, places)
  const conditions = isPlain ? world.conditions : [...world.conditions, asWhole]
  return places.map(({nodes}) => ({nodes, decided: known, conditions}))
}

function excludeEachOther(side: Side, places: readonly Place[]): boolean {
  return places.every((place, i) =>
    places.slice(i + 1).every((other) => areDisjoint(side, place.nodes, other.nodes)),
  )
}

function formOfWorld(side: Side, {nodes, conditions}: World): Form {
  const {kinds, integral, values} = shallowOf(nodes)
  if (values) {
    const whole = side.place(nodes)
    return {values: values.filter((value) => side.accepts(whole, value)), alternatives: []}
  }
  const name = nodes.map((node) => side.nameOf(node)).findLast((known) => known !== undefined)
  const all = [...conditions, ...nodes.flatMap(conditionsOf)]
  const alternatives = [...kinds].map((kind) => ({
    kind,
    nodes,
    name,
    integral: kind === 'number' && integral,
    conditions: all.filter((condition) => condition.kind === undefined || condition.kind === kind),
  }))
  return {values: [], alternatives}
}

const keywordsOfKind: Readonly<Record<Kind, readonly string[]>> = {
  null: [],
  boolean: [],
  number: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf', 'format'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  array: ['minItems', 'maxItems', 'uniqueItems', 'items', 'prefixItems'],
  object: [
    ...[
      'minProperties',
      'maxProperties',
      'required',
      'properties',
      'patternProperties',
      'additionalProperties',
    ],
    ...['propertyNames', 'dependentRequired'],
  ],
}

function takesAll({kind, nodes, integral, conditions}: Alternative): boolean {
  if (integral || conditions.length > 0) return false
  return nodes.every((node) => keywordsOfKind[kind].every((keyword) => !Object.hasOwn(node, keyword)))
}

/** Both booleans and null are all there is of their kinds, and where all of a kind may stand, nothing else of it need be told. */
function simplified({values, alternatives}: Form): Form {
  const has = (value: unknown) => values.includes(value)
  const listedWhole: Kind[] = [
    ...(has(null) ? ['null' as const] : []),
    ...(has(true) && has(false) ? ['boolean' as const] : []),
  ]
  const whole = alternatives.filter(takesAll)
  const free = new Map<Kind, Alternative>(
    listedWhole.map((kind) => [kind, {kind, nodes: [], integral: false, conditions: []}]),
  )
  for (const alternative of whole) free.set(alternative.kind, alternative)
  return {
    values: values.filter((value) => !free.has(kindOf(value))),
    alternatives: [...free.values(), ...alternatives.filter(({kind}) => !free.has(kind))],
  }
}
