import type {Test} from '../pattern'
import {wildcardLiterals} from '../values/wildcard'

/**
 * EventBridge refuses a field whose wildcards can be half-way through more than this many prefixes of themselves at one
 * place of a value. Measured: the one of `*:*:*:*:*:event-bus/*` is 11 and refused, values up to 9 are accepted.
 */
export const wildcardComplexityLimit = 10

/** After this many states the count is given up and the field counts as too complex. */
const stateLimit = 20_000

const any = -1

/** The steps of a wildcard, quotes included: a UTF-16 code, or `any` for a star. */
function steps(pattern: string): number[] {
  const codes = (text: string): number[] => Array.from({length: text.length}, (_, i) => text.charCodeAt(i))
  const quote = 0x22
  return [
    quote,
    ...wildcardLiterals(pattern)
      .flatMap((text) => [...codes(text), any])
      .slice(0, -1),
    quote,
  ]
}

/** The wildcards of a field: those of one operator together, no list twice. */
function wildcardsOf(tests: readonly Test[]): string[][] {
  const found = tests.flatMap((test) => {
    if (test.kind === 'wildcard') return [[test.value]]
    return test.kind === 'anything-but' && test.excluded.of === 'wildcard'
      ? [[...new Set(test.excluded.values)]]
      : []
  })
  return [...new Map(found.map((list) => [JSON.stringify(list), list])).values()]
}

interface Machine {
  /** The steps of all wildcards, one after the other. */
  steps: number[]
  /** For each step, whether it is the last of its wildcard. */
  last: boolean[]
  /** For each step, the one that it counts as: the wildcards of one operator share their end, and what they have in common up to a star. */
  counted: number[]
  starts: number[]
}

/** What the wildcards of one operator have in common. */
class Shared {
  end: number | undefined
  /** Beginnings of wildcards, numbered: by the number of what comes before the last step, and that step. */
  readonly #beginnings = new Map<string, number>()
  /** By the number of a beginning: the step that it counts as. */
  readonly counted = new Map<number, number>()

  /** The number of a beginning that is one step longer than another; 0 is the empty one. */
  longer(beginning: number, step: number): number {
    const key = `${beginning} ${step}`
    let known = this.#beginnings.get(key)
    if (known === undefined) {
      known = this.#beginnings.size + 1
      this.#beginnings.set(key, known)
    }
    return known
  }
}

function addWildcard(machine: Machine, wildcard: string, shared: Shared): void {
  const own = steps(wildcard)
  const sharedLength = own.indexOf(any) + 1
  const start = machine.steps.length
  machine.starts.push(start)
  let beginning = 0
  own.slice(0, -1).forEach((step, index) => {
    beginning = shared.longer(beginning, step)
    const known = index < sharedLength ? shared.counted.get(beginning) : undefined
    if (known === undefined) shared.counted.set(beginning, start + index)
    machine.steps.push(step)
    machine.last.push(false)
    machine.counted.push(known ?? start + index)
  })
  shared.end ??= start + own.length - 1
  machine.steps.push(own.at(-1) ?? any)
  machine.last.push(true)
  machine.counted.push(shared.end)
}

function toMachine(lists: readonly string[][]): Machine {
  const machine: Machine = {steps: [], last: [], counted: [], starts: []}
  for (const wildcards of lists) {
    const shared = new Shared()
    for (const wildcard of wildcards) addWildcard(machine, wildcard, shared)
  }
  return machine
}

function countOf(machine: Machine, done: Iterable<number>): number {
  return new Set(Array.from(done, (step) => machine.counted[step])).size
}

/** The steps that have just been taken after `code` was read where `waiting` steps could come next. */
function taken(machine: Machine, waiting: Iterable<number>, code: number): Set<number> {
  const done = new Set<number>()
  for (const step of waiting) {
    const wanted = machine.steps[step]
    if (wanted !== any && wanted !== code) continue
    done.add(step)
    // A star may also stand for nothing, so it counts as taken as soon as it is reached.
    if (machine.last[step] !== true && machine.steps[step + 1] === any) done.add(step + 1)
  }
  return done
}

function waitingAfter(machine: Machine, done: Iterable<number>): Set<number> {
  const waiting = new Set<number>()
  for (const step of done) {
    if (machine.steps[step] === any) waiting.add(step)
    if (machine.last[step] !== true) waiting.add(step + 1)
  }
  return waiting
}

/** Whether EventBridge would call the wildcards of one field too complex. */
export function isTooComplex(tests: readonly Test[]): boolean {
  const wildcards = wildcardsOf(tests)
  if (wildcards.length === 0) return false
  // A value that a wildcard matches can, at its end, stand at each of its stars.
  if (wildcards.flat().some((wildcard) => wildcardLiterals(wildcard).length - 1 > wildcardComplexityLimit))
    return true
  const machine = toMachine(wildcards)
  const seen = new Set<string>()
  const pending: Set<number>[] = [new Set(machine.starts)]
  for (let waiting = pending.pop(); waiting !== undefined; waiting = pending.pop()) {
    // Any other character leads where one leads that only the stars take.
    for (const code of new Set(Array.from(waiting, (step) => machine.steps[step] ?? any))) {
      const done = taken(machine, waiting, code)
      if (countOf(machine, done) > wildcardComplexityLimit) return true
      const key = [...done].sort((a, b) => a - b).join()
      if (done.size === 0 || seen.has(key)) continue
      if (seen.size >= stateLimit) return true
      seen.add(key)
      pending.push(waitingAfter(machine, done))
    }
  }
  return false
}
