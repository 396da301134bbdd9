import {anyAddress, anyRange, insideRange, nearRange, spellAddress} from './addresses'
import {one, scalar, text} from './json'
import {near} from './operand'
import type {Operand, Operator} from './operand'
import type {Random} from './random'

/** `{"exactly": "010.0.0.1"}`: another spelling of an address is another text. */
export function exactAddress(random: Random): Operand {
  const bits = random.pick([32, 128])
  const address = anyAddress(random, bits)
  const value = text(spellAddress(random, address, bits))
  const other = random.pick([text(spellAddress(random, address, bits)), near(random, value)])
  return {test: one('exactly', value), hit: value, near: other}
}

/** An address range of 32 or 128 bits. */
export function cidr(bits: number): Operator {
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
export function address(random: Random): Operand {
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
export function numberAsAddress(random: Random): Operand {
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
