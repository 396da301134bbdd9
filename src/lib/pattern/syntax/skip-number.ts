import {charName} from './json-cursor'
import type {JsonCursor} from './json-cursor'

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** The place behind the digits that must start at `from`; `place` is the one AWS names where they do not. */
function skipDigits(cursor: JsonCursor, from: number, otherwise: string, place = from): number {
  const {text} = cursor
  if (!isDigit(text.charCodeAt(from))) failDigit(cursor, from, otherwise, place)
  let index = from
  while (isDigit(text.charCodeAt(index))) index++
  return index
}

function failDigit(cursor: JsonCursor, index: number, reason: string, place: number): never {
  if (index >= cursor.text.length) cursor.failAt(index, 'Unexpected end-of-input in Number value')
  const name = charName(cursor.text.charCodeAt(index))
  return cursor.failAt(place, `Unexpected character (${name}) in numeric value: ${reason}`)
}

/** Moves the cursor over a number. Throws PatternError. */
export function skipNumber(cursor: JsonCursor): void {
  const at = (index: number): number => cursor.text.charCodeAt(index)
  let index = cursor.position
  if (at(index) === 0x2d) index++
  if (at(index) === 0x30 && isDigit(at(index + 1))) {
    cursor.failAt(index + 1, 'Invalid numeric value: Leading zeroes not allowed')
  }
  index = skipDigits(cursor, index, 'expected digit (0-9) to follow minus sign, for valid numeric value')
  if (at(index) === 0x2e) {
    // AWS names the place of the point or exponent that the missing digit should follow.
    index = skipDigits(cursor, index + 1, 'Decimal point not followed by a digit', index)
  }
  if (at(index) === 0x65 || at(index) === 0x45) {
    const signed = at(index + 1) === 0x2b || at(index + 1) === 0x2d
    const from = index + (signed ? 2 : 1)
    index = skipDigits(cursor, from, 'Exponent indicator not followed by a digit', index)
  }
  cursor.position = index
}
