import {damaged, nearly, twinned} from './damage'
import {comesTwice, isDoubtful} from './deviations'
import {array, hasTwins, one, scalar, text, write} from './json'
import type {Json, Member} from './json'
import {meetingBranches} from './meeting-branches'
import {operators} from './operators'
import type {Operator} from './operand'
import type {Random} from './random'
import {anyScalar} from './scalars'
import {eventWith, rule} from './structures'
import type {Plan} from './structures'

/** A pattern and an event, as texts. */
export interface Sample {
  pattern: string
  event: string
  /** Whether `JSON.parse` would lose a value of the event. */
  hasTwins: boolean
}

export interface Draft {
  pattern: Json
  event: Json
}

export type Sampler = (random: Random) => Draft

const names = ['a', 'b', 'c', 'detail', 'x y', 'é', 'constructor', '__proto__', 'a-b'] as const

/** The members that lead to a value; some of the steps may be joined by dots. */
function nested(random: Random, path: readonly string[], value: Json): Member {
  const [first = '', ...rest] = path
  if (rest.length === 0) return {name: first, value}
  if (random.chance(0.2)) return nested(random, [`${first}.${rest[0] ?? ''}`, ...rest.slice(1)], value)
  return {name: first, value: {members: [nested(random, rest, value)]}}
}

/** Other values around one in its array. */
function amongOthers(random: Random, value: Json): Json {
  if (!random.chance(0.12)) return value
  const all = random.shuffled([value, ...random.list(0, 2, () => anyScalar(random))])
  return random.chance(0.2) ? array({items: all}) : {items: all}
}

/** One field that is asked for with an operator, somewhere in an event. */
function inField(operator: Operator): Sampler {
  return (random) => {
    const {test, hit, near} = operator(random)
    const path = random.shuffled(names).slice(0, random.pick([1, 1, 2, 3]))
    const others = random.chance(0.1) ? [random.chance(0.5) ? anyScalar(random) : operator(random).test] : []
    const members = [nested(random, path, {items: random.shuffled([test, ...others])})]
    const value = random.chance(0.5) ? hit : near
    const parent = nested(random, [...path.slice(0, -1), 'other'], anyScalar(random))
    const found = value === undefined ? parent : nested(random, path, amongOthers(random, value))
    return {
      pattern: {members},
      event: {members: random.shuffled([found, {name: 'unasked', value: anyScalar(random)}])},
    }
  }
}

const branchLimit = 12

const plan: Plan = {names: ['a', 'b', 'c', 'd'], width: 3, depth: 2, or: 0, siblings: true, absent: 0}

/** Several fields. Most of the events have one thing or two changed, which leaves half of them or more matching. */
function structured(changes: Partial<Plan>, share: number, twins = false): Sampler {
  return (random) => {
    let made = rule(random, {...plan, ...changes})
    // The library may take minutes for a pattern of some hundred branches.
    while (made.branches > branchLimit) made = rule(random, {...plan, ...changes})
    const {pattern, wanted} = made
    const event = eventWith(random, wanted, share)
    if (random.chance(0.1)) return {pattern, event: twins ? twinned(event, random) : event}
    const once = damaged(event, random, twins)
    return {pattern, event: random.chance(0.4) ? damaged(once, random, twins) : once}
  }
}

/** `$or` that the library takes for a field, since a reserved word stands in it, or since it is no array of objects. */
function orAsField(random: Random): Draft {
  const {test, hit, near} =
    random.pick([operators['prefix'], operators['suffix'], operators['numeric =']])?.(random) ?? {}
  const tests = [test, one('anything-but', one('prefix', text('a'))), one('exists', scalar('true'))]
  const value = random.chance(0.5) ? hit : near
  const field = {
    name: '$or',
    value: {items: [random.pick(tests) ?? text('a'), random.pick([test ?? text('b'), scalar('1')])]},
  }
  const event = value === undefined || random.chance(0.2) ? [] : [{name: '$or', value}]
  const inside = random.chance(0.3)
  const within = (members: Member[]): Json => ({members: inside ? [{name: 'a', value: {members}}] : members})
  return {pattern: within([field]), event: within(event)}
}

/** A pattern that names a path twice, as one key or as two: the last one counts. */
function pathTwice(random: Random): Draft {
  const values = [scalar('1'), scalar('2'), text('x')]
  const path = random.shuffled(['a', 'b', 'c']).slice(0, random.between(1, 3))
  const members = random.list(2, 3, () => nested(random, path, array(random.pick(values))))
  return {pattern: {members}, event: {members: [nested(random, path, random.pick(values))]}}
}

/** Every operator in the fields of one pattern, with arrays and `$or`. */
function everything(random: Random): Draft {
  const made = random.list(1, 3, () => inField(random.pick(Object.values(operators)))(random))
  const patterns = made.map(({pattern}) => pattern)
  const event = made.flatMap(({event: part}) => ('members' in part ? part.members : []))
  const unique = [...new Map(event.map((member) => [member.name, member])).values()]
  const together = patterns.flatMap((part) => ('members' in part ? part.members : []))
  const isOr = patterns.length > 1 && random.chance(0.5)
  return {
    pattern: isOr ? one('$or', {items: patterns}) : {members: together},
    event: {members: unique},
  }
}

/** What is compared, by what the summary calls it. */
export const samplers: Readonly<Record<string, Sampler>> = {
  ...Object.fromEntries(Object.entries(operators).map(([name, operator]) => [name, inField(operator)])),
  'fields together': structured({}, 0),
  'dotted keys': structured({names: ['a', 'b', 'a.b', 'b.c'], depth: 3}, 0.05),
  'arrays of several elements': structured({width: 1}, 0.5),
  'array consistency': structured({width: 3, depth: 1}, 0.4),
  'array consistency, deep': structured({depth: 3, width: 2}, 0.5),
  'exists: false in arrays': structured({depth: 2, absent: 0.35}, 0.4),
  'exists: false among fields': structured({depth: 3, absent: 0.5}, 0),
  $or: structured({or: 1, siblings: false, depth: 1}, 0.1),
  '$or beside other fields': structured({or: 1}, 0.1),
  '$or inside $or': structured({or: 3, width: 2}, 0.1),
  '$or and arrays': structured({or: 2, absent: 0.1}, 0.4),
  '$or, branches with alternatives in common': meetingBranches,
  '$or as a field': orAsField,
  'key twice in the event': structured({}, 0.15, true),
  'path twice in the pattern': pathTwice,
  'all operators': everything,
}

/** A valid pattern and an event. */
export function draft(name: string, random: Random): Draft {
  const sampler = samplers[name]
  if (sampler === undefined) throw new Error(`No sampler is called ${name}.`)
  return sampler(random)
}

/** A pattern and an event that it may match. One pattern in twenty has a scalar changed, so that it may be invalid. */
export function sample(name: string, random: Random): Sample {
  for (;;) {
    const {pattern: drafted, event} = draft(name, random)
    const pattern = write(random.chance(0.05) ? nearly(drafted, random) : drafted, random)
    const made = {pattern, event: write(event, random), hasTwins: hasTwins(event)}
    if (!comesTwice(event) && !isDoubtful(pattern)) return made
  }
}
