import {AffixIndex} from './affix-index'
import type {Condition, Entry} from './condition'
import {holdsFor} from './condition'
import {IntervalTree} from './interval-tree'
import type {Interval} from './interval-tree'
import {inAddressRange, parseAddress} from '../values/ip-address'
import type {Leaf} from '../values/leaf'
import type {LeafTest} from '../values/leaf-test'
import type {AddressRange} from '../pattern'

/** Called with every condition that a value satisfies; perhaps more than once. */
export type Hit = (condition: number) => void

function put<K>(map: Map<K, number[]>, key: K, id: number): void {
  const ids = map.get(key)
  if (ids === undefined) map.set(key, [id])
  else ids.push(id)
}

/**
 * All conditions on one path that can be found from a value. The time of a lookup depends on the value, and on how many
 * conditions it satisfies, not on how many there are.
 */
export class FieldIndex {
  readonly #texts = new Map<string, number[]>()
  /** Bit `length % 32` is set for the length of every text in `#texts`: to look one up is slow for a text not seen before. */
  #textLengths = 0
  readonly #prefixes = new AffixIndex('prefix')
  readonly #suffixes = new AffixIndex('suffix')
  readonly #folded = new Map<string, number[]>()
  readonly #foldedPrefixes = new AffixIndex('prefix')
  readonly #foldedSuffixes = new AffixIndex('suffix')
  readonly #numbers = new Map<number, number[]>()
  readonly #words = new Map<string, number[]>()
  readonly #ranges: IntervalTree<number> | undefined
  readonly #v4: IntervalTree<string> | undefined
  readonly #v6: IntervalTree<string> | undefined
  readonly #v6Ranges: {range: AddressRange; id: number}[] = []
  /** Conditions with an address: a number may be taken for one. */
  readonly #withAddress: Condition[] = []
  /** By the ids that the structures above hand out: what is satisfied, and what is still to be looked at before it is. */
  readonly #conditions: number[] = []
  readonly #verify: (LeafTest | undefined)[] = []
  readonly #hasAddress: boolean
  readonly #hasFolded: boolean
  readonly #hasPrefix: boolean
  readonly #hasSuffix: boolean
  /** What is being looked up, and for whom. Kept here so that a lookup has no function to make. */
  #leaf: Leaf | undefined
  #hit: Hit | undefined
  #lookedAt = 0
  readonly #found = (id: number): void => {
    this.#lookedAt++
    const verify = this.#verify[id]
    if (verify === undefined || verify(this.#leaf as Leaf)) this.#hit?.(this.#conditions[id] ?? 0)
  }

  constructor(conditions: readonly Condition[]) {
    const ranges: Interval<number>[] = []
    const v4: Interval<string>[] = []
    const v6: Interval<string>[] = []
    for (const condition of conditions) {
      for (const entry of condition.entries ?? []) {
        this.#conditions.push(condition.id)
        this.#verify.push(entry.verify)
        this.#add(entry, this.#conditions.length - 1, ranges, v4, v6)
      }
      if (condition.entries?.some(({guard}) => guard.by === 'address') === true)
        this.#withAddress.push(condition)
    }
    this.#hasAddress = this.#withAddress.length > 0
    this.#hasPrefix = !this.#prefixes.isEmpty
    this.#hasSuffix = !this.#suffixes.isEmpty
    this.#hasFolded = this.#folded.size > 0 || !this.#foldedPrefixes.isEmpty || !this.#foldedSuffixes.isEmpty
    this.#ranges = ranges.length > 0 ? new IntervalTree(ranges) : undefined
    this.#v4 = v4.length > 0 ? new IntervalTree(v4) : undefined
    this.#v6 = v6.length > 0 ? new IntervalTree(v6) : undefined
  }

  #add(
    {guard}: Entry,
    id: number,
    ranges: Interval<number>[],
    v4: Interval<string>[],
    v6: Interval<string>[],
  ): void {
    switch (guard.by) {
      case 'text':
        put(this.#texts, guard.text, id)
        this.#textLengths |= 1 << (guard.text.length & 31)
        return
      case 'prefix':
        this.#prefixes.add(guard.text, id)
        return
      case 'suffix':
        this.#suffixes.add(guard.text, id)
        return
      case 'folded':
        put(this.#folded, guard.text, id)
        return
      case 'folded-prefix':
        this.#foldedPrefixes.add(guard.text, id)
        return
      case 'folded-suffix':
        this.#foldedSuffixes.add(guard.text, id)
        return
      case 'number':
        put(this.#numbers, guard.value, id)
        return
      case 'number-text':
      case 'literal':
        put(this.#words, guard.text, id)
        return
      case 'range':
        ranges.push({low: guard.low, high: guard.high, id})
        return
      case 'address': {
        const isV4 = guard.range.low.length === 8
        ;(isV4 ? v4 : v6).push({...guard.range, id})
        if (!isV4) this.#v6Ranges.push({range: guard.range, id})
      }
    }
  }

  /** Calls `hit` for every condition here that the value satisfies. Answers how many it has looked at. */
  lookup(leaf: Leaf, hit: Hit): number {
    this.#lookedAt = 0
    this.#leaf = leaf
    this.#hit = hit
    if (leaf.kind === 'string') this.#lookupString(leaf.text)
    else if (leaf.kind === 'number') this.#lookupNumber(leaf, hit)
    else this.#foundAll(this.#words.get(leaf.text))
    return this.#lookedAt
  }

  #lookupString(text: string): void {
    if (((this.#textLengths >>> (text.length & 31)) & 1) === 1) this.#foundAll(this.#texts.get(text))
    if (this.#hasPrefix) this.#prefixes.visit(text, this.#found)
    if (this.#hasSuffix) this.#suffixes.visit(text, this.#found)
    if (this.#hasFolded) {
      const upper = text.toUpperCase()
      this.#foundAll(this.#folded.get(upper))
      this.#foldedPrefixes.visit(upper, this.#found)
      this.#foldedSuffixes.visit(upper, this.#found)
    }
    if (this.#hasAddress) {
      const address = parseAddress(text)
      if (address !== undefined) this.#lookupAddress(address)
    }
  }

  #lookupNumber(leaf: Leaf, hit: Hit): void {
    if (leaf.value === undefined) {
      this.#foundAll(this.#words.get(leaf.text))
    } else {
      if (this.#numbers.size > 0) this.#foundAll(this.#numbers.get(leaf.value))
      this.#ranges?.visit(leaf.value, this.#found)
    }
    for (const condition of this.#withAddress) if (holdsFor(condition, leaf)) hit(condition.id)
  }

  /** The first digits of an IPv6 address are compared with IPv4 ranges, and the other way round. */
  #lookupAddress(address: string): void {
    this.#v4?.visit(address.slice(0, 8), this.#found)
    if (address.length > 8) {
      this.#v6?.visit(address, this.#found)
    } else {
      for (const {range, id} of this.#v6Ranges) if (inAddressRange(address, range)) this.#found(id)
    }
  }

  #foundAll(ids: readonly number[] | undefined): void {
    if (ids === undefined) return
    for (const id of ids) this.#found(id)
  }
}
