import {
  addDecimals,
  compareDecimals,
  groupDigits,
  maxDecimal,
  minDecimal,
  multiplyDecimals,
  normalDecimal,
  packagesOf,
  shareOfDecimal,
  subtractDecimals,
} from '../core/money'
import type {Decimal, Rounding} from '../core/money'
import type {Price, Tier} from './price-plan'

/** The part of a month that a price is asked for. */
export interface Share {
  part: number
  whole: number
}

/** An amount that is not rounded yet, and how it came about. */
export interface Priced {
  amount: Decimal
  reason: string
}

/** Scaled quantities have as many decimals as a quantity in the lake. */
const quantityDecimals = 9

/** What `of` is for a part of a month, with nine decimals; itself for a whole one. */
export function scaled(of: Decimal, share: Share, rounding: Rounding): Decimal {
  if (share.part === share.whole) return normalDecimal(of)
  return normalDecimal(shareOfDecimal(of, share, quantityDecimals, rounding))
}

/**
 * The exact price of units. Bounds and flat fees of tiers count for the share of the month. Units below zero (corrections that outweigh the
 * usage) cost what they would at the first tier, and are no package.
 */
export function priceUnits(price: Price, units: Decimal, share: Share, rounding: Rounding): Priced {
  switch (price.model) {
    case 'per-unit':
      return {amount: multiplyDecimals(units, price.pricePerUnit), reason: at(units, price.pricePerUnit)}
    case 'package': {
      const packages = packagesOf(units, price.packageSize)
      return {
        amount: multiplyDecimals(packages, price.pricePerPackage),
        reason: `${groupDigits(packages)} packages of ${groupDigits(price.packageSize)} at ${price.pricePerPackage}`,
      }
    }
    case 'graduated':
      return sumOf(slices(price.tiers, units, share, rounding))
    case 'volume':
      return sumOf([volumeSlice(price.tiers, units, share, rounding)])
  }
}

/** Units that one tier prices, and the fee for having reached it. */
interface Slice {
  units: Decimal
  tier: Tier
  fee: Decimal
}

function slices(tiers: readonly Tier[], units: Decimal, share: Share, rounding: Rounding): Slice[] {
  const found: Slice[] = []
  let below = '0'
  for (const tier of tiers) {
    const bound = tier.upTo === undefined ? units : minDecimal(units, scaled(tier.upTo, share, rounding))
    const inTier = subtractDecimals(bound, below)
    if (found.length > 0 && compareDecimals(inTier, 0n) <= 0) break
    found.push(sliceOf(inTier, tier, share, rounding))
    below = maxDecimal(below, bound)
  }
  return found
}

function volumeSlice(tiers: readonly Tier[], units: Decimal, share: Share, rounding: Rounding): Slice {
  const last = tiers[tiers.length - 1] ?? {pricePerUnit: '0', flatFee: '0'}
  const reached = tiers.find(
    ({upTo}) => upTo === undefined || compareDecimals(units, scaled(upTo, share, rounding)) <= 0,
  )
  return sliceOf(units, reached ?? last, share, rounding)
}

function sliceOf(units: Decimal, tier: Tier, share: Share, rounding: Rounding): Slice {
  const isReached = compareDecimals(units, 0n) > 0
  return {units, tier, fee: isReached ? scaled(tier.flatFee, share, rounding) : '0'}
}

function sumOf(found: readonly Slice[]): Priced {
  return {
    amount: addDecimals(
      found.flatMap(({units, tier, fee}) => [multiplyDecimals(units, tier.pricePerUnit), fee]),
    ),
    reason: found.map(({units, tier, fee}) => `${at(units, tier.pricePerUnit)}${feeWords(fee)}`).join(' + '),
  }
}

function at(units: Decimal, price: Decimal): string {
  return `${groupDigits(normalDecimal(units))} at ${price}`
}

function feeWords(fee: Decimal): string {
  return compareDecimals(fee, 0n) === 0 ? '' : ` + ${fee}`
}
