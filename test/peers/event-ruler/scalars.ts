import {scalar, text} from './json'
import type {Json} from './json'
import type {Random} from './random'

export type Alphabet = readonly string[]

/** Few letters, so that texts come near each other often; among them all that means something to an operator. */
export const plain: Alphabet = [...'aaabbbcABC01.-/*"\\ \n']
/**
 * Characters of two to four bytes, some of which share their first bytes; characters whose cases differ in length, or which
 * are the case of two others. No half of a surrogate pair: the library knows it as a question mark.
 */
export const unicode: Alphabet = [...'aBsSiIkKßſſİıŉǆǅDžÉéÈèµΜΣςσ大雨雪ﬁ😀😁\u0301\u0307\u007f\u0080\uffff']

export function word(random: Random, alphabet: Alphabet, least: number, most: number): string {
  return random.list(least, most, () => random.pick(alphabet)).join('')
}

/** The text with each character in either case. */
export function anyCase(random: Random, value: string): string {
  return Array.from(value, (character) =>
    random.pick([character, character.toUpperCase(), character.toLowerCase()]),
  ).join('')
}

/** A text that is one edit away. */
export function nearText(random: Random, value: string, alphabet: Alphabet = plain): string {
  const characters = Array.from(value)
  const at = random.between(0, characters.length)
  const edit = random.pick(['cut', 'cut', 'put', 'put', 'change', 'case', 'swap'] as const)
  if (edit === 'cut') characters.splice(random.pick([0, at, characters.length - 1]), 1)
  else if (edit === 'put')
    characters.splice(random.pick([0, at, characters.length]), 0, random.pick(alphabet))
  else if (edit === 'change') characters.splice(at, 1, random.pick(alphabet))
  else if (edit === 'swap') characters.push(...characters.splice(0, 1))
  else return anyCase(random, value)
  return characters.join('')
}

/** `units / 10^places` as a decimal, exactly. */
export function decimal(units: bigint, places: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - places)}`
}

/** A number that a double holds: at most 15 digits, of which up to six behind the point. */
export function numeral(random: Random): string {
  const digits = random.pick([1, 1, 2, 3, 6, 15])
  const units = random.bits(49) % 10n ** BigInt(digits)
  return decimal(random.chance(0.3) ? -units : units, random.pick([0, 0, 0, 1, 2, 6]))
}

/** The same number written otherwise: with zeros behind the point, or with an exponent. */
export function respelled(random: Random, written: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? []
  const zeros = random.between(0, 3)
  const digits = whole + fraction + '0'.repeat(zeros)
  const exponent = Number(power) - fraction.length - zeros
  if (exponent <= 0 && exponent > -30 && random.chance(0.5)) return decimal(BigInt(sign + digits), -exponent)
  const places = random.between(0, digits.length - 1)
  const mantissa = decimal(BigInt(sign + digits), places)
  const shift = exponent + places
  const mark = random.pick(['e', 'E']) + (shift < 0 ? '-' : random.pick(['', '+']))
  return `${mantissa}${mark}${'0'.repeat(random.pick([0, 0, 1]))}${Math.abs(shift)}`
}

/** A number that is close to another, or close to being it: a digit more, less or changed; the same digits as a text. */
export function nearNumber(random: Random, written: string): Json {
  const changed = written.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
  return scalar(
    random.pick([
      changed,
      changed,
      written.startsWith('-') ? written.slice(1) : `-${written}`,
      /[.eE]/.test(written) ? changed : `${written}.0000000000000000000000001`,
      /[eE]/.test(written) ? changed : `${written}e1`,
      JSON.stringify(written),
      'null',
    ]),
  )
}

const words: readonly string[] = ['true', 'false', 'null']

/** A scalar close to the one that is given, mostly of its kind. */
export function nearScalar(random: Random, written: string, alphabet: Alphabet = plain): Json {
  if (random.chance(0.05)) return anyScalar(random)
  if (written.startsWith('"')) {
    const value = JSON.parse(written) as string
    const bare = value === '' ? 'null' : value
    if (random.chance(0.05) && (words.includes(bare) || /^(0|[1-9]\d{0,9})$/.test(bare))) return scalar(bare)
    return text(nearText(random, value, alphabet))
  }
  if (!words.includes(written)) return nearNumber(random, written)
  return scalar(random.pick([...words, JSON.stringify(written), '0', '1', '""']))
}

export function anyScalar(random: Random): Json {
  switch (random.between(0, 3)) {
    case 0:
      return scalar(random.pick(words))
    case 1:
      return scalar(numeral(random))
    default:
      return text(word(random, plain, 0, 3))
  }
}
