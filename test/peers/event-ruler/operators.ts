import {anyAddress, anyRange, insideRange, nearRange, spellAddress} from './addresses'
import {array, one, scalar, text} from './json'
import type {Json} from './json'
import type {Random} from './random'
import {
  anyCase,
  anyScalar,
  decimal,
  nearNumber,
  nearScalar,
  nearText,
  numeral,
  plain,
  respelled,
  unicode,
  word,
} from './scalars'
import type {Alphabet} from './scalars'

/** One alternative of a field, a value that it should hold for, and one close to that; undefined where there is to be no field. */
export interface Operand {
  test: Json
  hit: Json | undefined
  near: Json | undefined
}

export type Operator = (random: Random) => Operand

function written(json: Json): string {
  return 'scalar' in json ? json.scalar : 'null'
}

function near(random: Random, hit: Json, alphabet?: Alphabet): Json {
  return nearScalar(random, written(hit), alphabet)
}

function exactly(alphabet: Alphabet, wrap: (value: Json) => Json): Operator {
  return (random) => {
    const value = text(word(random, alphabet, 0, 4))
    return {test: wrap(value), hit: value, near: near(random, value, alphabet)}
  }
}

/** `{"exactly": "010.0.0.1"}`: another spelling of an address is another text. */
function exactAddress(random: Random): Operand {
  const bits = random.pick([32, 128])
  const address = anyAddress(random, bits)
  const value = text(spellAddress(random, address, bits))
  const other = random.pick([text(spellAddress(random, address, bits)), near(random, value)])
  return {test: one('exactly', value), hit: value, near: other}
}

function emptyString(random: Random): Operand {
  const others = ['null', '0', 'false', '" "', '"a"', '"\\u0000"', '"\\""']
  return {test: text(''), hit: text(''), near: random.pick([...others.map(scalar), array(), undefined])}
}

function literal(random: Random): Operand {
  const value = scalar(random.pick(['true', 'false', 'null']))
  return {test: value, hit: value, near: near(random, value)}
}

function number(random: Random): Operand {
  const value = numeral(random)
  const hit = scalar(respelled(random, value))
  return {test: scalar(respelled(random, value)), hit, near: nearNumber(random, value)}
}

/**
 * Numbers that a double does not hold are compared by their text. None of them has exactly 17 digits, and those with 16 are
 * below 2^54: of the others Java, up to version 18, and JavaScript do not always find the same shortest decimal.
 */
function longNumber(random: Random): Operand {
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

type Affix = 'prefix' | 'suffix'

function joined(affix: Affix, value: string, rest: string): string {
  return affix === 'prefix' ? value + rest : rest + value
}

function affixed(affix: Affix, alphabet: Alphabet, wrap: (value: Json) => Json = (value) => value): Operator {
  return (random) => {
    const value = word(random, alphabet, random.chance(0.05) ? 0 : 1, 4)
    const rest = word(random, alphabet, 0, 3)
    const other = text(joined(affix, nearText(random, value, alphabet), rest))
    return {
      test: one(affix, wrap(text(value))),
      hit: text(joined(affix, value, rest)),
      near: random.chance(0.1) ? near(random, text(value)) : other,
    }
  }
}

/** With the quote that the library puts around a string in the pattern as well. */
function quotedAffix(random: Random): Operand {
  const affix = random.pick(['prefix', 'suffix'] as const)
  const value = word(random, ['a', 'b', '"'], 0, 3)
  const folds = random.chance(0.4)
  const quoted = text(joined(affix, value, '"'))
  const whole = random.pick([value, joined(affix, value, '"'), joined(affix, value, '"a')])
  return {
    test: one(affix, folds ? one('equals-ignore-case', quoted) : quoted),
    hit: text(folds ? anyCase(random, whole) : whole),
    near: text(nearText(random, value, ['a', 'b', '"'])),
  }
}

function foldedAffix(affix: Affix, alphabet: Alphabet): Operator {
  return (random) => {
    const operand = affixed(affix, alphabet, (value) => one('equals-ignore-case', value))(random)
    return {...operand, hit: recased(random, operand.hit), near: recased(random, operand.near)}
  }
}

function recased(random: Random, json: Json | undefined): Json | undefined {
  const string = json === undefined ? '' : written(json)
  return string.startsWith('"') ? text(anyCase(random, JSON.parse(string) as string)) : json
}

function equalsIgnoreCase(alphabet: Alphabet): Operator {
  return (random) => {
    const value = text(word(random, alphabet, 0, 4))
    const other = random.chance(0.8) ? near(random, value, alphabet) : anyScalar(random)
    return {
      test: one('equals-ignore-case', value),
      hit: recased(random, value),
      near: recased(random, other),
    }
  }
}

interface Wildcard {
  pattern: string
  /** A text that it matches. */
  value: string
}

/** A wildcard with up to three stars, whose complexity stays within what EventBridge takes. */
export function anyWildcard(random: Random, alphabet: Alphabet): Wildcard {
  const literals = random.list(1, 4, () => word(random, alphabet, 0, 2))
  const kept = literals.filter((value, at) => value !== '' || at === 0 || at === literals.length - 1)
  const gaps = kept.slice(1).map(() => word(random, alphabet, 0, 3))
  const stars = kept.length === 2 && kept.join('') === '' ? ['*'] : undefined
  return {
    pattern: (stars ?? kept.map((value) => value.replace(/[\\*]/g, '\\$&'))).join(stars ? '' : '*'),
    value: kept.map((value, at) => value + (gaps[at] ?? '')).join(''),
  }
}

function wildcard(alphabet: Alphabet): Operator {
  return (random) => {
    const {pattern, value} = anyWildcard(random, alphabet)
    const closer = random.pick([nearText(random, value, alphabet), nearText(random, pattern, alphabet)])
    return {
      test: one('wildcard', text(pattern)),
      hit: text(value),
      near: random.chance(0.1) ? anyScalar(random) : text(closer),
    }
  }
}

/** `anything-but` holds for what is near and not for what it names: hit and near change places. */
function butNot(random: Random, test: Json, named: Json, close: Json): Operand {
  return {
    test: one('anything-but', test),
    hit: random.chance(0.8) ? close : anyScalar(random),
    near: random.pick([named, named, named, named, array(named), array(), one('x', named), undefined]),
  }
}

function butValue(value: (random: Random) => Json, isList: boolean): Operator {
  return (random) => {
    const values = random.list(1, isList ? 3 : 1, () => value(random))
    const named = random.pick(values)
    const close = near(random, named)
    const string = written(named)
    const same = string.startsWith('"') ? named : scalar(respelled(random, string))
    return butNot(random, isList ? array(...values) : named, same, close)
  }
}

type ButOperator = Affix | 'wildcard' | 'equals-ignore-case'

/** A value that an operator inside `anything-but` names, and a text that it thereby excludes. */
function butOperand(random: Random, name: ButOperator): {value: string; excluded: string} {
  if (name === 'wildcard') {
    const {pattern, value} = anyWildcard(random, plain)
    return {value: pattern, excluded: value}
  }
  const value = word(random, random.chance(0.2) ? unicode : plain, 1, 3)
  if (name === 'equals-ignore-case') return {value, excluded: anyCase(random, value)}
  return {value, excluded: joined(name, value, word(random, plain, 0, 2))}
}

function butOperator(name: ButOperator): Operator {
  return (random) => {
    const operands = random.list(1, 3, () => butOperand(random, name))
    const {excluded} = random.pick(operands)
    const values = operands.map(({value}) => text(value))
    const operand = operands.length === 1 && random.chance(0.7) ? values[0] : undefined
    const close = text(nearText(random, excluded))
    return butNot(random, one(name, operand ?? array(...values)), text(excluded), close)
  }
}

/** The ends of a numeric range, and numbers on, just inside and just outside of them. */
function numeric(form: 'one' | 'two' | 'equals'): Operator {
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

function cidr(bits: number): Operator {
  return (random) => {
    const {cidr: range, low, high} = anyRange(random, bits)
    return {
      test: one('cidr', text(range)),
      hit: text(spellAddress(random, insideRange(random, low, high), bits)),
      near: nearRange(random, low, high, bits),
    }
  }
}

/** A bare string that is an address: it matches the address however it is spelled. */
function address(random: Random): Operand {
  const bits = random.pick([32, 128])
  const value = anyAddress(random, bits)
  const spelled = spellAddress(random, value, bits)
  // One in ten only looks like an address.
  const test = random.chance(0.1) ? random.pick([`${spelled}0000`, spelled.slice(1), `:${spelled}`]) : spelled
  return {
    test: text(test),
    hit: test === spelled ? text(spellAddress(random, value, bits)) : text(test),
    near: nearRange(random, value, value, bits),
  }
}

/** A number whose digits are those of an address, which the library then takes for it. */
function numberAsAddress(random: Random): Operand {
  const digits = String(random.between(10_000_000, 99_999_999))
  const parts = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  const maskBits = random.pick([0, 4, 8, 12, 16, 20, 24, 28, 31])
  const dotted = parts.join('.')
  const other = random.pick([
    digits.slice(0, random.between(1, 7)),
    `${digits}0`,
    String(Number(digits) + 1),
    `${digits}.0`,
    `-${digits}`,
    `${digits.slice(0, 3)}e5`,
  ])
  return {
    test: random.chance(0.3) ? text(dotted) : one('cidr', text(`${dotted}/${maskBits}`)),
    hit: scalar(digits),
    near: random.chance(0.5) ? scalar(other) : scalar(String(random.between(0, 99_999_999))),
  }
}

function exists(wanted: boolean): Operator {
  return (random) => {
    const there = random.pick([anyScalar(random), scalar('null'), array(anyScalar(random))])
    const gone = random.pick([
      undefined,
      undefined,
      array(),
      {members: []},
      one('x', scalar('1')),
      array(array()),
    ])
    return {
      test: one('exists', scalar(String(wanted))),
      hit: wanted ? there : gone,
      near: wanted ? gone : there,
    }
  }
}

/** Operators that look at one field, by what the summary calls them. */
export const operators: Readonly<Record<string, Operator>> = {
  string: exactly(plain, (value) => value),
  exactly: (random) =>
    random.chance(0.3) ? exactAddress(random) : exactly(plain, (value) => one('exactly', value))(random),
  'empty string': emptyString,
  'true, false, null': literal,
  number,
  'number beyond a double': longNumber,
  prefix: affixed('prefix', plain),
  suffix: affixed('suffix', plain),
  'prefix or suffix with a quote': quotedAffix,
  'prefix, ignoring case': foldedAffix('prefix', plain),
  'suffix, ignoring case': foldedAffix('suffix', plain),
  'equals-ignore-case': equalsIgnoreCase(plain),
  wildcard: wildcard([...'aaabc/.']),
  'wildcard with escapes': wildcard([...'ab*\\']),
  'unicode: string': exactly(unicode, (value) => value),
  'unicode: prefix': affixed('prefix', unicode),
  'unicode: suffix': affixed('suffix', unicode),
  'unicode: prefix, ignoring case': foldedAffix('prefix', unicode),
  'unicode: suffix, ignoring case': foldedAffix('suffix', unicode),
  'unicode: equals-ignore-case': equalsIgnoreCase(unicode),
  'unicode: wildcard': wildcard(unicode),
  'anything-but a string': butValue((random) => text(word(random, plain, 0, 2)), false),
  'anything-but strings': butValue((random) => text(word(random, plain, 0, 2)), true),
  'anything-but a number': butValue((random) => scalar(numeral(random)), false),
  'anything-but numbers': butValue((random) => scalar(numeral(random)), true),
  'anything-but prefix': butOperator('prefix'),
  'anything-but suffix': butOperator('suffix'),
  'anything-but wildcard': butOperator('wildcard'),
  'anything-but equals-ignore-case': butOperator('equals-ignore-case'),
  'numeric =': numeric('equals'),
  'numeric, one bound': numeric('one'),
  'numeric, two bounds': numeric('two'),
  'cidr IPv4': cidr(32),
  'cidr IPv6': cidr(128),
  'address as a string': address,
  'number that spells an address': numberAsAddress,
  'exists: true': exists(true),
  'exists: false': exists(false),
}
