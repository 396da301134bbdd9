import type {JsonCursor} from './json-cursor'

export type Word = 'true' | 'false' | 'null'

const valueExpected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

/** Whether a text, or the name of a token, is one of the three words. */
export function isWord(text: string | undefined): text is Word {
  return text === 'true' || text === 'false' || text === 'null'
}

/** Reads `true`, `false` or `null`. Throws PatternError on anything else, which is no JSON value at all. */
export function readWord(cursor: JsonCursor): Word {
  const {position, text} = cursor
  const code = text.charCodeAt(position)
  if (code === 0x2b) {
    cursor.failChar(
      position,
      ' in numeric value: JSON spec does not allow numbers to have plus signs: enable ' +
        '`JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow',
    )
  }
  const word = /^[\p{L}\p{Nl}\p{Pc}\p{Sc}\p{Nd}]+/u.exec(text.slice(position))?.[0]
  if (isWord(word)) {
    cursor.position += word.length
    return word
  }
  if (code === 0x7d) cursor.failChar(position, ': expected a value')
  if (word === undefined) cursor.failChar(position, `: expected a valid value ${valueExpected}`)
  return cursor.fail(`Unrecognized token '${word}': was expecting ${valueExpected}`)
}
