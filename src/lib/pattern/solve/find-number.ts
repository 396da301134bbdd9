import {canBeginNumber} from './address-bits'
import type {Budget} from './budget'
import type {Demand} from './demand'
import {numberLeaf} from './leaves'
import type {Test} from '../pattern'

/** What is asked of a number beside the demands. */
export interface NumberShape {
  minimum: number | undefined
  maximum: number | undefined
  integer: boolean
  /** JSON text of a number that is taken when it will do. */
  example: string | undefined
}

export type NumberSearchResult = {kind: 'number'; text: string} | {kind: 'none'} | {kind: 'unknown'}

/** With more numbers in the demands than this the search is given up. */
const pointLimit = 500

/** 2^53 + 1: no double holds it, nor any odd number behind it up to 2^54. */
const longInteger = 9007199254740993n
/** More digits than a double keeps. */
const longFraction = 12345678901234567891n

const bytes = new DataView(new ArrayBuffer(8))

/** The next larger double. */
function above(value: number): number {
  if (value === Infinity || value === Number.MAX_VALUE) return Infinity
  if (value === 0) return Number.MIN_VALUE
  bytes.setFloat64(0, value)
  bytes.setBigInt64(0, bytes.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return bytes.getFloat64(0)
}

function valuesIn(test: Test): number[] {
  if (test.kind === 'number') return test.value === undefined ? [] : [test.value]
  if (test.kind === 'numeric')
    return [test.lower, test.upper].flatMap((bound) => (bound ? [bound.value] : []))
  return test.kind === 'anything-but' && test.excluded.of === 'numbers'
    ? test.excluded.values.map(({value}) => value)
    : []
}

/** Whether a test matches no number but one that is written there. */
function matchesOneNumber(test: Test): boolean {
  if (test.kind === 'exists') return !test.value
  return test.kind !== 'numeric' && test.kind !== 'anything-but'
}

/** At every point, at its neighbours, and between every two neighbouring points there is one of these. */
function aroundPoints(points: readonly number[]): number[] {
  const sorted = [...new Set(points)].sort((a, b) => a - b)
  return sorted.flatMap((point, index) => {
    const next = sorted[index + 1]
    const between = next === undefined ? [] : [point / 2 + next / 2]
    const whole = [Math.floor(point), Math.ceil(point), Math.floor(point) + 1, Math.ceil(point) - 1]
    return [point, ...whole, ...between, above(point), -above(-point)]
  })
}

/** Looks for a number that demands agree with. */
class NumberSearch {
  readonly #tests: Test[]

  constructor(
    readonly demands: readonly Demand[],
    readonly shape: NumberShape,
    readonly budget: Budget,
  ) {
    this.#tests = demands.flatMap(({source}) => source.alternatives)
  }

  run(): NumberSearchResult {
    const listed = this.#listed()
    const texts = listed ?? this.#texts()
    if (texts === undefined || !this.budget.spend(texts.length * (this.#tests.length + 1))) {
      return {kind: 'unknown'}
    }
    const plain = texts.filter((text) => this.#agreePlainly(this.demands, text))
    const found = plain.find((text) => this.demands.every((demand) => demand.agrees(numberLeaf(text))))
    if (found !== undefined) return {kind: 'number', text: found}
    const isOpen =
      plain.length > 0 || this.#mayBeAddress(texts) || (listed === undefined && this.#mayBeLong())
    return {kind: isOpen ? 'unknown' : 'none'}
  }

  /** All numbers that one of the demands agrees with, where these can be listed. */
  #listed(): string[] | undefined {
    const lists = this.demands.flatMap(({negated, source, bits}) => {
      const isListed = !negated && bits.length === 0 && source.alternatives.every(matchesOneNumber)
      return isListed
        ? [source.alternatives.flatMap((test) => (test.kind === 'number' ? [test.text] : []))]
        : []
    })
    const [shortest] = lists.sort((a, b) => a.length - b.length)
    return shortest?.filter((text) => this.#fits(text))
  }

  #points(): number[] {
    const {minimum, maximum} = this.shape
    const bounds = [minimum, maximum].filter((bound) => bound !== undefined)
    return [...new Set([0, ...bounds, ...this.#tests.flatMap(valuesIn)])]
  }

  /** Plain numbers first, then by length, then those that a double does not hold; undefined when there are too many. */
  #texts(): string[] | undefined {
    const points = this.#points()
    if (points.length > pointLimit) return undefined
    const {example} = this.shape
    const values = aroundPoints(points).filter(Number.isFinite)
    const texts = values.map((value) => String(value === 0 ? 0 : value)).sort((a, b) => a.length - b.length)
    const own = this.#tests.flatMap((test) => (test.kind === 'number' ? [test.text] : []))
    const all = [...(example === undefined ? [] : [example]), '1', '0', '2', '-1', ...texts, ...own]
    return [...new Set([...all, ...this.#longTexts()])].filter((text) => this.#fits(text))
  }

  /** Numbers that a double does not hold, and that the pattern does not name: an integer and some that are none. */
  #longTexts(): string[] {
    const named = new Set(this.#tests.flatMap((test) => (test.kind === 'number' ? [test.text] : [])))
    const unnamed = (spell: (count: bigint) => string): string => {
      let count = 0n
      while (named.has(spell(count))) count++
      return spell(count)
    }
    const wholes = ['0', String(Math.floor(this.shape.minimum ?? 0))].filter((whole) => /^-?\d+$/.test(whole))
    return [
      unnamed((count) => String(longInteger + 2n * count)),
      ...wholes.map((whole) => unnamed((count) => `${whole}.${longFraction + count}`)),
    ]
  }

  #fits(text: string): boolean {
    const {minimum = -Infinity, maximum = Infinity, integer} = this.shape
    const value = Number(text)
    return value >= minimum && value <= maximum && (!integer || Number.isInteger(value))
  }

  #agreePlainly(demands: readonly Demand[], text: string): boolean {
    const leaf = numberLeaf(text)
    return demands.every((demand) => demand.agreesPlainly(leaf))
  }

  /** Whether a number that EventBridge takes for an address could satisfy them all. */
  #mayBeAddress(texts: readonly string[]): boolean {
    const ranges = new Set(this.demands.flatMap((demand) => (demand.negated ? [] : demand.bits)))
    return [...ranges].some((bits) => {
      if (!canBeginNumber(bits)) return false
      const rest = this.demands.filter((demand) => !demand.asksForAll(bits))
      return rest.length === 0 || texts.some((text) => this.#agreePlainly(rest, text))
    })
  }

  /** Whether a number that a double does not hold would do, but none of those tried lies within the bounds. */
  #mayBeLong(): boolean {
    const texts = this.#longTexts()
    return (
      this.#hasLong() &&
      !texts.some((text) => this.#fits(text)) &&
      texts.some((text) => this.#agreePlainly(this.demands, text))
    )
  }

  /** Whether there can be a number within the bounds that a double does not hold. */
  #hasLong(): boolean {
    const {minimum = -Infinity, maximum = Infinity, integer} = this.shape
    const isSmall = Math.max(Math.abs(minimum), Math.abs(maximum)) <= Number.MAX_SAFE_INTEGER
    return minimum < maximum && !(integer && isSmall)
  }
}

/**
 * A number that all demands agree with, as JSON text, a short one where there is one. `none` is certain; `unknown` where
 * looking takes too long, or the number would have to be one that EventBridge takes for an address.
 */
export function findNumber(
  demands: readonly Demand[],
  shape: NumberShape,
  budget: Budget,
): NumberSearchResult {
  return new NumberSearch(demands, shape, budget).run()
}
