import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'

/** Chance from a seed: the same seed gives the same row of choices. */
export class Chance {
  private readonly generator

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed)
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  uniform(): number {
    return uniformFloat64(this.generator)
  }

  /** An integer from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** An integer of a range, both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  oneIn(count: number): boolean {
    return this.below(count) === 0
  }

  /** One of a list; undefined where it is empty. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)]
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list]
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const [a, b] = [result[i] as T, result[j] as T]
      result[i] = b
      result[j] = a
    }
    return result
  }
}
