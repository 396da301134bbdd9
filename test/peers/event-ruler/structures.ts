import {array, one, scalar, text} from './json'
import type {Json, Member} from './json'
import type {Random} from './random'

/** A value that an event must have for a pattern to match; undefined where there must be none. */
export interface Wanted {
  path: string[]
  value: Json | undefined
}

export interface Rule {
  pattern: Json
  /** What makes an event match, by one of the branches of its `$or`s. */
  wanted: Wanted[]
  /** How many branches its `$or`s multiply out to. */
  branches: number
}

/** How the objects of a pattern are made up. */
export interface Plan {
  names: readonly string[]
  /** The most fields of one object. */
  width: number
  /** How deep objects nest. */
  depth: number
  /** How deep `$or`s nest, and whether fields stand beside them. */
  or: number
  siblings: boolean
  /** How often a field asks to be absent. */
  absent: number
}

/** Values that meet each other often. */
function value(random: Random): Json {
  return scalar(random.pick(['1', '2', '"x"', '"xy"', 'null']))
}

function test(random: Random, plan: Plan): {tests: Json[]; hit: Json | undefined} {
  if (random.chance(plan.absent)) {
    const isOnly = random.chance(0.7)
    const absent = one('exists', scalar('false'))
    return {tests: isOnly ? [absent] : random.shuffled([absent, value(random)]), hit: undefined}
  }
  const [hit, other] = [value(random), value(random)]
  const more = random.chance(0.3) ? [other] : []
  const tests: (Json | undefined)[] = [
    hit,
    hit,
    hit,
    one('exists', scalar('true')),
    one('anything-but', text('y')),
    'scalar' in hit && hit.scalar.startsWith('"') ? one('prefix', text('x')) : undefined,
    hit === undefined ? undefined : one('anything-but', array(scalar('3'), scalar('4'))),
  ]
  return {tests: random.shuffled([random.pick(tests) ?? hit, ...more]), hit}
}

interface Part {
  member: Member
  wanted: Wanted[]
  branches: number
}

function under(name: string, {pattern, wanted, branches}: Rule): Part {
  const inside = wanted.map(({path, value: inner}) => ({path: [name, ...path], value: inner}))
  return {member: {name, value: pattern}, wanted: inside, branches}
}

function field(random: Random, plan: Plan, name: string): Part {
  if (plan.depth > 0 && random.chance(0.45)) {
    return under(name, rule(random, {...plan, depth: plan.depth - 1}))
  }
  const {tests, hit} = test(random, plan)
  return {member: {name, value: {items: tests}}, wanted: [{path: [name], value: hit}], branches: 1}
}

function or(random: Random, plan: Plan): Part {
  const inner = {...plan, or: plan.or - 1, width: Math.min(plan.width, 2)}
  const rules = random.list(2, 3, () => rule(random, inner))
  return {
    member: {name: '$or', value: {items: rules.map(({pattern}) => pattern)}},
    wanted: random.pick(rules).wanted,
    branches: rules.reduce((sum, {branches}) => sum + branches, 0),
  }
}

/** A pattern of several fields. */
export function rule(random: Random, plan: Plan): Rule {
  const names = random.shuffled(plan.names).slice(0, random.between(1, plan.width))
  const hasOr = plan.or > 0 && random.chance(0.75)
  const fields = hasOr && !plan.siblings ? [] : names.map((name) => field(random, plan, name))
  const made = hasOr ? random.shuffled([...fields, or(random, plan)]) : fields
  return {
    pattern: {members: made.map(({member}) => member)},
    wanted: made.flatMap(({wanted}) => wanted),
    branches: made.reduce((product, {branches}) => product * branches, 1),
  }
}

function put(members: Member[], [name = '', ...rest]: readonly string[], leaf: Json): void {
  const known = members.find((member) => member.name === name)
  if (rest.length === 0) {
    if (known === undefined) members.push({name, value: structuredClone(leaf)})
    return
  }
  const inner: Json = known?.value ?? {members: []}
  if (known === undefined) members.push({name, value: inner})
  if ('members' in inner) put(inner.members, rest, leaf)
}

/** Puts values into arrays, among others that do not match or match by half. */
function dress(random: Random, json: Json, share: number): Json {
  if ('items' in json) return json
  const own: Json =
    'members' in json
      ? {members: json.members.map(({name, value: inner}) => ({name, value: dress(random, inner, share)}))}
      : json
  if (!random.chance(share)) return own
  const others = random.list(0, 2, () => decoy(random, own))
  const all = random.shuffled([own, ...others])
  return {items: random.chance(0.15) ? [{items: all}] : all}
}

function decoy(random: Random, json: Json): Json {
  if (!('members' in json)) return value(random)
  return {
    members: json.members
      .filter(() => random.chance(0.7))
      .map(({name, value: inner}) => ({name, value: random.chance(0.5) ? inner : value(random)})),
  }
}

/** An event with the values that are wanted, `share` of its objects and scalars in arrays. */
export function eventWith(random: Random, wanted: readonly Wanted[], share: number): Json {
  const members: Member[] = []
  for (const {path, value: leaf} of random.shuffled(wanted)) if (leaf !== undefined) put(members, path, leaf)
  return {
    members: members.map(({name, value: inner}) => ({name, value: dress(random, inner, share)})),
  }
}
