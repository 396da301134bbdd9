import {buildPathTree, follow} from '../match/path-tree'
import type {PathNode} from '../match/path-tree'
import {toJsonValue} from './event-tree'
import type {EventNode, EventObject, Scalar} from './event-tree'

/** What stands at one path of an event. */
export interface SeenValues {
  /** Scalars and objects, in the order of the event; elements of arrays one by one. */
  values: (Scalar | EventObject)[]
  /** Whether an array stands at the path. */
  isArray: boolean
  /** Whether a value of the path, or an object around it, is an element of an array. */
  isInArray: boolean
}

class Collector {
  readonly seen: SeenValues[]

  constructor(paths: readonly string[]) {
    this.seen = paths.map(() => ({values: [], isArray: false, isInArray: false}))
  }

  collect(node: EventNode, place: PathNode, isInArray: boolean): void {
    const seen = this.seen[place.field]
    if (node.kind === 'array') {
      if (seen !== undefined) {
        seen.isArray = true
        seen.isInArray = true
      }
      for (const item of node.items) this.collect(item, place, true)
      return
    }
    if (seen !== undefined) {
      seen.values.push(node)
      seen.isInArray ||= isInArray
    }
    if (node.kind === 'scalar') return
    for (const member of node.members) {
      const next = follow(place, member.name)
      if (next !== undefined) this.collect(member.node, next, isInArray)
    }
  }
}

/**
 * What stands in an event at each of `paths`, found as matching finds it: dotted keys and nested objects are one path,
 * arrays are flattened, keys that stand twice give all their values.
 */
export function collectSeen(event: EventNode, paths: readonly string[]): SeenValues[] {
  const collector = new Collector(paths)
  collector.collect(event, buildPathTree(paths), false)
  return collector.seen
}

/** The scalars among what was seen: all that a pattern can look at. */
export function scalarsOf({values}: SeenValues): Scalar[] {
  return values.filter((value) => value.kind === 'scalar')
}

/** What was seen, as one JSON value; an empty object (no `seen`) where there was nothing. */
export function shownSeen({values, isInArray}: SeenValues): {seen?: unknown} {
  const [first, ...others] = values
  if (isInArray || others.length > 0) return {seen: values.map(toJsonValue)}
  return first === undefined ? {} : {seen: toJsonValue(first)}
}
