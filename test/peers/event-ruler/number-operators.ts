import {array, one, scalar, text} from './json'
import type {Json} from './json'
import type {Operand, Operator} from './operand'
import type {Random} from './random'
import {anyScalar, decimal, nearNumber, numeral, respelled} from './scalars'

/** A bare number, spelled in one way or another. */
export function number(random: Random): Operand {
  const value = numeral(random)
  const hit = scalar(respelled(random, value))
  return {test: scalar(respelled(random, value)), hit, near: nearNumber(random, value)}
}

/**
 * Numbers that a double does not hold are compared by their text. None of them has exactly 17 digits, and those with 16 are
 * below 2^54: of the others Java, up to version 18, and JavaScript do not always find the same shortest decimal.
 */
export function longNumber(random: Random): Operand {
  const around = 2n ** 53n + BigInt(random.between(-40, 40))
  const digits = random.bits(70) | 1n
  const long = random.pick([
    decimal(around, 0),
    decimal(-around, 0),
    decimal(10n ** 20n + digits, random.between(0, 20)),
    `1e${random.pick(['', '-', '+'])}${random.pick([308, 309, 400, 100_000])}`,
    random.pick(['0', '-0', '0.0', '0e5', '0.1', '0.10000000000000000000000000001', '1e-400', '-1e-400']),
  ])
  const other = /[eE]/.test(long) ? scalar(long.replace(/0$/, '1').toUpperCase()) : nearNumber(random, long)
  return {test: scalar(long), hit: scalar(long), near: random.pick([other, scalar(respelled(random, long))])}
}

/** The ends of a numeric range, and numbers on, just inside and just outside of them. */
export function numeric(form: 'one' | 'two' | 'equals'): Operator {
  return (random) => {
    const places = random.pick([0, 0, 1, 2, 6])
    const units = BigInt(random.between(-2000, 2000)) * random.pick([1n, 1n, 1000n])
    const width = BigInt(random.pick([1, 2, 10, 1000]))
    const spelled = (value: bigint): string =>
      random.pick([(n: string) => n, (n: string) => respelled(random, n)])(decimal(value, places))
    const low = random.pick(['>', '>='])
    const high = random.pick(['<', '<='])
    const [first, second] = [scalar(spelled(units)), scalar(spelled(units + width))]
    const other = random.pick([nearNumber(random, decimal(units, places)), anyScalar(random)])
    const numbers = (...values: bigint[]): Json =>
      random.chance(0.15) ? other : scalar(spelled(random.pick(values)))
    if (form === 'equals') {
      return {
        test: one('numeric', array(text('='), first)),
        hit: scalar(spelled(units)),
        near: numbers(units + 1n, units - 1n),
      }
    }
    if (form === 'two') {
      return {
        test: one('numeric', array(text(low), first, text(high), second)),
        hit: scalar(spelled(units + BigInt(random.between(0, Number(width))))),
        near: numbers(units, units + width, units - 1n, units + width + 1n),
      }
    }
    const isLow = random.chance(0.5)
    const step = isLow ? width : -width
    return {
      test: one('numeric', array(text(isLow ? low : high), first)),
      hit: scalar(spelled(units + step)),
      near: numbers(units, units, units - step),
    }
  }
}
