import type {EventFields} from './event-fields'
import type {Leaf, Membership} from '../values/leaf'

/** What it costs of an event's effort to take or make one step in a tree. */
export const stepEffort = 100

/** Elements of arrays, as a tree: an element, the arrays in it, their elements. */
export interface Elements {
  /** Whether a value stands here. */
  ends: boolean
  /** By the array's number and the element's index. */
  arrays: Map<number, Map<number, Elements>> | undefined
}

/** A value with no arrays below, as most are. */
const end: Elements = Object.freeze({ends: true, arrays: undefined})

function newElements(): Elements {
  return {ends: false, arrays: undefined}
}

/** The elements of an array below a node. */
function elementsOf(node: Elements, array: number): Map<number, Elements> {
  node.arrays ??= new Map()
  let elements = node.arrays.get(array)
  if (elements === undefined) {
    elements = new Map()
    node.arrays.set(array, elements)
  }
  return elements
}

/** The element that `member` names below a node that is not `end`; it is not `end` either. */
function below(node: Elements, {array, index}: Membership): Elements {
  const elements = elementsOf(node, array)
  let next = elements.get(index)
  if (next === undefined || next === end) {
    next = {ends: next === end, arrays: undefined}
    elements.set(index, next)
  }
  return next
}

function putEnd(node: Elements, {array, index}: Membership): void {
  const elements = elementsOf(node, array)
  const known = elements.get(index)
  if (known === undefined) elements.set(index, end)
  else if (known !== end) known.ends = true
}

/** The elements that values stand in. Throws `BAD_EVENT` when that has become too much work for one event. */
export function toElements(leaves: Iterable<Leaf>, fields: EventFields): Elements {
  const root = newElements()
  const line: Membership[] = []
  for (const {inside} of leaves) {
    fields.spend(stepEffort)
    if (inside === undefined) {
      root.ends = true
      continue
    }
    for (let member = inside.parent; member !== undefined; member = member.parent) line.push(member)
    fields.spend(stepEffort * line.length)
    let node = root
    for (let member = line.pop(); member !== undefined; member = line.pop()) node = below(node, member)
    putEnd(node, inside)
  }
  return root
}

/** The numbers of all arrays in the tree, put into `found`. */
export function collectArrays(root: Elements, found: Set<number>): void {
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const [array, elements] of node.arrays ?? []) {
      found.add(array)
      for (const next of elements.values()) if (next.arrays !== undefined) pending.push(next)
    }
  }
}

/** The element that has been settled on, by array. */
export type Chosen = Map<number, number>

interface Frame {
  node: Elements
  hasEnded: boolean
  arrays: Iterator<[number, Map<number, Elements>]> | undefined
  /** The array that is being gone through, whose element this frame has settled. */
  array: number
  elements: Iterator<[number, Elements]> | undefined
}

/**
 * Goes through the values of a tree that stand in no element other than those settled on, and settles for each the arrays
 * that it stands in. Keeps its own stack: arrays may be nested deeper than functions can be.
 */
export class Descent {
  readonly #frames: Frame[] = []

  constructor(
    root: Elements,
    readonly chosen: Chosen,
  ) {
    this.#enter(root)
  }

  /** Moves on to the next value. False when there is none left; then nothing is settled any more. */
  next(): boolean {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (!frame.hasEnded) {
        frame.hasEnded = true
        if (frame.node.ends) return true
      }
      const next = this.#below(frame)
      if (next === undefined) this.#frames.pop()
      else this.#enter(next)
    }
    return false
  }

  /** How deep it is. */
  get depth(): number {
    return this.#frames.length
  }

  #enter(node: Elements): void {
    const arrays = node.arrays?.entries()
    this.#frames.push({node, hasEnded: false, arrays, array: -1, elements: undefined})
  }

  #below(frame: Frame): Elements | undefined {
    for (;;) {
      const element = frame.elements?.next()
      if (element !== undefined) {
        if (element.done !== true) {
          this.chosen.set(frame.array, element.value[0])
          return element.value[1]
        }
        this.chosen.delete(frame.array)
        frame.elements = undefined
      }
      const array = frame.arrays?.next()
      if (array === undefined || array.done === true) return undefined
      const only = this.#settled(frame, array.value)
      if (only !== undefined) return only
    }
  }

  /** The one element of an array that is settled; an array that is not will be gone through. */
  #settled(frame: Frame, [array, elements]: [number, Map<number, Elements>]): Elements | undefined {
    const settled = this.chosen.get(array)
    if (settled !== undefined) return elements.get(settled)
    frame.array = array
    frame.elements = elements.entries()
    return undefined
  }
}
