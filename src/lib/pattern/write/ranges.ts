import {parseExact} from '../../core/json'
import type {NumericBound} from '../pattern'

/** Numbers between two bounds, either of which may be open. */
export interface Range {
  lower: NumericBound | undefined
  upper: NumericBound | undefined
}

/** A number that a double holds exactly, and the way it was written. */
export type Point = Pick<NumericBound, 'text' | 'value'>

/** The bound that lets less through; `sign` is 1 for lower bounds and -1 for upper ones. */
function tighter(
  a: NumericBound | undefined,
  b: NumericBound | undefined,
  sign: 1 | -1,
): NumericBound | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.value === b.value) return a.inclusive ? b : a
  return (a.value - b.value) * sign > 0 ? a : b
}

function isEmpty({lower, upper}: Range): boolean {
  if (lower === undefined || upper === undefined) return false
  if (lower.value === upper.value) return !(lower.inclusive && upper.inclusive)
  return lower.value > upper.value
}

/** The numbers that lie in one of `a` and in one of `b`; an empty list when there are none. */
export function intersectRanges(a: readonly Range[], b: readonly Range[]): Range[] {
  return a
    .flatMap((one) =>
      b.map((other) => ({
        lower: tighter(one.lower, other.lower, 1),
        upper: tighter(one.upper, other.upper, -1),
      })),
    )
    .filter((range) => !isEmpty(range))
}

/** The ranges without some numbers: each cuts the range that it lies in. */
export function withoutPoints(ranges: readonly Range[], points: readonly Point[]): Range[] {
  return points.reduce<readonly Range[]>((left, {text, value}) => {
    const edge = {text, value, inclusive: false}
    return intersectRanges(left, [
      {lower: undefined, upper: edge},
      {lower: edge, upper: undefined},
    ])
  }, ranges) as Range[]
}

/** The match expression of a range: `{"numeric": [">=", 400, "<", 404]}`. */
export function rangeTest({lower, upper}: Range): object {
  if (lower !== undefined && lower.value === upper?.value) return {numeric: ['=', parseExact(lower.text)]}
  const low = lower === undefined ? [] : [lower.inclusive ? '>=' : '>', parseExact(lower.text)]
  const high = upper === undefined ? [] : [upper.inclusive ? '<=' : '<', parseExact(upper.text)]
  return {numeric: [...low, ...high]}
}
