const MINUS = 45
const DOT = 46
const ZERO = 48
const COLON = 58

/** The number that the digits from `from` to `to` are; NaN where one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether a text begins with a day that exists, `2026-11-22`. */
function beginsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return false
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function isClock(text: string, from: number): boolean {
  return (
    digits(text, from, from + 2) <= 23 &&
    text.charCodeAt(from + 2) === COLON &&
    digits(text, from + 3, from + 5) <= 59
  )
}

/** The index behind the fraction of a second that may begin at `from`; `from` where none does. */
function fractionEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== DOT) return from
  let at = from + 1
  while (digits(text, at, at + 1) >= 0) at += 1
  return at === from + 1 ? from : at
}

/** Whether a text is a day that exists, `2026-11-22` (RFC 3339, full-date). */
export function isDate(text: string): boolean {
  return text.length === 10 && beginsWithDate(text)
}

/** Whether a text is an RFC 3339 date-time with `T` and an offset or `Z`, of a day that exists. Leap seconds are not taken for one. */
export function isDateTime(text: string): boolean {
  // The shortest is 2026-11-22T10:00:00Z. Read by hand: inference does this twice an event, and an expression takes three times as long.
  if (text.length < 20 || text[10] !== 'T' || !beginsWithDate(text)) return false
  if (!isClock(text, 11) || text.charCodeAt(16) !== COLON || !(digits(text, 17, 19) <= 59)) return false
  const zone = fractionEnd(text, 19)
  if (text[zone] === 'Z') return text.length === zone + 1
  const sign = text[zone]
  return (sign === '+' || sign === '-') && text.length === zone + 6 && isClock(text, zone + 1)
}
