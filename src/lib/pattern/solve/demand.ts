import {compileCondition, holdsFor} from '../match/condition'
import type {Condition} from '../match/condition'
import type {FieldCondition} from '../pattern'
import type {Leaf} from '../values/leaf'
import {addressRangeOf, rangeBits} from './address-bits'

/** A condition of a field that its value must satisfy or, where negated, must not. */
export class Demand {
  readonly #condition: Condition
  #bits: readonly string[] | undefined

  constructor(
    readonly source: FieldCondition,
    readonly negated = false,
  ) {
    this.#condition = compileCondition(source, 0, 0)
  }

  /** The bits (`rangeBits`) of all address ranges that it asks for. */
  get bits(): readonly string[] {
    this.#bits ??= this.source.alternatives.flatMap((test) => {
      const range = addressRangeOf(test)
      return range === undefined ? [] : [rangeBits(range)]
    })
    return this.#bits
  }

  /** Whether it asks for addresses that begin with some bits, whatever follows. */
  asksForAll(bits: string): boolean {
    return !this.negated && this.bits.some((own) => bits.startsWith(own))
  }

  /** Whether the field may be absent. */
  get absent(): boolean {
    return this.#condition.absent !== this.negated
  }

  /** Whether the matcher agrees with a value. */
  agrees(leaf: Leaf): boolean {
    return holdsFor(this.#condition, leaf) !== this.negated
  }

  /** As `agrees`, but numbers are never taken for addresses. */
  agreesPlainly(leaf: Leaf): boolean {
    const {tests} = this.#condition
    const own = this.source.alternatives.length
    return tests.some((test, index) => index < own && test(leaf)) !== this.negated
  }
}
