/** A type as Hive, and with it Glue's catalog, knows it. */
export type HiveType =
  | {kind: 'scalar'; name: string; arguments: string}
  | {kind: 'array'; element: HiveType}
  | {kind: 'map'; key: HiveType; value: HiveType}
  | {kind: 'struct'; fields: HiveField[]}

export interface HiveField {
  /** Lower case, as Hive keeps it. */
  name: string
  type: HiveType
}

const scalarNames = new Set([
  ...['string', 'varchar', 'char', 'boolean', 'date', 'timestamp', 'binary'],
  ...['tinyint', 'smallint', 'int', 'integer', 'bigint', 'float', 'double', 'decimal'],
])

/** Reads a Hive type such as `struct<id:string,tags:array<string>>`; undefined where the text is none. */
export function readHiveType(text: string): HiveType | undefined {
  const reader = {text, place: 0}
  try {
    const type = readType(reader)
    return reader.place < text.length ? undefined : type
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** True for the name of a scalar type. */
export function isScalarName(name: string): boolean {
  return scalarNames.has(name)
}

/** A type as the catalog writes it: `struct<id:string,tags:array<string>>`. */
export function hiveTypeText(type: HiveType): string {
  switch (type.kind) {
    case 'array':
      return `array<${hiveTypeText(type.element)}>`
    case 'map':
      return `map<${hiveTypeText(type.key)},${hiveTypeText(type.value)}>`
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${hiveTypeText(field.type)}`).join(',')}>`
    case 'scalar':
      return type.arguments === '' ? type.name : `${type.name}(${type.arguments})`
  }
}

/**
 * True where a type has all that another one asks for: the same type, or a struct with its members and more. Members are found by their names, by the
 * SerDe of JSON as by that of Parquet, so their order means nothing.
 */
export function hasTypeOf(actual: HiveType, wanted: HiveType): boolean {
  if (wanted.kind !== 'struct' || actual.kind !== 'struct') {
    return hiveTypeText(actual) === hiveTypeText(wanted)
  }
  return wanted.fields.every(({name, type}) => {
    const found = actual.fields.find((field) => field.name === name)
    return found !== undefined && hasTypeOf(found.type, type)
  })
}

/** A type with the members that another one has beyond its own, at every depth; where the two differ, the first holds. */
export function withMembersOf(type: HiveType, other: HiveType): HiveType {
  if (type.kind !== 'struct' || other.kind !== 'struct') return type
  const theirs = new Map(other.fields.map((field) => [field.name, field.type]))
  const own = type.fields.map(({name, type: of}) => ({name, type: withMembersOf(of, theirs.get(name) ?? of)}))
  const names = new Set(own.map(({name}) => name))
  return {kind: 'struct', fields: [...own, ...other.fields.filter(({name}) => !names.has(name))]}
}

/** What a reader of a type throws to itself. */
class Unreadable extends Error {}

interface Reader {
  text: string
  place: number
}

function readType(reader: Reader): HiveType {
  const name = word(reader, /[a-z_]+/iy).toLowerCase()
  if (name === 'array') {
    const [element] = list(reader, readType)
    if (!element) throw new Unreadable()
    return {kind: 'array', element}
  }
  if (name === 'map') {
    const [key, value] = list(reader, readType)
    if (!key || !value) throw new Unreadable()
    return {kind: 'map', key, value}
  }
  if (name === 'struct') return {kind: 'struct', fields: list(reader, readField)}
  const args = /\s*\(([^)]*)\)/y
  args.lastIndex = reader.place
  const match = args.exec(reader.text)
  if (match) reader.place = args.lastIndex
  if (!isScalarName(name)) throw new Unreadable()
  return {kind: 'scalar', name, arguments: (match?.[1] ?? '').replaceAll(' ', '')}
}

function readField(reader: Reader): HiveField {
  const name = word(reader, /`[^`]+`|[^\s:<>,]+/y).replaceAll('`', '')
  expect(reader, ':')
  return {name: name.toLowerCase(), type: readType(reader)}
}

function list<T>(reader: Reader, readItem: (reader: Reader) => T): T[] {
  const items: T[] = []
  expect(reader, '<')
  do items.push(readItem(reader))
  while (takes(reader, ','))
  expect(reader, '>')
  return items
}

function word(reader: Reader, pattern: RegExp): string {
  skipSpace(reader)
  pattern.lastIndex = reader.place
  const match = pattern.exec(reader.text)
  if (!match) throw new Unreadable()
  reader.place = pattern.lastIndex
  return match[0]
}

function expect(reader: Reader, sign: string): void {
  if (!takes(reader, sign)) throw new Unreadable()
}

function takes(reader: Reader, sign: string): boolean {
  skipSpace(reader)
  if (reader.text[reader.place] !== sign) return false
  reader.place += 1
  skipSpace(reader)
  return true
}

function skipSpace(reader: Reader): void {
  while (reader.text[reader.place] === ' ') reader.place += 1
}
