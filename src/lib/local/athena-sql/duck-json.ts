import {parseExact, stringifyExact} from '../../core/json'

/** Places and counts that DuckDB does not know, 2^64 - 1; a member that is not there says the same. (In a constant that number is meant.) */
const unknown =
  /,"(?:query_location|total_files|filtered_files|ordinality_idx)":18446744073709551615(?=[,}])/g

/** Signs of a number that JavaScript would not write as it stood: of 16 digits, `-0`, or with a fraction or an exponent (`1.0`). */
const exactNumber = /\d{16}|[:,[]-0|[:,[]-?\d+[.eE][\d.eE+-]*[,}\]]/

/**
 * Reads a tree or a plan that DuckDB wrote, whose keys stand once. Numbers stay what they are, as with `parseExact`, which takes 20 times as long
 * for these long texts and is asked only where such a number may be among them. Throws SyntaxError on what is no JSON.
 */
export function readDuckJson(text: string): unknown {
  const known = text.replaceAll(unknown, '')
  return exactNumber.test(known) ? parseExact(known) : (JSON.parse(known) as unknown)
}

/** Writes what `readDuckJson` read, for DuckDB. */
export function writeDuckJson(value: unknown): string {
  return holdsExactNumber(value) ? stringifyExact(value) : JSON.stringify(value)
}

function holdsExactNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint'
  return 'isLosslessNumber' in value || Object.values(value).some(holdsExactNumber)
}
