/**
 * How much may still be spent on comparing texts letter by letter within one explanation. Once it is used up, texts are
 * compared roughly, so that no pattern or event takes long.
 */
export class Effort {
  /** The most that one comparison may cost, in pairs of letters. */
  static readonly perComparison = 20_000
  #left = 3_000_000

  /** Whether two texts may be compared letter by letter; if so, it is paid for. */
  spend(first: number, second: number): boolean {
    const cost = (first + 1) * (second + 1)
    if (cost > Effort.perComparison || cost > this.#left) return false
    this.#left -= cost
    return true
  }
}
