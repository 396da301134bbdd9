import {address, cidr, exactAddress, numberAsAddress} from './address-operators'
import {butOperator, butValue} from './but-operators'
import {array, one, scalar, text} from './json'
import {longNumber, number, numeric} from './number-operators'
import {near} from './operand'
import type {Operand, Operator} from './operand'
import type {Random} from './random'
import {anyScalar, numeral, plain, unicode, word} from './scalars'
import {affixed, equalsIgnoreCase, exactly, foldedAffix, quotedAffix, wildcard} from './text-operators'

function emptyString(random: Random): Operand {
  const others = ['null', '0', 'false', '" "', '"a"', '"\\u0000"', '"\\""']
  return {test: text(''), hit: text(''), near: random.pick([...others.map(scalar), array(), undefined])}
}

function literal(random: Random): Operand {
  const value = scalar(random.pick(['true', 'false', 'null']))
  return {test: value, hit: value, near: near(random, value)}
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
