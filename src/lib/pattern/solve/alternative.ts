import {addressRangeOf, rangeBits} from './address-bits'
import type {Budget} from './budget'
import {Demand} from './demand'
import type {FieldShape} from './event-shape'
import {findValue} from './find-value'
import type {Leaf} from '../values/leaf'
import {leafOf} from './leaves'
import type {FieldCondition, Test} from '../pattern'

/** What it costs to prepare a comparison. */
const comparisonSteps = 100

/** Whether a test asks that the field be absent. */
function isAbsence(test: Test): boolean {
  return test.kind === 'exists' && !test.value
}

/** One alternative of a condition, ready to be compared with the others of that condition. */
export class Alternative {
  readonly #is: Demand
  #isNot: Demand | undefined
  readonly #sample: Leaf | undefined

  /** `condition` has this alternative alone. `sample` is the JSON text of a value that it matches, where one is known. */
  constructor(
    readonly condition: FieldCondition,
    readonly test: Test,
    sample: string | undefined,
  ) {
    this.#is = new Demand(condition)
    this.#sample = sample === undefined || sample.startsWith('[') ? undefined : leafOf(sample)
  }

  /** Whether it matches every value of the field that another matches. True is certain. */
  covers(part: Alternative, shape: FieldShape, budget: Budget): boolean {
    if (isAbsence(this.test) || isAbsence(part.test)) return isAbsence(this.test) && isAbsence(part.test)
    if (part.#sample !== undefined && !this.#is.agreesPlainly(part.#sample)) return false
    const [outer, inner] = [addressRangeOf(this.test), addressRangeOf(part.test)]
    if (outer !== undefined && inner !== undefined) return rangeBits(inner).startsWith(rangeBits(outer))
    if (!budget.spend(comparisonSteps)) return false
    this.#isNot ??= new Demand(this.condition, true)
    return findValue([part.#is, this.#isNot], shape, budget).kind === 'none'
  }
}
