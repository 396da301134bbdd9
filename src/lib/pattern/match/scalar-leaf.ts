import type {Leaf, Membership} from '../values/leaf'

/** A scalar as `JSON.parse` makes it. */
export type Scalar = string | number | bigint | boolean | null

/** The value of a number for comparison, unless a double cannot hold it. */
function valueOf(scalar: number | bigint): number | undefined {
  if (typeof scalar === 'number') return Number.isFinite(scalar) ? scalar : undefined
  const value = Number(scalar)
  return BigInt(value) === scalar ? value : undefined
}

/** A scalar of an event that has been parsed. It can be set anew for the next event, which is quicker than to make one. */
export class ScalarLeaf implements Leaf {
  kind: Leaf['kind'] = 'string'
  value: number | undefined
  #scalar: Scalar = ''

  constructor(readonly inside: Membership | undefined) {}

  set(scalar: Scalar): this {
    this.#scalar = scalar
    if (typeof scalar === 'string') {
      this.kind = 'string'
      this.value = undefined
    } else if (typeof scalar === 'number' || typeof scalar === 'bigint') {
      this.kind = 'number'
      this.value = valueOf(scalar)
    } else {
      this.kind = 'literal'
      this.value = undefined
    }
    return this
  }

  /** A number is turned into text only when somebody asks, which is rare and takes long. */
  get text(): string {
    return typeof this.#scalar === 'string' ? this.#scalar : String(this.#scalar)
  }
}
