/** Digits without leading and trailing zeros, and the power of ten of the last one: 1200 is `12` and 2. */
function normalized(text: string): {negative: boolean; digits: string; exponent: number} {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  const [, sign = '', whole = '0', fraction = '', power = '0'] = match ?? []
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = all.replace(/0+$/, '')
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

const run = 16

function isNumberPart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46
}

/**
 * Whether 16 digits or dots stand in a row in JSON text, so that there may be a number with more digits than a double keeps.
 * Every such row covers an index divisible by 16, so only those are looked at.
 */
export function mayHoldLongNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += run) {
    if (!isNumberPart(text.charCodeAt(at))) continue
    let from = at
    while (from > 0 && isNumberPart(text.charCodeAt(from - 1))) from--
    let to = at + 1
    while (to < text.length && isNumberPart(text.charCodeAt(to))) to++
    if (to - from >= run) return true
  }
  return false
}

/** Whether JSON text may hold a number with an exponent of three digits, which may be out of a double's reach. */
export function mayHoldLargeExponent(text: string): boolean {
  return /\d[eE][+-]?\d{3}/.test(text)
}
