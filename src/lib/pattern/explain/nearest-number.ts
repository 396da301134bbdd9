import {comparableNumber} from '../values/comparable-number'
import {leafTest} from '../values/leaf-test'
import type {Test} from '../pattern'

type Range = Extract<Test, {kind: 'numeric'}>

/** The largest power of ten that a double holds. */
const largestExponent = 308

function isInside(range: Range, value: number): boolean {
  return (
    Number.isFinite(value) &&
    leafTest(range)({kind: 'number', text: String(value), value: value + 0, inside: undefined})
  )
}

/** The bound itself, the whole number next to it inside of the range, or else the next number of few digits. */
function besides(range: Range, bound: number, direction: 1 | -1): number | undefined {
  const whole = direction === 1 ? Math.floor(bound) + 1 : Math.ceil(bound) - 1
  const found = [bound, whole].find((value) => isInside(range, value))
  if (found !== undefined) return found
  for (let exponent = 0; exponent <= largestExponent; exponent++) {
    const up = bound + direction * 10 ** exponent
    if (up !== bound && isInside(range, up)) return up
    const down = Number((bound + direction * 10 ** -exponent).toPrecision(15))
    if (isInside(range, down)) return down
  }
  const middle = (range.lower?.value ?? bound) / 2 + (range.upper?.value ?? bound) / 2
  return isInside(range, middle) ? middle : undefined
}

function isBelow({lower, upper}: Range, value: number | undefined): boolean {
  if (lower === undefined) return false
  return upper === undefined || value === undefined || value <= lower.value
}

/**
 * The number of a range that is closest to the one seen: the bound or the next whole number, or one with few decimals where
 * the range has no whole number. Where no number was seen, the one at the range's lower end, or at its upper end if it has
 * no other. `seen` is a JSON number as it is written. Undefined where no double lies in the range.
 */
export function nearestNumber(range: Range, seen: string | undefined): number | undefined {
  const value = seen === undefined ? undefined : (comparableNumber(seen) ?? Number(seen))
  if (value !== undefined && isInside(range, value)) return value
  const atLower = isBelow(range, value)
  const bound = atLower ? range.lower : range.upper
  return bound === undefined ? undefined : besides(range, bound.value, atLower ? 1 : -1)
}
