import {holdsFor} from './condition'
import type {Condition} from './condition'
import {badEvent} from './event-fields'
import type {EventFields} from './event-fields'
import type {Leaf, Membership} from '../values/leaf'

/** Elements of arrays, as a tree: an element, the arrays in it, their elements. */
interface Elements {
  /** Whether a value stands here. */
  ends: boolean
  arrays: Map<number, Map<number, Elements>>
}

interface Step {
  /** Where the values that satisfy the condition stand. */
  matching: Elements
  /** Where any value of the field stands, if the condition is content with there being none. */
  any: Elements | undefined
}

/** So many steps are taken before failures are remembered, and so many before the event is refused. */
const rememberAfter = 500
const stepLimit = 500_000
const nestingLimit = 3000

function newElements(): Elements {
  return {ends: false, arrays: new Map()}
}

function insert(root: Elements, inside: Membership | undefined): void {
  const line: Membership[] = []
  for (let member = inside; member !== undefined; member = member.parent) line.push(member)
  let node = root
  for (let level = line.length - 1; level >= 0; level--) {
    const member = line[level]
    if (member === undefined) return
    let elements = node.arrays.get(member.array)
    if (elements === undefined) {
      elements = new Map()
      node.arrays.set(member.array, elements)
    }
    let next = elements.get(member.index)
    if (next === undefined) {
      next = newElements()
      elements.set(member.index, next)
    }
    node = next
  }
  node.ends = true
}

function toElements(leaves: Iterable<Leaf>): Elements {
  const root = newElements()
  for (const leaf of leaves) insert(root, leaf.inside)
  return root
}

function arraysOf(root: Elements): number[] {
  const found: number[] = []
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const [array, elements] of node.arrays) {
      found.push(array)
      pending.push(...elements.values())
    }
  }
  return found
}

/** A search for one value per condition such that no two stand in different elements of one array. */
class Search {
  /** The element that has been settled on, by array. */
  readonly #chosen = new Map<number, number>()
  readonly #failed = new Set<string>()
  #relevant: Set<number>[] | undefined
  #count = 0
  #nesting = 0

  constructor(readonly steps: readonly Step[]) {}

  from(index: number): boolean {
    const step = this.steps[index]
    if (step === undefined) return true
    if (++this.#count > stepLimit || this.#nesting > nestingLimit) {
      throw badEvent('its arrays are too entangled to be matched.')
    }
    const key = this.#count > rememberAfter ? this.#situation(index) : undefined
    if (key !== undefined && this.#failed.has(key)) return false
    if (step.any !== undefined && !this.#anyLeft(step.any) && this.from(index + 1)) return true
    if (this.#choose(step.matching, index)) return true
    if (key !== undefined) this.#failed.add(key)
    return false
  }

  #choose(node: Elements, index: number): boolean {
    if (node.ends && this.from(index + 1)) return true
    this.#nesting++
    for (const [array, elements] of node.arrays) {
      const settled = this.#chosen.get(array)
      if (settled !== undefined) {
        const only = elements.get(settled)
        if (only !== undefined && this.#choose(only, index)) return true
        continue
      }
      for (const [element, next] of elements) {
        this.#chosen.set(array, element)
        if (this.#choose(next, index)) return true
        this.#chosen.delete(array)
      }
    }
    this.#nesting--
    return false
  }

  /** Whether a value is left that stands in no element other than those settled on. */
  #anyLeft(root: Elements): boolean {
    const pending = [root]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.ends) return true
      for (const [array, elements] of node.arrays) {
        const settled = this.#chosen.get(array)
        if (settled === undefined) return true
        const only = elements.get(settled)
        if (only !== undefined) pending.push(only)
      }
    }
    return false
  }

  /** What of the choices so far can matter to the conditions still to come. */
  #situation(index: number): string {
    this.#relevant ??= this.steps.map(
      (_, from) =>
        new Set(
          this.steps
            .slice(from)
            .flatMap(({matching, any}) => [...arraysOf(matching), ...(any ? arraysOf(any) : [])]),
        ),
    )
    const relevant = this.#relevant[index]
    const choices = [...this.#chosen].filter(([array]) => relevant?.has(array)).sort(([a], [b]) => a - b)
    return `${index}|${choices.join(';')}`
  }
}

/**
 * Whether conditions that all hold for an event also hold with values that stand in the same elements of its arrays:
 * `{"a": [{"b": 1}, {"c": 2}]}` does not match `{"a": {"b": [1], "c": [2]}}`. The conditions must be sorted by path:
 * EventBridge takes them in that order, and a field that must be absent is looked for only in the elements that the fields
 * before it have settled on. Throws `BAD_EVENT` where that cannot be found out in reasonable time.
 */
export function holdInSameElements(conditions: readonly Condition[], fields: EventFields): boolean {
  const steps = conditions.map((condition): Step => {
    const leaves = fields.of(condition.field)
    return {
      matching: toElements(leaves.filter((leaf) => holdsFor(condition, leaf))),
      any: condition.absent ? toElements(leaves) : undefined,
    }
  })
  return new Search(steps).from(0)
}
