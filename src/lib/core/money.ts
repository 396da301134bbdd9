import Big from 'big.js'
import {OpError} from './errors'

/** A decimal number as text: `12`, `-0.5`, `0.0004`. No exponent, no plus sign. */
export type Decimal = string

/**
 * How the last digit is found. `half-up`: a half goes away from zero (2.5 to 3, -2.5 to -3), the rule of most invoices.
 * `half-even`: a half goes to the even neighbour (2.5 to 2, 3.5 to 4), the rule of bookkeeping that must not drift.
 */
export type Rounding = 'half-up' | 'half-even'

const DECIMAL = /^-?\d+(\.\d+)?$/
const modes = {'half-up': Big.roundHalfUp, 'half-even': Big.roundHalfEven} as const

function big(value: Decimal | bigint): Big {
  const text = String(value)
  if (!DECIMAL.test(text)) {
    throw new OpError('usage', 'BAD_DECIMAL', `"${text}" is not a decimal number.`, {
      hint: 'Write digits with a point: 12, 0.0004.',
    })
  }
  return new Big(text)
}

/** The shortest text of the same value: `3.000` becomes `3`, `0.10` becomes `0.1`, `-0` becomes `0`. Throws BAD_DECIMAL. */
export function normalDecimal(value: Decimal | bigint): Decimal {
  const text = big(value).toFixed()
  return text === '-0' ? '0' : text
}

/** The exact sum; `0` of none. Throws BAD_DECIMAL. */
export function addDecimals(values: Iterable<Decimal | bigint>): Decimal {
  let sum = new Big(0)
  for (const value of values) sum = sum.plus(big(value))
  return sum.toFixed()
}

/** The exact product. Throws BAD_DECIMAL. */
export function multiplyDecimals(a: Decimal | bigint, b: Decimal | bigint): Decimal {
  return big(a).times(big(b)).toFixed()
}

/** The exact difference `a` less `b`. Throws BAD_DECIMAL. */
export function subtractDecimals(a: Decimal | bigint, b: Decimal | bigint): Decimal {
  return normalDecimal(big(a).minus(big(b)).toFixed())
}

/** The smaller of two. Throws BAD_DECIMAL. */
export function minDecimal(a: Decimal, b: Decimal): Decimal {
  return big(a).lte(big(b)) ? a : b
}

/** The larger of two. Throws BAD_DECIMAL. */
export function maxDecimal(a: Decimal, b: Decimal): Decimal {
  return big(a).gte(big(b)) ? a : b
}

/** `part` `whole`-ths of the value, divided exactly and then rounded once. `whole` is not zero. Throws BAD_DECIMAL. */
export function shareOfDecimal(
  value: Decimal | bigint,
  {part, whole}: {part: number; whole: number},
  decimals: number,
  rounding: Rounding,
): Decimal {
  if (part === whole) return roundDecimal(value, decimals, rounding)
  const text = divide(big(value).times(part), big(String(whole)), decimals, modes[rounding]).toFixed(decimals)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}

/** How many packages of `size` the value fills, a package that is begun counting whole; 0 for what is not above zero. Throws BAD_DECIMAL. */
export function packagesOf(value: Decimal, size: Decimal): Decimal {
  const amount = big(value)
  return amount.lte(0) ? '0' : divide(amount, big(size), 0, Big.roundUp).toFixed()
}

/** -1, 0 or 1: whether `a` is smaller than, as large as, or larger than `b`. Throws BAD_DECIMAL. */
export function compareDecimals(a: Decimal | bigint, b: Decimal | bigint): -1 | 0 | 1 {
  return big(a).cmp(big(b))
}

/** `value` with exactly `decimals` places after the point. Throws BAD_DECIMAL. */
export function roundDecimal(value: Decimal | bigint, decimals: number, rounding: Rounding): Decimal {
  const text = big(value).round(decimals, modes[rounding]).toFixed(decimals)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}

/** `part` of `whole` in hundredths, with `decimals` places, rounded half up; undefined where `whole` is zero. */
export function percentOf(
  part: Decimal | bigint,
  whole: Decimal | bigint,
  decimals: number,
): Decimal | undefined {
  const divisor = big(whole)
  if (divisor.eq(0)) return undefined
  return divide(big(part).times(100), divisor, decimals, Big.roundHalfUp).toFixed(decimals)
}

/** big.js divides to the number of places that its constructor says, so a constructor of our own says it. */
function divide(dividend: Big, divisor: Big, decimals: number, rounding: 0 | 1 | 2 | 3): Big {
  const Precise = Big()
  Precise.DP = decimals
  Precise.RM = rounding
  return new Precise(dividend.toFixed()).div(divisor.toFixed())
}

/**
 * The number of minor units of a currency (ISO 4217): 2 for EUR, 0 for JPY, 3 for BHD. Throws BAD_CURRENCY (usage) where
 * the code is not a currency's.
 */
export function minorUnits(currency: string): number {
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new OpError('usage', 'BAD_CURRENCY', `"${currency}" is not the code of a currency.`, {
      hint: 'Write the three capital letters of ISO 4217: EUR, USD, JPY.',
    })
  }
  return (
    new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** Money for a person: `1234.50` of EUR is `1,234.50 EUR`. Throws BAD_DECIMAL. */
export function formatMoney(amount: Decimal, currency: string): string {
  return `${groupDigits(amount)} ${currency}`
}

/** A decimal with a comma between thousands: `9007199254740993.5` is `9,007,199,254,740,993.5`. */
export function groupDigits(value: Decimal | bigint | number): string {
  const [whole = '', fraction] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
