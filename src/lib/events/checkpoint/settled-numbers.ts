/** From `from` (inclusive) to `to` (exclusive). */
export type Span = [from: number, to: number]

/** A set of integers that fills up from below nearly in order: it is kept as the few spans that it is made of. */
export class SettledNumbers {
  /** In order, apart from each other. */
  private readonly spans: Span[] = []
  /** How many integers there are. */
  count = 0

  has(number: number): boolean {
    const span = this.spans[this.indexAt(number)]
    return span !== undefined && number < span[1]
  }

  add([from, to]: Span): void {
    let at = this.indexAt(from)
    const before = this.spans[at]
    if (before === undefined || before[1] < from) this.spans.splice(++at, 0, [from, from])
    this.widen(at, to)
  }

  toSpans(): Span[] {
    return this.spans.map(([from, to]) => [from, to])
  }

  /** Takes the span at `at` up to `to`, and into it the ones that it then touches. */
  private widen(at: number, to: number): void {
    const span = this.spans[at]
    if (!span) return
    let known = span[1] - span[0]
    let end = at + 1
    let last = Math.max(span[1], to)
    for (let next = this.spans[end]; next && next[0] <= last; next = this.spans[++end]) {
      known += next[1] - next[0]
      last = Math.max(last, next[1])
    }
    this.spans.splice(at + 1, end - at - 1)
    span[1] = last
    this.count += last - span[0] - known
  }

  /** The last span that begins at or before `number`, or -1. It is sought from the end, where most is added. */
  private indexAt(number: number): number {
    let at = this.spans.length - 1
    for (let span = this.spans[at]; span && span[0] > number; span = this.spans[--at]);
    return at
  }
}

/** Numbers as the spans that they are made of; they need not be in order. */
export function spansOf(numbers: readonly number[]): Span[] {
  const spans: Span[] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last?.[1] === number) last[1] += 1
    else spans.push([number, number + 1])
  }
  return spans
}
