import {charName} from './json-cursor'
import type {JsonCursor} from './json-cursor'

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** How AWS speaks of the string that is being read, by what it is. */
const words = {
  name: {unclosed: ' in field name', what: 'name'},
  value: {unclosed: ': was expecting closing quote for a string value', what: 'string value'},
} as const

/**
 * Reads a string whose opening quote has been read, and leaves the cursor behind the closing one. Answers its content.
 * Throws PatternError.
 */
export function readString(cursor: JsonCursor, as: keyof typeof words): string {
  const {text} = cursor
  const {unclosed, what} = words[as]
  let content = ''
  let from = cursor.position
  for (let index = from; ; index++) {
    const code = text.charCodeAt(index)
    if (Number.isNaN(code)) cursor.failAt(index, `Unexpected end-of-input${unclosed}`)
    if (code === 0x22) {
      cursor.position = index + 1
      return content + text.slice(from, index)
    }
    if (code === 0x5c) {
      content += text.slice(from, index) + readEscape(cursor, index + 1)
      from = cursor.position
      index = from - 1
    } else if (code < 0x20) {
      cursor.failAt(
        index,
        `Illegal unquoted character (${charName(code)}): has to be escaped using backslash to be included in ${what}`,
      )
    }
  }
}

/** Reads what follows a backslash and leaves the cursor behind it. */
function readEscape(cursor: JsonCursor, index: number): string {
  const {text} = cursor
  const letter = text.charAt(index)
  const plain = escapes.get(letter)
  cursor.position = index + 1
  if (plain !== undefined) return plain
  const ended = 'Unexpected end-of-input in character escape sequence'
  if (letter === '') cursor.failAt(index, ended)
  if (letter !== 'u') cursor.failAt(index, `Unrecognized character escape ${charName(letter.charCodeAt(0))}`)
  for (let digit = index + 1; digit < index + 5; digit++) {
    if (digit >= text.length) cursor.failAt(digit, ended)
    if (!/[0-9a-fA-F]/.test(text.charAt(digit))) {
      cursor.failChar(digit, ': expected a hex-digit for character escape sequence')
    }
  }
  cursor.position = index + 5
  return String.fromCharCode(Number.parseInt(text.slice(index + 1, index + 5), 16))
}
