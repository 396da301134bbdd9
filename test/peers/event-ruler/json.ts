import type {Random} from './random'

export interface Member {
  name: string
  value: Json
}

/** JSON whose scalars are kept as they are written, and whose objects may name a key twice. */
export type Json = {scalar: string} | {items: Json[]} | {members: Member[]}

/** A scalar as it is written: `"text"`, `1.50`, `null`. */
export function scalar(written: string): Json {
  return {scalar: written}
}

export function text(value: string): Json {
  return {scalar: JSON.stringify(value)}
}

export function array(...items: Json[]): Json {
  return {items}
}

/** An object of one member: a match expression, mostly. */
export function one(name: string, value: Json): Json {
  return {members: [{name, value}]}
}

/** Whether an object in it names a key twice, so that `JSON.parse` would lose a value. */
export function hasTwins(json: Json): boolean {
  if ('items' in json) return json.items.some(hasTwins)
  if (!('members' in json)) return false
  const names = new Set(json.members.map(({name}) => name))
  return names.size < json.members.length || json.members.some(({value}) => hasTwins(value))
}

/** The same string in another spelling: some of its characters are escaped. */
function spell(written: string, random: Random): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return written.replace(/\\u....|\\.|[^"\\]/gs, (unit) =>
    unit.startsWith('\\') || random.chance(0.8) ? unit : escaped(unit),
  )
}

/** The text of a value, as `JSON.stringify` would write it or, now and then, with more space and escapes than there need be. */
export function write(json: Json, random: Random): string {
  const odd = random.chance(0.1)
  const space = (): string => (odd ? random.pick(['', '', ' ', '\n', '\t', '\r\n']) : '')
  const string = (written: string): string =>
    odd && written.startsWith('"') ? spell(written, random) : written
  const value = (part: Json): string => `${space()}${bare(part)}${space()}`
  const bare = (part: Json): string => {
    if ('scalar' in part) return string(part.scalar)
    if ('items' in part) return `[${part.items.map(value).join()}]`
    const members = part.members.map(
      (member) => `${space()}${string(JSON.stringify(member.name))}${space()}:${value(member.value)}`,
    )
    return `{${members.join()}}`
  }
  return bare(json)
}
