/** Costs of making one text out of another. Letters that differ only in case cost so little that they always come first. */
const otherCase = 1
const addedLetter = 200
/** A little more, so that of two ways the one is taken that keeps more of the text. */
const removedLetter = 201
const changedLetter = 250

/** A text to be made: letters, with stars between them where any text may stand. */
interface Shape {
  letters: string
  /** By the number of letters before it. */
  stars: ReadonlySet<number>
}

/** What was made, and at which cost. */
export interface Fit {
  text: string
  cost: number
}

function shapeOf(literals: readonly string[]): Shape {
  const stars = new Set<number>()
  let letters = literals[0] ?? ''
  for (const literal of literals.slice(1)) {
    stars.add(letters.length)
    letters += literal
  }
  return {letters, stars}
}

/** The letters of a text and their lower case, as numbers. */
interface Codes {
  exact: Uint16Array
  /** Only where the lower case is as long as the text; without it, no letters are taken to differ in case alone. */
  lower: Uint16Array
}

function toCodes(text: string): Uint16Array {
  const codes = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at)
  return codes
}

function codesOf(text: string): Codes {
  const lower = text.toLowerCase()
  const exact = toCodes(text)
  return {exact, lower: lower.length === text.length ? toCodes(lower) : exact}
}

function pairCost(a: Codes, at: number, b: Codes, bAt: number): number {
  if (a.exact[at] === b.exact[bAt]) return 0
  return a.lower[at] === b.lower[bAt] ? otherCase : changedLetter
}

/** By letters made and letters read: the least cost. */
function costTable(shape: Shape, made: Codes, read: Codes): Float64Array[] {
  const width = read.exact.length
  let before = new Float64Array(width + 1)
  const head = shape.stars.has(0) ? 0 : removedLetter
  for (let at = 1; at <= width; at++) before[at] = at * head
  const table = [before]
  for (let row = 1; row <= made.exact.length; row++) {
    const costs = new Float64Array(width + 1)
    const remove = shape.stars.has(row) ? 0 : removedLetter
    let left = row * addedLetter
    costs[0] = left
    for (let at = 1; at <= width; at++) {
      const added = (before[at] ?? 0) + addedLetter
      const changed = (before[at - 1] ?? 0) + pairCost(made, row - 1, read, at - 1)
      left = Math.min(left + remove, added, changed)
      costs[at] = left
    }
    table.push(costs)
    before = costs
  }
  return table
}

/**
 * Makes the text nearest to `text` that consists of `literals` with any text between one and the next: `['/v1/', '']` is
 * all that starts with `/v1/`. Where `ignoreCase` is set, letters that differ only in case are left as they are. Time and
 * memory are about the product of the lengths; the caller bounds it.
 */
export function fitText(literals: readonly string[], text: string, ignoreCase = false): Fit {
  const shape = shapeOf(literals)
  const wanted = codesOf(shape.letters)
  const seen = codesOf(text)
  const table = costTable(shape, wanted, seen)
  const cost = (made: number, read: number): number => table[made]?.[read] ?? Infinity
  const result: string[] = []
  let made = shape.letters.length
  let read = text.length
  const total = cost(made, read)
  while (made > 0 || read > 0) {
    const here = cost(made, read)
    const letter = shape.letters.charAt(made - 1)
    const other = text.charAt(read - 1)
    const pair = made > 0 && read > 0 ? pairCost(wanted, made - 1, seen, read - 1) : Infinity
    const isStar = shape.stars.has(made)
    if (cost(made - 1, read - 1) + pair === here) {
      result.push(ignoreCase && pair === otherCase ? other : letter)
      made--
      read--
    } else if (read > 0 && cost(made, read - 1) + (isStar ? 0 : removedLetter) === here) {
      if (isStar) result.push(other)
      read--
    } else {
      result.push(letter)
      made--
    }
  }
  return {text: result.reverse().join(''), cost: total}
}

/** A rough guess at the cost of making `wanted` out of `text`, in the time that it takes to read them. */
export function roughCost(wanted: string, text: string): number {
  if (wanted === text) return 0
  const most = Math.min(wanted.length, text.length)
  let head = 0
  while (head < most && wanted.charCodeAt(head) === text.charCodeAt(head)) head++
  let tail = 0
  while (tail < most - head && wanted.at(-1 - tail) === text.at(-1 - tail)) tail++
  const longest = Math.max(wanted.length, text.length)
  if (longest <= 1000 && wanted.toLowerCase() === text.toLowerCase()) return otherCase * (most - head - tail)
  return addedLetter * (longest - head - tail)
}
