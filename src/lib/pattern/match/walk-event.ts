import {badEvent, checkDepth} from './event-fields'
import type {EventFields} from './event-fields'
import type {Leaf, Membership} from '../values/leaf'
import {follow} from './path-tree'
import type {PathNode} from './path-tree'

/** Up to this many names are asked of an object; from there on it is quicker to go through the object's own. */
const askedLimit = 6

function toLeaf(value: unknown, inside: Membership | undefined): Leaf | undefined {
  switch (typeof value) {
    case 'string':
      return {kind: 'string', text: value, value: undefined, inside}
    case 'number':
      return {kind: 'number', text: String(value), value: Number.isFinite(value) ? value : undefined, inside}
    case 'bigint': {
      const number = Number(value)
      return {
        kind: 'number',
        text: String(value),
        value: BigInt(number) === value ? number : undefined,
        inside,
      }
    }
    case 'boolean':
      return {kind: 'literal', text: value ? 'true' : 'false', value: undefined, inside}
    default:
      return value === null ? {kind: 'literal', text: 'null', value: undefined, inside} : undefined
  }
}

class Walk {
  #arrayCount = 0

  constructor(readonly fields: EventFields) {}

  object(
    object: Record<string, unknown>,
    node: PathNode,
    inside: Membership | undefined,
    depth: number,
  ): void {
    checkDepth(depth)
    if (node.steps.length > askedLimit || node.isDeep) {
      for (const key in object) {
        const child = follow(node, key)
        if (child !== undefined && Object.hasOwn(object, key)) this.#value(object[key], child, inside, depth)
      }
      return
    }
    for (const {name, node: child, isInherited} of node.steps) {
      const value = object[name]
      // What every object has from its prototype (`constructor`, `__proto__`) is not in the event.
      if (value !== undefined && (!isInherited || Object.hasOwn(object, name))) {
        this.#value(value, child, inside, depth)
      }
    }
  }

  #value(value: unknown, node: PathNode, inside: Membership | undefined, depth: number): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) this.#array(value, node, inside, depth + 1)
      else this.object(value as Record<string, unknown>, node, inside, depth + 1)
    } else if (node.field >= 0) {
      const leaf = toLeaf(value, inside)
      if (leaf !== undefined) this.fields.add(node.field, leaf)
    }
  }

  #array(items: readonly unknown[], node: PathNode, inside: Membership | undefined, depth: number): void {
    checkDepth(depth)
    const array = this.#arrayCount++
    for (let index = 0; index < items.length; index++) {
      const item = items[index]
      const isContainer = typeof item === 'object' && item !== null
      this.#value(item, node, isContainer ? {array, index, parent: inside} : inside, depth)
    }
  }
}

/**
 * Collects from an event that has been parsed the scalars that rules ask for. Of keys that stood twice `JSON.parse` has
 * kept the last, and of long numbers what a double holds. Throws `BAD_EVENT` on anything but an object.
 */
export function walkEvent(event: unknown, root: PathNode, fields: EventFields): void {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw badEvent('it is not a JSON object.')
  }
  new Walk(fields).object(event as Record<string, unknown>, root, undefined, 1)
}
