import {badEvent, checkDepth} from './event-fields'
import type {EventFields} from './event-fields'
import type {Membership} from '../values/leaf'
import {learn} from './path-tree'
import type {PathNode} from './path-tree'
import type {Scalar} from './scalar-leaf'

const plain: Record<string, unknown> = {}

/** Whether `for ... in` finds more in an object than is its own, because something has been put into all objects. */
function areAllTainted(): boolean {
  for (const key in plain) return !Object.hasOwn(plain, key)
  return false
}

function isScalar(value: unknown): value is Scalar {
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' || value === null || type === 'bigint'
}

class Walk {
  #arrayCount = 0
  readonly #areTainted = areAllTainted()

  constructor(readonly fields: EventFields) {}

  object(
    object: Record<string, unknown>,
    node: PathNode,
    inside: Membership | undefined,
    depth: number,
  ): void {
    checkDepth(depth)
    let place = 0
    for (const key in object) {
      const value = object[key]
      const met = node.met[place++]
      const child = met?.key === key ? met.node : learn(node, key, place - 1)
      if (child !== undefined && (!this.#areTainted || Object.hasOwn(object, key))) {
        this.#value(value, child, inside, depth)
      }
    }
  }

  #value(value: unknown, node: PathNode, inside: Membership | undefined, depth: number): void {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) this.#array(value, node, inside, depth + 1)
      else this.object(value as Record<string, unknown>, node, inside, depth + 1)
    } else if (node.field >= 0) {
      if (isScalar(value)) this.fields.put(node.field, value, inside)
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
