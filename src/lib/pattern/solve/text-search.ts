import type {Budget} from './budget'
import type {GlobMachine, Reached} from './glob-machine'

/** Holds for a text when one of its machines matches, or does not where it is negated. */
export type TextClause = readonly {machine: GlobMachine; negated: boolean}[]

export type TextSearchResult = {kind: 'text'; text: string} | {kind: 'none'} | {kind: 'unknown'}

/** For every clause what its machines have reached; undefined once it holds whatever follows. */
type State = readonly (readonly Reached[] | undefined)[]

interface Visited {
  state: State
  letter: string
  /** How many letters have been read. */
  depth: number
  from: Visited | undefined
}

/** After so many different states a search is given up. */
const stateLimit = 50_000
/** What a letter that no glob asks for is taken from. */
const plain = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_'
const firstIdeograph = 0x4e00

function otherLetter(clauses: readonly TextClause[]): string {
  const letters = new Set<string>()
  for (const {machine} of clauses.flat()) machine.addAlphabet(letters)
  for (const letter of plain) if (!letters.has(letter)) return letter
  let code = firstIdeograph
  while (letters.has(String.fromCharCode(code))) code++
  return String.fromCharCode(code)
}

/** A state with the clauses that hold for good struck out; undefined when one can no longer hold. */
function settle(clauses: readonly TextClause[], state: State): State | undefined {
  const settled: (readonly Reached[] | undefined)[] = []
  for (const [index, clause] of clauses.entries()) {
    const reached = state[index]
    if (reached === undefined) {
      settled.push(undefined)
      continue
    }
    const ends = clause.map(({machine, negated}, at) => {
      const nodes = reached[at] ?? []
      if (nodes.length === 0) return negated
      return machine.isFree(nodes) ? !negated : undefined
    })
    if (ends.every((end) => end === false)) return undefined
    settled.push(ends.includes(true) ? undefined : reached)
  }
  return settled
}

function isMatch(clauses: readonly TextClause[], state: State): boolean {
  return clauses.every((clause, index) => {
    const reached = state[index]
    if (reached === undefined) return true
    return clause.some(({machine, negated}, at) => machine.accepts(reached[at] ?? []) !== negated)
  })
}

function lettersOf(clauses: readonly TextClause[], state: State): string[] {
  const letters = new Set<string>()
  state.forEach((reached, index) => {
    reached?.forEach((nodes, at) => clauses[index]?.[at]?.machine.addLetters(nodes, letters))
  })
  return [...letters].sort()
}

function inOrder(first: string, letters: readonly string[]): readonly string[] {
  return letters.includes(first) ? [first, ...letters.filter((letter) => letter !== first)] : letters
}

function sizeOf(state: State): number {
  return state.reduce(
    (sum, reached) => sum + (reached?.reduce((size, nodes) => size + nodes.length, 1) ?? 0),
    1,
  )
}

function stepAll(clauses: readonly TextClause[], state: State, letter: string): State {
  return state.map((reached, index) =>
    reached?.map((nodes, at) => clauses[index]?.[at]?.machine.step(nodes, letter) ?? []),
  )
}

function textOf(visited: Visited): string {
  const letters: string[] = []
  for (let at: Visited | undefined = visited; at !== undefined; at = at.from) letters.push(at.letter)
  return letters.reverse().join('')
}

function keyOf(state: State): string {
  return state.map((reached) => (reached === undefined ? 'y' : reached.join(';'))).join('|')
}

/**
 * The shortest text for which every clause holds, by going through all texts at once, letter by letter; letters that no
 * clause tells apart count as one. Of texts of the same length the one that is most like `example` at its start is taken.
 * `unknown` when that takes too long.
 */
export function searchText(
  clauses: readonly TextClause[],
  example: string,
  budget: Budget,
): TextSearchResult {
  const start = settle(
    clauses,
    clauses.map((clause) => clause.map(({machine}) => machine.start)),
  )
  if (start === undefined) return {kind: 'none'}
  const other = otherLetter(clauses)
  const queue: Visited[] = [{state: start, letter: '', depth: 0, from: undefined}]
  const seen = new Set([keyOf(start)])
  // The queue grows while it is gone through.
  for (const visited of queue) {
    const {state, depth} = visited
    if (isMatch(clauses, state)) return {kind: 'text', text: textOf(visited)}
    const letters = inOrder(example.charAt(depth), [other, ...lettersOf(clauses, state)])
    if (seen.size > stateLimit || !budget.spend(sizeOf(state) * letters.length)) return {kind: 'unknown'}
    for (const letter of letters) {
      const next = settle(clauses, stepAll(clauses, state, letter))
      if (next === undefined) continue
      const key = keyOf(next)
      if (seen.has(key)) continue
      seen.add(key)
      queue.push({state: next, letter, depth: depth + 1, from: visited})
    }
  }
  return {kind: 'none'}
}
