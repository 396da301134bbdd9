import {multiplyDecimals, roundDecimal} from '../core/money'
import type {Decimal} from '../core/money'

/** Dollars for a byte: 5 a terabyte in most regions (Athena pricing); each query counts 10 MB at least. */
const dollarsPerByte = '0.000000000005'
export const leastBytes = 10_000_000

/** What a query that scans so many bytes costs about, in dollars with six decimals. One that scans nothing costs nothing. */
export function scanCost(scannedBytes: number): Decimal {
  const billedBytes = scannedBytes === 0 ? 0 : Math.max(scannedBytes, leastBytes)
  return roundDecimal(multiplyDecimals(String(billedBytes), dollarsPerByte), 6, 'half-up')
}
