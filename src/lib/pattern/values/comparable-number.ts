/** Digits without the zeros at their end. By hand: a regular expression would start anew at every zero. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (digits.charCodeAt(end - 1) === 0x30) end--
  return digits.slice(0, end)
}

/** Digits without leading and trailing zeros, and the power of ten of the last one: 1200 is `12` and 2. */
function normalized(text: string): {negative: boolean; digits: string; exponent: number} {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  const [, sign = '', whole = '0', fraction = '', power = '0'] = match ?? []
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = withoutTrailingZeros(all)
  return {
    negative: sign === '-' && digits !== '',
    digits,
    exponent: digits === '' ? 0 : Number(power) - fraction.length + (all.length - digits.length),
  }
}

/** Up to this many characters, without an exponent, a decimal always survives the way into a double and back. */
const safeLength = 15

/**
 * The value of a JSON number for comparison, or undefined where a double does not hold exactly the decimal that is written:
 * EventBridge compares such numbers by their text. `text` must be a JSON number.
 */
export function comparableNumber(text: string): number | undefined {
  const value = Number(text)
  if (text.length <= safeLength && !/[eE]/.test(text)) return value === 0 ? 0 : value
  if (!Number.isFinite(value)) return undefined
  const written = normalized(text)
  const held = normalized(String(value))
  const same =
    written.negative === held.negative && written.digits === held.digits && written.exponent === held.exponent
  return same ? value + 0 : undefined
}

/** A number of so many digits, its point counted, may be one that a double does not keep. */
const runLength = 16

/** The text that is being looked through, or a part of it, one byte a character; and the same four by four. */
const bytes = Buffer.alloc(1 << 16)
const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)

/** Not zero unless all four bytes of a word are digits, points or slashes. */
function otherThanDigits(word: number): number {
  return (((word + 0x02020202) ^ 0x30303030) + 0x04040404) & 0xf0f0f0f0
}

function isNumberPart(code: number | undefined): boolean {
  return code !== undefined && ((code >= 48 && code <= 57) || code === 46)
}

/** Whether the number that the byte at `at` belongs to is a long one. */
function isLongAt(at: number, length: number): boolean {
  let from = at
  while (from > 0 && isNumberPart(bytes[from - 1])) from--
  let to = at
  while (to < length && isNumberPart(bytes[to])) to++
  return to - from >= runLength
}

/** Every run of 16 covers two neighbouring words of four, of which the first has an even number. */
function holdsLongNumber(part: string): boolean {
  const length = bytes.write(part, 'latin1')
  for (let index = 0; index * 4 + 8 <= length; index += 2) {
    const other = otherThanDigits(words[index] ?? 0) | otherThanDigits(words[index + 1] ?? 0)
    if (other === 0 && isLongAt(index * 4, length)) return true
  }
  return false
}

/**
 * Whether 16 digits or points may stand in a row in JSON text, so that there may be a number with more digits than a double
 * keeps. Every event with a number that a rule looks at comes by here.
 */
export function mayHoldLongNumber(text: string): boolean {
  if (text.length <= bytes.length) return holdsLongNumber(text)
  for (let from = 0; from < text.length; from += bytes.length - runLength) {
    if (holdsLongNumber(text.slice(from, from + bytes.length))) return true
  }
  return false
}

/** Whether JSON text may hold a number with an exponent of three digits, which may be out of a double's reach. */
export function mayHoldLargeExponent(text: string): boolean {
  return /\d[eE][+-]?\d{3}/.test(text)
}
