import {addDecimals, compareDecimals, normalDecimal} from '../core/money'
import type {Decimal} from '../core/money'
import type {Aggregate} from './price-plan'

/** What a meter measured in a bucket. */
export interface Reading {
  /** The count, sum, highest or latest value; `0` of a `unique` meter, which has `values`. */
  value: Decimal
  /** Orders the values of a `latest` meter: time and arrival. */
  at?: string | undefined
  /** The distinct values of a `unique` meter. */
  values?: readonly string[] | undefined
}

/** What a meter measured in all of them together; `0` of none. */
export function combineReadings(aggregate: Aggregate, readings: readonly Reading[]): Decimal {
  switch (aggregate) {
    case 'count':
    case 'sum':
      return normalDecimal(addDecimals(readings.map(({value}) => value)))
    case 'unique':
      return String(new Set(readings.flatMap(({values = []}) => values)).size)
    case 'max':
      return pick(readings, (a, b) => compareDecimals(a.value, b.value) > 0)
    case 'latest':
      return pick(readings, (a, b) => (a.at ?? '') > (b.at ?? ''))
  }
}

function pick(readings: readonly Reading[], isBetter: (a: Reading, b: Reading) => boolean): Decimal {
  const [first, ...rest] = readings
  if (first === undefined) return '0'
  return normalDecimal(rest.reduce((best, one) => (isBetter(one, best) ? one : best), first).value)
}
