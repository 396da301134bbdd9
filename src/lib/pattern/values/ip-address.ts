import type {AddressRange} from '../pattern'

const dotted = /^\d+\.\d+\.\d+\.\d+$/
const hexAndColons = /^[0-9a-fA-F:]*$/
/** Longest dotted form that is read as an address: four numbers of three digits and three dots. */
const dottedLength = 15
const groupCount = 8

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0')
}

/** Bytes as two hexadecimal digits. */
const bytes = Array.from({length: 256}, (_, byte) => hex(byte, 2))

/** Reads `10.0.0.1`, by hand because every string in a field that rules ask for addresses comes by here. */
function parseDotted(text: string): string | undefined {
  if (text.length > dottedLength) return undefined
  let digits = ''
  let part = -1
  let count = 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2e) {
      if (part < 0 || ++count > 4) return undefined
      digits += bytes[part] ?? ''
      part = -1
    } else {
      if (code < 0x30 || code > 0x39) return undefined
      part = (part < 0 ? 0 : part * 10) + code - 0x30
      if (part > 255) return undefined
    }
  }
  return count === 4 && part >= 0 ? digits + (bytes[part] ?? '') : undefined
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':')
}

function parseColons(text: string): string | undefined {
  const halves = text.split('::')
  if (halves.length > 2 || text.includes(':::')) return undefined
  const left = groupsOf(halves[0] ?? '')
  const right = groupsOf(halves[1] ?? '')
  const missing = groupCount - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (groups.some((group) => !/^0*[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  const digits = groups.map((group) => hex(Number.parseInt(group, 16), 4)).join('')
  // An IPv4 address in IPv6 clothes (::ffff:a00:1) is the IPv4 address.
  return digits.startsWith('00000000000000000000FFFF') ? digits.slice(24) : digits
}

/** Whether text has the form of an IP address literal; it may still not be one (`300.0.0.0`). */
function looksLikeAddress(text: string): boolean {
  return dotted.test(text) || (text.includes(':') && hexAndColons.test(text))
}

/**
 * The address that `text` spells, as 8 (IPv4) or 32 (IPv6) upper-case hexadecimal digits, else undefined.
 * Leading zeros are decimal (`010.0.0.1` is `10.0.0.1`); the mixed form `::ffff:10.0.0.1` is not read, as on EventBridge.
 */
export function parseAddress(text: string): string | undefined {
  const first = text.charCodeAt(0)
  const mayStart =
    (first >= 48 && first <= 58) || (first >= 65 && first <= 70) || (first >= 97 && first <= 102)
  if (!mayStart) return undefined
  if (!text.includes(':')) return parseDotted(text)
  return hexAndColons.test(text) ? parseColons(text) : undefined
}

/** Either the range or, in AWS's words, what is wrong with it. */
export type CidrReading = {range: AddressRange} | {reason: string}

/** Trailing empty pieces do not count: `10.0.0.0/8/` has two pieces. */
function slashed(text: string): string[] {
  const pieces = text.split('/')
  while (pieces.length > 0 && pieces.at(-1) === '') pieces.pop()
  return pieces
}

function rangeOf(address: string, maskBits: number): AddressRange {
  const bits = address.length * 4
  const free = BigInt(bits - maskBits)
  const low = (BigInt(`0x${address}`) >> free) << free
  const high = low + (1n << free) - 1n
  const digits = (value: bigint): string => value.toString(16).toUpperCase().padStart(address.length, '0')
  return {low: digits(low), high: digits(high)}
}

/** Reads `10.0.0.0/24` or `2001:db8::/32`. The base need not be aligned; a mask of all bits is refused, as on EventBridge. */
export function parseCidr(text: string): CidrReading {
  const [base = '', mask = '', ...more] = slashed(text)
  if (mask === '' || more.length > 0) return {reason: "Malformed CIDR, one '/' required"}
  const maskBits = /^[+-]?\d+$/.test(mask) ? Number(mask) : NaN
  if (!(Math.abs(maskBits) < 2 ** 31)) return {reason: 'Malformed CIDR, mask bits must be an integer'}
  if (maskBits < 0) return {reason: 'Malformed CIDR, mask bits must not be negative'}
  if (!looksLikeAddress(base)) return {reason: `Nonstandard IP address: ${base}`}
  const address = parseAddress(base)
  if (address === undefined) return {reason: `Invalid IP address: ${base}`}
  if (address.length === 8 && maskBits > 31) return {reason: 'IPv4 mask bits must be < 32'}
  if (maskBits > 127) return {reason: 'IPv6 mask bits must be < 128'}
  return {range: rangeOf(address, maskBits)}
}

/**
 * Whether hexadecimal digits lie in a range. EventBridge compares digit by digit from the left and stops as soon as it is
 * decided, so an IPv6 address can lie in an IPv4 range and the other way round: `::/0` holds `10.0.0.1`.
 */
export function inAddressRange(digits: string, {low, high}: AddressRange): boolean {
  if (digits.length >= low.length) {
    const head = digits.slice(0, low.length)
    return head >= low && head <= high
  }
  return digits > low.slice(0, digits.length) && digits < high.slice(0, digits.length)
}
