import {AffixIndex} from './affix-index'
import type {Condition, Entry} from './condition'
import {holdsFor} from './condition'
import {IntervalTree} from './interval-tree'
import type {Interval} from './interval-tree'
import {inAddressRange, parseAddress} from '../values/ip-address'
import type {Leaf} from '../values/leaf'
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
  /** The entries, by the ids that the structures above hand out. */
  readonly #entries: {entry: Entry; condition: number}[] = []
  readonly #hasAddress: boolean
  readonly #hasFolded: boolean
  readonly #hasAffix: boolean

  constructor(conditions: readonly Condition[]) {
    const ranges: Interval<number>[] = []
    const v4: Interval<string>[] = []
    const v6: Interval<string>[] = []
    for (const condition of conditions) {
      for (const entry of condition.entries ?? []) {
        this.#entries.push({entry, condition: condition.id})
        this.#add(entry, this.#entries.length - 1, ranges, v4, v6)
      }
      if (condition.entries?.some(({guard}) => guard.by === 'address') === true)
        this.#withAddress.push(condition)
    }
    this.#hasAddress = this.#withAddress.length > 0
    this.#hasAffix = !this.#prefixes.isEmpty || !this.#suffixes.isEmpty
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

  /** Calls `hit` for every condition here that the value satisfies. */
  lookup(leaf: Leaf, hit: Hit): void {
    if (leaf.kind === 'string') this.#lookupString(leaf, hit)
    else if (leaf.kind === 'number') this.#lookupNumber(leaf, hit)
    else this.#hitAll(this.#words.get(leaf.text), leaf, hit)
  }

  #lookupString(leaf: Leaf, hit: Hit): void {
    const {text} = leaf
    this.#hitAll(this.#texts.get(text), leaf, hit)
    if (this.#hasAffix) {
      const found = (id: number): void => this.#hit(id, leaf, hit)
      this.#prefixes.visit(text, found)
      this.#suffixes.visit(text, found)
    }
    if (this.#hasFolded) {
      const upper = text.toUpperCase()
      this.#hitAll(this.#folded.get(upper), leaf, hit)
      this.#foldedPrefixes.visit(upper, (id) => this.#hit(id, leaf, hit))
      this.#foldedSuffixes.visit(upper, (id) => this.#hit(id, leaf, hit))
    }
    if (this.#hasAddress) {
      const address = parseAddress(text)
      if (address !== undefined) this.#lookupAddress(address, leaf, hit)
    }
  }

  #lookupNumber(leaf: Leaf, hit: Hit): void {
    if (leaf.value === undefined) {
      this.#hitAll(this.#words.get(leaf.text), leaf, hit)
    } else {
      this.#hitAll(this.#numbers.get(leaf.value), leaf, hit)
      this.#ranges?.visit(leaf.value, (id) => this.#hit(id, leaf, hit))
    }
    for (const condition of this.#withAddress) if (holdsFor(condition, leaf)) hit(condition.id)
  }

  /** The first digits of an IPv6 address are compared with IPv4 ranges, and the other way round. */
  #lookupAddress(address: string, leaf: Leaf, hit: Hit): void {
    const found = (id: number): void => this.#hit(id, leaf, hit)
    this.#v4?.visit(address.slice(0, 8), found)
    if (address.length > 8) {
      this.#v6?.visit(address, found)
    } else {
      for (const {range, id} of this.#v6Ranges) if (inAddressRange(address, range)) found(id)
    }
  }

  #hitAll(ids: readonly number[] | undefined, leaf: Leaf, hit: Hit): void {
    if (ids === undefined) return
    for (const id of ids) this.#hit(id, leaf, hit)
  }

  #hit(id: number, leaf: Leaf, hit: Hit): void {
    const found = this.#entries[id]
    if (found === undefined) return
    const {verify} = found.entry
    if (verify === undefined || verify(leaf)) hit(found.condition)
  }
}
