import {isObject} from '../../core/json'
import {deepestPath, fieldKey} from '../../road/learnt-fields'
import type {LearntField} from '../../road/event-columns'
import {usageEventColumns} from '../../usage-event/columns'
import {commonType, isHeld, typeOfValue, type ValueType} from './value-type'

/** What was seen of a field whose values no column holds. */
export interface SeenField {
  /** As the first event spelled it. */
  path: readonly string[]
  /** Of the column that is there and cannot hold them. */
  column?: {name: string; type: string}
  /** Events that have such a value. */
  events: number
  /** Kinds of values: `text`, `number`, `boolean`, `list`, `object`. */
  kinds: Set<string>
  /** What holds the values that are no objects; undefined where there are none. */
  type?: ValueType
  /** Names of its members, in lower case, where it is an object. */
  members: Set<string>
  /** True where the lake reads members of it, so that it can have no column itself. */
  isStruct: boolean
}

/** What the lake knows of a place in events: the type of its column, or what stands below it. */
interface KnownPlace {
  column?: {name: string; type: string}
  members: Map<string, KnownPlace>
}

/** So many different fields are noted; who sends more of them has put data into names. */
const mostSeen = 1000

/** An object with more members is one that is keyed by data. */
export const mostMembers = 30

/**
 * Counts what events have that no column holds: fields that none has, and values that a column of their type cannot hold. Holds no event, so it takes any
 * number of them. `learnt` are the fields that have columns besides those of the contract.
 */
export class FieldTally {
  private readonly known: KnownPlace = {members: new Map()}
  private readonly seen = new Map<string, SeenField>()
  eventCount = 0

  constructor(learnt: readonly LearntField[]) {
    for (const {path, hiveType} of usageEventColumns()) this.learn(path, hiveType)
    for (const {path, hiveType} of learnt) this.learn(path, hiveType)
  }

  /** Looks at the detail of an event. */
  add(detail: unknown): void {
    this.eventCount += 1
    this.visit(detail, [], this.known)
  }

  /** In the order of their names, an object before what it holds. */
  get fields(): SeenField[] {
    return [...this.seen.values()].sort((a, b) => (fieldKey(a.path) < fieldKey(b.path) ? -1 : 1))
  }

  private learn(path: readonly string[], type: string): void {
    let place = this.known
    for (const step of path.map((one) => one.toLowerCase())) {
      const next = place.members.get(step) ?? {members: new Map<string, KnownPlace>()}
      place.members.set(step, next)
      place = next
    }
    place.column = {name: fieldKey(path), type}
  }

  private visit(value: unknown, path: readonly string[], place: KnownPlace | undefined): void {
    if (value === null || value === undefined) return
    if (place?.column) {
      if (!isHeld(place.column.type, value)) this.note(value, path, place)
      return
    }
    if (!isObject(value)) {
      this.note(value, path, place)
      return
    }
    if (!place && !this.enters(value, path)) return
    for (const [key, member] of Object.entries(value)) {
      this.visit(member, [...path, key], place?.members.get(key.toLowerCase()))
    }
  }

  /** Notes an object that no column is below of; true where its members are worth a look. */
  private enters(value: object, path: readonly string[]): boolean {
    const field = this.note(value, path, undefined)
    if (!field) return false
    for (const key of Object.keys(value)) {
      if (field.members.size <= mostMembers) field.members.add(key.toLowerCase())
    }
    return field.members.size <= mostMembers && path.length < deepestPath
  }

  private note(
    value: unknown,
    path: readonly string[],
    place: KnownPlace | undefined,
  ): SeenField | undefined {
    // A key may have a dot in it, so that paths are told apart by something that the signs of a name never are.
    const key = path.join('\u0000').toLowerCase()
    const before = this.seen.get(key)
    if (!before && this.seen.size >= mostSeen) return undefined
    const field: SeenField = before ?? {
      ...{
        path,
        events: 0,
        kinds: new Set(),
        members: new Set(),
        isStruct: place !== undefined && !place.column,
      },
      ...(place?.column && {column: place.column}),
    }
    field.events += 1
    field.kinds.add(kindOf(value))
    if (!isObject(value)) {
      const type = typeOfValue(value)
      field.type = field.type === undefined ? type : commonType(field.type, type)
    }
    this.seen.set(key, field)
    return field
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value
}
