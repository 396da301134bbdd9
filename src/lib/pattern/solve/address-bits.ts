import {oneLetterOf, oneOf} from './glob'
import type {Glob} from './glob'
import type {AddressRange, Test} from '../pattern'

const hexLetters = '0123456789abcdefABCDEF'
const octetBits = 8
const v4Bits = 32

function binary(hex: string): string {
  return Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
}

/**
 * The bits that all addresses of a range begin with. EventBridge compares addresses, and numbers that it takes for
 * addresses, from the left without regard to their length, so whatever lies in a range begins with these bits, and of two
 * ranges either one's bits begin with the other's or they share nothing.
 */
export function rangeBits({low, high}: AddressRange): string {
  const [first, last] = [binary(low), binary(high)]
  let length = 0
  while (length < first.length && first[length] === last[length]) length++
  return first.slice(0, length)
}

/** The range of a test that asks for addresses. */
export function addressRangeOf(test: Test): AddressRange | undefined {
  if (test.kind === 'cidr') return test.range
  return test.kind === 'string' && test.address !== undefined
    ? {low: test.address, high: test.address}
    : undefined
}

/** An address, given as hexadecimal digits, the way that people write it. */
export function spellAddress(digits: string): string {
  if (digits.length === v4Bits / 4) {
    return (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')
  }
  const groups = (digits.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16))
  const text = groups.join(':')
  const zeros = (text.match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? []).sort((a, b) => b.length - a.length)[0]
  if (zeros === undefined) return text
  const at = text.search(new RegExp(`(?:^|(?<=:))${zeros}(?=:|$)`))
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + zeros.length).replace(/^:/, '')}`
}

function octetNames(bits: string): string[] {
  const low = Number.parseInt(bits.padEnd(octetBits, '0'), 2)
  const high = Number.parseInt(bits.padEnd(octetBits, '1'), 2)
  return Array.from({length: high - low + 1}, (_, index) => String(low + index))
}

/** All dotted texts whose address begins with some bits, and a few that are too long to be an address. */
export function dottedGlob(bits: string): Glob | undefined {
  if (bits.length > v4Bits) return undefined
  return [0, 1, 2, 3].flatMap((octet) => {
    const names = octetNames(bits.slice(octet * octetBits, (octet + 1) * octetBits))
    const number = [{oneOf: ['0'], repeat: true}, oneOf(...names)]
    return octet === 0 ? number : [oneOf('.'), ...number]
  })
}

/** All texts that look like addresses with colons, whatever their bits: more than there are. */
export const colonGlob: Glob = [
  {...oneLetterOf(hexLetters), repeat: true},
  oneOf(':'),
  {...oneLetterOf(`${hexLetters}:`), repeat: true},
]

/**
 * Whether a JSON number can begin, digit by digit, with some bits: EventBridge may take such a number for an address. Only
 * the bits that make whole hexadecimal digits are looked at.
 */
export function canBeginNumber(bits: string): boolean {
  const nibbles = bits.match(/.{4}/g) ?? []
  const digits = nibbles.map((nibble) => Number.parseInt(nibble, 2).toString(16).toUpperCase()).join('')
  return digits === '' || /^(?:0|[1-9]\d*)(?:E\d*)?$/.test(digits)
}
