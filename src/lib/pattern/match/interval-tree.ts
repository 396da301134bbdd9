/** Ends are inclusive; what lies exactly on an end that is not is for the caller to refuse. */
export interface Interval<T> {
  low: T
  high: T
  /** What the caller knows it by. */
  id: number
}

/** Up to this many intervals are tried one after the other, which is quicker than a tree. */
const listLimit = 8

/**
 * Intervals that can be asked which of them a point lies in, in about the logarithm of their number and the length of the
 * answer. `T` is number, or strings of one length.
 */
export class IntervalTree<T extends number | string> {
  readonly #sorted: Interval<T>[]
  /** For the middle of each part of `#sorted`: the highest end in that part. */
  readonly #highest: T[] = []

  constructor(intervals: readonly Interval<T>[]) {
    this.#sorted = [...intervals].sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0))
    this.#build(0, this.#sorted.length)
  }

  /** Calls `found` with the id of every interval that holds `point`. */
  visit(point: T, found: (id: number) => void): void {
    const sorted = this.#sorted
    if (sorted.length > listLimit) {
      this.#visit(point, 0, sorted.length, found)
      return
    }
    for (const {low, high, id} of sorted) {
      if (low > point) return
      if (high >= point) found(id)
    }
  }

  #build(from: number, to: number): T | undefined {
    if (from >= to) return undefined
    const middle = (from + to) >> 1
    const own = this.#sorted[middle]
    if (own === undefined) return undefined
    let highest = own.high
    for (const other of [this.#build(from, middle), this.#build(middle + 1, to)]) {
      if (other !== undefined && other > highest) highest = other
    }
    this.#highest[middle] = highest
    return highest
  }

  #visit(point: T, from: number, to: number, found: (id: number) => void): void {
    if (from >= to) return
    const middle = (from + to) >> 1
    const own = this.#sorted[middle]
    const highest = this.#highest[middle]
    if (own === undefined || highest === undefined || highest < point) return
    this.#visit(point, from, middle, found)
    if (own.low > point) return
    if (own.high >= point) found(own.id)
    this.#visit(point, middle + 1, to, found)
  }
}
