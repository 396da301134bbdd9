import {normalDecimal} from '../core/money'
import type {Decimal} from '../core/money'

/** A count of any size, exact: `number` while a double holds it, else `bigint`. Both become the same JSON integer. */
export function exactCount(value: bigint | string): number | bigint {
  const count = BigInt(value)
  return count <= BigInt(Number.MAX_SAFE_INTEGER) && count >= BigInt(Number.MIN_SAFE_INTEGER)
    ? Number(count)
    : count
}

/** A quantity: an exact integer where it is a whole number, else a decimal string (`"0.3"`). Throws BAD_DECIMAL. */
export function exactQuantity(value: Decimal): number | bigint | string {
  const text = normalDecimal(value)
  return text.includes('.') ? text : exactCount(text)
}

/** The sum of counts that a query answered as text; a missing one counts nothing. */
export function sumCounts(values: Iterable<string | undefined>): bigint {
  let sum = 0n
  for (const value of values) sum += BigInt(value ?? '0')
  return sum
}
