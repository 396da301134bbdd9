import {holdsFor} from './condition'
import type {Condition} from './condition'
import {collectArrays, Descent, stepEffort, toElements} from './element-tree'
import type {Chosen, Elements} from './element-tree'
import {badEvent} from './event-fields'
import type {EventFields} from './event-fields'

interface Step {
  /** Where the values that satisfy the condition stand. */
  matching: Elements
  /** Where any value of the field stands, if the condition is content with there being none. */
  any: Elements | undefined
}

/** A step that the search has come to. */
interface Visit {
  step: Step
  /** By what it is remembered that the search failed from here. */
  key: string | undefined
  /** Whether it has been tried that the field is absent. */
  triedAbsent: boolean
  descent: Descent | undefined
}

/** So many steps are taken before failures are remembered, and so many before the event is refused. */
const rememberAfter = 500
const stepLimit = 500_000

/** A search for one value per condition such that no two stand in different elements of one array. */
class Search {
  readonly #chosen: Chosen = new Map()
  readonly #failed = new Set<string>()
  readonly #visits: Visit[] = []
  #relevant: Set<number>[] | undefined
  #count = 0

  constructor(
    readonly steps: readonly Step[],
    readonly fields: EventFields,
  ) {}

  run(): boolean {
    this.#enter()
    for (let visit = this.#visits.at(-1); visit !== undefined; visit = this.#visits.at(-1)) {
      if (!this.#advance(visit)) {
        if (visit.key !== undefined) this.#failed.add(visit.key)
        this.#visits.pop()
      } else if (this.#visits.length === this.steps.length) {
        return true
      } else {
        this.#enter()
      }
    }
    return false
  }

  /** Comes to the step behind the last one. */
  #enter(): void {
    const index = this.#visits.length
    const step = this.steps[index]
    if (step === undefined) return
    if (++this.#count > stepLimit) throw badEvent('its arrays are too entangled to be matched.')
    const key = this.#count > rememberAfter ? this.#situation(index) : undefined
    const hasFailed = key !== undefined && this.#failed.has(key)
    const descent = hasFailed ? undefined : new Descent(step.matching, this.#chosen)
    this.#visits.push({step, key, triedAbsent: hasFailed || step.any === undefined, descent})
  }

  /** Takes the next way to satisfy a step. False when there is none left. */
  #advance(visit: Visit): boolean {
    this.fields.spend(stepEffort)
    if (!visit.triedAbsent) {
      visit.triedAbsent = true
      if (visit.step.any !== undefined && !this.#isAnyLeft(visit.step.any)) return true
    }
    if (visit.descent?.next() !== true) return false
    this.fields.spend(stepEffort * visit.descent.depth)
    return true
  }

  /** Whether a value is left that stands in no element other than those settled on. */
  #isAnyLeft(root: Elements): boolean {
    const pending = [root]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.ends) return true
      for (const [array, elements] of node.arrays ?? []) {
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
    this.#relevant ??= relevantArrays(this.steps)
    this.fields.spend(stepEffort * this.#chosen.size)
    const relevant = this.#relevant[index]
    const choices = [...this.#chosen].filter(([array]) => relevant?.has(array)).sort(([a], [b]) => a - b)
    return `${index}|${choices.join(';')}`
  }
}

/** By the index of a step: the arrays that the values of that step and of those behind it stand in. */
function relevantArrays(steps: readonly Step[]): Set<number>[] {
  const relevant: Set<number>[] = []
  const found = new Set<number>()
  for (const {matching, any} of steps.toReversed()) {
    collectArrays(matching, found)
    if (any !== undefined) collectArrays(any, found)
    relevant.unshift(new Set(found))
  }
  return relevant
}

function toStep(condition: Condition, fields: EventFields): Step {
  const leaves = fields.of(condition.field)
  fields.spend(leaves.length)
  const matching = leaves.filter((leaf) => holdsFor(condition, leaf))
  return {
    matching: toElements(matching, fields),
    any: condition.absent ? toElements(leaves, fields) : undefined,
  }
}

/**
 * Whether conditions that all hold for an event also hold with values that stand in the same elements of its arrays:
 * `{"a": [{"b": 1}, {"c": 2}]}` does not match `{"a": {"b": [1], "c": [2]}}`. The conditions must be sorted by path:
 * EventBridge takes them in that order, and a field that must be absent is looked for only in the elements that the fields
 * before it have settled on. Throws `BAD_EVENT` where that cannot be found out in reasonable time.
 */
export function holdInSameElements(conditions: readonly Condition[], fields: EventFields): boolean {
  // The others are content with any value, whatever elements those in arrays settle on.
  const bound = conditions.filter(({field}) => fields.of(field).some(({inside}) => inside !== undefined))
  if (bound.length === 0 || (bound.length === 1 && bound[0]?.absent !== true)) return true
  return new Search(
    bound.map((condition) => toStep(condition, fields)),
    fields,
  ).run()
}
