/** What one character of the pattern stands for: itself, or its two cases. */
type Unit = readonly [string] | readonly [string, string]

/**
 * EventBridge folds each UTF-16 unit of the pattern alone: to its lower and to its upper case, which may be longer (`ß` is
 * `ß` or `SS`). Half of a surrogate pair has no bytes of its own there and becomes a question mark.
 */
export function spellingsOf(unit: string): Unit {
  const code = unit.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return ['?']
  const lower = unit.toLowerCase()
  const upper = unit.toUpperCase()
  return lower === upper ? [lower] : [lower, upper]
}

/** Places in `value` that can be reached from `from` by one spelling of `unit`, forwards. */
function forward(value: string, from: number, unit: Unit): number[] {
  return unit.filter((spelling) => value.startsWith(spelling, from)).map((spelling) => from + spelling.length)
}

function backward(value: string, from: number, unit: Unit): number[] {
  return unit
    .filter((spelling) => spelling.length <= from && value.endsWith(spelling, from))
    .map((spelling) => from - spelling.length)
}

/** A text of the pattern that is compared without regard to case. */
export class FoldedText {
  /**
   * A key with `key === value.toUpperCase()` for every value that is equal, so that equal values can be looked up;
   * undefined for the few texts that have no such key.
   */
  readonly key: string | undefined
  readonly #units: Unit[]
  readonly #reversed: Unit[]
  /** Where every spelling has the length one: the codes of the first and of the last spelling of each unit. */
  readonly #codes: {first: Uint16Array; last: Uint16Array} | undefined

  constructor(text: string) {
    this.#units = Array.from({length: text.length}, (_, index) => spellingsOf(text.charAt(index)))
    this.#reversed = this.#units.toReversed()
    const keys = this.#units.map((unit) => unit.map((spelling) => spelling.toUpperCase()))
    this.key = keys.every(([lower, upper]) => upper === undefined || lower === upper)
      ? keys.map(([lower]) => lower).join('')
      : undefined
    if (this.#units.every((unit) => unit.every((spelling) => spelling.length === 1))) {
      const codesOf = (end: 0 | -1): Uint16Array =>
        Uint16Array.from(this.#units, (unit) => unit.at(end)?.charCodeAt(0) ?? 0)
      this.#codes = {first: codesOf(0), last: codesOf(-1)}
    }
  }

  isWhole(value: string): boolean {
    if (this.#codes !== undefined) return value.length === this.#units.length && this.#standsAt(value, 0)
    return this.#walk(value, 0, this.#units, forward).includes(value.length)
  }

  isPrefix(value: string): boolean {
    if (this.#codes !== undefined) return this.#standsAt(value, 0)
    return this.#walk(value, 0, this.#units, forward).length > 0
  }

  isSuffix(value: string): boolean {
    if (this.#codes !== undefined) return this.#standsAt(value, value.length - this.#units.length)
    return this.#walk(value, value.length, this.#reversed, backward).length > 0
  }

  /** For units of the length one; they may not all fit. */
  #standsAt(value: string, from: number): boolean {
    if (this.#codes === undefined || from < 0 || from + this.#units.length > value.length) return false
    const {first, last} = this.#codes
    for (let index = 0; index < first.length; index++) {
      const code = value.charCodeAt(from + index)
      if (code !== first[index] && code !== last[index]) return false
    }
    return true
  }

  /** All places where the units can end. There is more than one only where the cases of a character differ in length. */
  #walk(value: string, start: number, units: readonly Unit[], step: typeof forward): number[] {
    let places = [start]
    for (const unit of units) {
      const next = places.flatMap((place) => step(value, place, unit))
      places = next.length > 1 ? [...new Set(next)] : next
      if (places.length === 0) return places
    }
    return places
  }
}
