import type {Json, Member} from './json'
import type {Random} from './random'
import {anyScalar, nearScalar} from './scalars'

/** A place in a value where another value can be put. */
interface Slot {
  value: Json
  put: (value: Json) => void
}

/** All values inside of another, and those inside of these. */
function slotsOf(json: Json): Slot[] {
  if ('scalar' in json) return []
  const own: Slot[] =
    'items' in json
      ? json.items.map((value, at) => ({value, put: (other) => (json.items[at] = other)}))
      : json.members.map((member) => ({value: member.value, put: (other) => (member.value = other)}))
  return own.flatMap((slot) => [slot, ...slotsOf(slot.value)])
}

function arraysOf(json: Json): Json[][] {
  return [{value: json}, ...slotsOf(json)].flatMap(({value}) => ('items' in value ? [value.items] : []))
}

function objectsOf(json: Json): Member[][] {
  return [{value: json}, ...slotsOf(json)].flatMap(({value}) => ('members' in value ? [value.members] : []))
}

type Damage = (json: Json, random: Random) => void

/** Puts a scalar that is close to the one there. */
const changeScalar: Damage = (json, random) => {
  const slots = slotsOf(json).filter(({value}) => 'scalar' in value)
  if (slots.length === 0) return
  const {value, put} = random.pick(slots)
  put('scalar' in value ? nearScalar(random, value.scalar) : value)
}

const cut: Damage = (json, random) => {
  const lists: unknown[][] = [...arraysOf(json), ...objectsOf(json)].filter((list) => list.length > 0)
  if (lists.length === 0) return
  const list = random.pick(lists)
  list.splice(random.between(0, list.length - 1), 1)
}

const wrap: Damage = (json, random) => {
  const slots = slotsOf(json)
  if (slots.length === 0) return
  const {value, put} = random.pick(slots)
  put({items: random.chance(0.7) ? [value] : random.shuffled([value, anyScalar(random)])})
}

const replace: Damage = (json, random) => {
  const slots = slotsOf(json)
  if (slots.length === 0) return
  random.pick(slots).put(random.pick<Json>([anyScalar(random), {items: []}, {members: []}]))
}

/** Of an element of an array with two members or more makes two elements. */
const split: Damage = (json, random) => {
  const found = arraysOf(json).flatMap((list) =>
    list.flatMap((item, at) => ('members' in item && item.members.length > 1 ? [{list, at, item}] : [])),
  )
  if (found.length === 0) return
  const {list, at, item} = random.pick(found)
  const here = random.between(1, item.members.length - 1)
  list.splice(at, 1, {members: item.members.slice(0, here)}, {members: item.members.slice(here)})
}

/** Gives the values of two members of an object to each other. */
const swap: Damage = (json, random) => {
  const objects = objectsOf(json).filter((members) => members.length > 1)
  if (objects.length === 0) return
  const [one, other] = random.shuffled(random.pick(objects))
  if (one === undefined || other === undefined) return
  const value = one.value
  one.value = other.value
  other.value = value
}

/** Writes `{"a": {"b": 1}}` as `{"a.b": 1}`. */
const join: Damage = (json, random) => {
  const found = objectsOf(json).flatMap((members) =>
    members.flatMap(({name, value}) => ('members' in value ? [{members, name, inner: value.members}] : [])),
  )
  if (found.length === 0) return
  const {members, name, inner} = random.pick(found)
  const moved = inner.pop()
  if (moved === undefined || moved.name === '') return
  const joined = {name: `${name}.${moved.name}`, value: moved.value}
  if (members.some((member) => member.name === joined.name)) inner.push(moved)
  else members.push(joined)
}

/** Adds a copy of an element of an array, one scalar of it changed. */
const copy: Damage = (json, random) => {
  const lists = arraysOf(json).filter((list) => list.length > 0)
  if (lists.length === 0) return
  const list = random.pick(lists)
  const made = {items: [structuredClone(random.pick(list))]}
  changeScalar(made, random)
  list.splice(random.between(0, list.length), 0, ...made.items)
}

/** Names a key of an object a second time. */
const twin: Damage = (json, random) => {
  const objects = objectsOf(json).filter((members) => members.length > 0)
  if (objects.length === 0) return
  const members = random.pick(objects)
  const made = {members: [structuredClone(random.pick(members))]}
  changeScalar(made, random)
  members.splice(random.between(0, members.length), 0, ...made.members)
}

const kinds: readonly Damage[] = [
  changeScalar,
  changeScalar,
  changeScalar,
  cut,
  wrap,
  replace,
  split,
  swap,
  join,
  copy,
]

/** A copy of a value with one thing changed. With `twins` an object may come to name a key twice. */
export function damaged(json: Json, random: Random, twins = false): Json {
  const made = structuredClone(json)
  random.pick(twins ? [...kinds, twin, twin] : kinds)(made, random)
  return made
}

/** As `damaged`, but only one scalar is changed, for one that is close. */
export function nearly(json: Json, random: Random): Json {
  const made = structuredClone(json)
  changeScalar(made, random)
  return made
}

/** A copy with one key named twice. */
export function twinned(json: Json, random: Random): Json {
  const made = structuredClone(json)
  twin(made, random)
  return made
}
