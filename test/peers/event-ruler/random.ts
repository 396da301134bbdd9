import {uniformInt} from 'pure-rand/distribution/uniformInt'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import type {RandomGenerator} from 'pure-rand/types/RandomGenerator'

/** Choices that are the same for the same seed. */
export class Random {
  readonly #generator: RandomGenerator

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
  }

  /** A whole number from `low` to `high`, both inclusive. */
  between(low: number, high: number): number {
    return uniformInt(this.#generator, low, high)
  }

  /** True in about `share` of the cases. */
  chance(share: number): boolean {
    return this.between(0, 999_999) < share * 1_000_000
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('Nothing to pick from.')
    return items[this.between(0, items.length - 1)] as T
  }

  /** From `least` to `most` items. */
  list<T>(least: number, most: number, item: () => T): T[] {
    return Array.from({length: this.between(least, most)}, item)
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items]
    return Array.from(items, () => left.splice(this.between(0, left.length - 1), 1)).flat()
  }

  /** A whole number of so many bits. */
  bits(count: number): bigint {
    let value = 0n
    for (let left = count; left > 0; left -= 16) value = (value << 16n) | BigInt(this.between(0, 0xffff))
    return value & ((1n << BigInt(count)) - 1n)
  }
}
