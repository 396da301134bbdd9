import {quoteName, quoteText, type HiveField, type HiveType} from './hive-type'

/**
 * How the keys of JSON objects are really spelled. Hive names are lower case and OpenX's SerDe ignores case, while
 * DuckDB's JSON functions do not: `detail.eventid` has to be read as `eventId`. Places are JSON paths in real spelling.
 */
export class KeySpellings {
  private readonly spellings = new Map<string, Map<string, Set<string>>>()

  /** Remembers the keys of the objects at a place. Returns true where one was new. */
  learn(place: string, keys: readonly string[], wanted: ReadonlySet<string>): boolean {
    let isNew = false
    for (const key of keys) {
      const name = key.toLowerCase()
      if (!wanted.has(name)) continue
      const known = this.at(place, name)
      if (known.has(key)) continue
      known.add(key)
      isNew = true
    }
    return isNew
  }

  /** The spellings of a key at a place, in order; the name itself where none was ever seen. */
  of(place: string, name: string): string[] {
    const known = this.spellings.get(place)?.get(name)
    return known ? [...known].sort() : [name]
  }

  /** How a key was seen spelled, wherever it stood. */
  everywhere(name: string): string[] {
    return [...new Set([...this.spellings.values()].flatMap((names) => [...(names.get(name) ?? [])]))]
  }

  private at(place: string, name: string): Set<string> {
    const names = this.spellings.get(place) ?? new Map<string, Set<string>>()
    this.spellings.set(place, names)
    const known = names.get(name) ?? new Set<string>()
    names.set(name, known)
    return known
  }
}

/** A place in the documents where objects become structs. */
export interface ObjectPlace {
  /** A JSON path in real spelling, with `[*]` and `.*` inside arrays and maps. */
  path: string
  /** The struct's field names, lower case. */
  wanted: ReadonlySet<string>
}

/** Every place whose objects are read as structs, as far as spellings are known by now. */
export function objectPlaces(
  fields: readonly HiveField[],
  spellings: KeySpellings,
  path = '$',
): ObjectPlace[] {
  const here: ObjectPlace = {path, wanted: new Set(fields.map((field) => field.name))}
  const inside = fields.flatMap((field) =>
    spellings
      .of(path, field.name)
      .flatMap((key) => placesOf(field.type, spellings, `${path}.${quoteName(key)}`)),
  )
  return [here, ...inside]
}

function placesOf(type: HiveType, spellings: KeySpellings, path: string): ObjectPlace[] {
  switch (type.kind) {
    case 'scalar':
      return []
    case 'array':
      return placesOf(type.element, spellings, `${path}[*]`)
    case 'map':
      return placesOf(type.value, spellings, `${path}.*`)
    case 'struct':
      return objectPlaces(type.fields, spellings, path)
  }
}

/** A SQL expression: the lists of keys at the places, one list of lists for each document. */
export function keysExpression(json: string, places: readonly ObjectPlace[]): string {
  const plain = places.filter((place) => !isMany(place))
  const many = places.filter(isMany)
  const lists = [
    `json_keys(${json}, [${plain.map((place) => quoteText(place.path)).join(', ')}])`,
    ...many.map((place) => `[flatten(json_keys(${json}, ${quoteText(place.path)}))]`),
  ]
  return lists.length === 1 ? (lists[0] ?? '') : lists.reduce((all, list) => `list_concat(${all}, ${list})`)
}

/** The places in the order of the lists of `keysExpression`. */
export function inListOrder(places: readonly ObjectPlace[]): ObjectPlace[] {
  return [...places.filter((place) => !isMany(place)), ...places.filter(isMany)]
}

function isMany(place: ObjectPlace): boolean {
  return place.path.includes('[*]') || place.path.includes('.*')
}
