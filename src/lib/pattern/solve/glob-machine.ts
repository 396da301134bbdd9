import type {Glob, GlobStep} from './glob'

/** A place between two steps of a glob, or inside of a spelling. */
interface Node {
  /** Where each letter leads to. */
  on: Map<string, number[]>
  /** Where any letter leads to. */
  onAny: number[]
  /** The node behind a step that may be left out. */
  skip: number | undefined
  /** Whether a text may end here. */
  accepting: boolean
  /** Whether any text may follow. */
  free: boolean
}

/** A set of nodes that have been reached, in ascending order. */
export type Reached = readonly number[]

function newNode(): Node {
  return {on: new Map(), onAny: [], skip: undefined, accepting: false, free: false}
}

/** Reads text letter by letter (UTF-16 units) and knows whether one of its globs can still match. Not changed once made. */
export class GlobMachine {
  readonly start: Reached
  readonly #nodes: Node[] = []

  constructor(globs: Iterable<Glob>) {
    const starts = new Set<number>()
    for (const glob of globs) this.#reach(starts, this.#add(glob))
    this.start = this.#settle(starts)
  }

  /** How many nodes it has: a measure of its size. */
  get size(): number {
    return this.#nodes.length
  }

  /** The nodes that are reached by one more letter. A set from which every text matches is just one node. */
  step(reached: Reached, letter: string): Reached {
    const next = new Set<number>()
    for (const index of reached) {
      const node = this.#nodes[index]
      if (node === undefined) continue
      for (const to of node.onAny) this.#reach(next, to)
      for (const to of node.on.get(letter) ?? []) this.#reach(next, to)
    }
    return this.#settle(next)
  }

  /** Whether the text read so far matches. */
  accepts(reached: Reached): boolean {
    return reached.some((index) => this.#nodes[index]?.accepting === true)
  }

  /** Whether the text matches whatever follows. */
  isFree(reached: Reached): boolean {
    return reached.length === 1 && this.#nodes[reached[0] ?? -1]?.free === true
  }

  /** Adds the letters that lead from here to somewhere that other letters do not. */
  addLetters(reached: Reached, letters: Set<string>): void {
    for (const index of reached) for (const letter of this.#nodes[index]?.on.keys() ?? []) letters.add(letter)
  }

  /** Adds every letter that any glob asks for. */
  addAlphabet(letters: Set<string>): void {
    for (const node of this.#nodes) for (const letter of node.on.keys()) letters.add(letter)
  }

  /** Whether one of the globs matches a whole text. */
  matches(text: string): boolean {
    let reached = this.start
    for (let at = 0; at < text.length && reached.length > 0; at++)
      reached = this.step(reached, text.charAt(at))
    return this.accepts(reached)
  }

  #push(): number {
    return this.#nodes.push(newNode()) - 1
  }

  #add(glob: Glob): number {
    const first = this.#nodes.length
    for (let count = 0; count <= glob.length; count++) this.#push()
    glob.forEach((step, index) => this.#addStep(step, first + index))
    const last = this.#nodes[first + glob.length]
    if (last !== undefined) last.accepting = true
    const final = glob.at(-1)
    const isFree = final?.repeat === true && final.oneOf === undefined
    const beforeLast = this.#nodes[first + glob.length - 1]
    if (isFree && beforeLast !== undefined) beforeLast.free = beforeLast.accepting = true
    return first
  }

  #addStep(step: GlobStep, from: number): void {
    const node = this.#nodes[from]
    if (node === undefined) return
    const to = step.repeat ? from : from + 1
    if (step.repeat) node.skip = from + 1
    if (step.oneOf === undefined) node.onAny.push(to)
    else for (const spelling of step.oneOf) this.#addSpelling(spelling, from, to)
  }

  #addSpelling(spelling: string, from: number, to: number): void {
    let at = from
    for (let index = 0; index < spelling.length; index++) {
      const next = index === spelling.length - 1 ? to : this.#push()
      const {on} = this.#nodes[at] ?? newNode()
      const targets = on.get(spelling.charAt(index))
      if (targets === undefined) on.set(spelling.charAt(index), [next])
      else targets.push(next)
      at = next
    }
  }

  #reach(reached: Set<number>, index: number): void {
    for (let at: number | undefined = index; at !== undefined; at = this.#nodes[at]?.skip) reached.add(at)
  }

  #settle(reached: Set<number>): Reached {
    for (const index of reached) if (this.#nodes[index]?.free === true) return [index]
    return [...reached].sort((a, b) => a - b)
  }
}
