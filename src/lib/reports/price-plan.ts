import {multiplyDecimals, roundDecimal} from '../core/money'
import type {Decimal, Rounding} from '../core/money'

/** What a unit costs, by the plan of the customer. */
export interface PricePlan {
  /** The file it was read from, as messages name it. */
  file: string
  currency: string
  /** Decimals of an amount: the currency's minor units unless the file says otherwise. */
  decimals: number
  rounding: Rounding
  /** Price of one unit, by plan. */
  plans: ReadonlyMap<string, Decimal>
  /** Price of one unit on a plan that `plans` does not name. */
  defaultPrice: Decimal | undefined
}

/** The amount of `units` on `plan`, exact and then rounded once; undefined where the plan has no price. */
export function priceUsage(pricePlan: PricePlan, plan: string, units: Decimal): Decimal | undefined {
  const price = pricePlan.plans.get(plan) ?? pricePlan.defaultPrice
  if (price === undefined) return undefined
  return roundDecimal(multiplyDecimals(units, price), pricePlan.decimals, pricePlan.rounding)
}
