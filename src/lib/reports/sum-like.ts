import {addDecimals, roundDecimal} from '../core/money'
import type {Decimal} from '../core/money'

/** The sum with as many decimals as `like` has. */
export function sumLike(like: Decimal, amounts: readonly Decimal[]): Decimal {
  return roundDecimal(addDecimals(amounts), (like.split('.')[1] ?? '').length, 'half-up')
}
