import {PatternError, sourceLocation} from './pattern-error'
import type {Position} from '../pattern'

export type Token =
  | 'start-object'
  | 'end-object'
  | 'start-array'
  | 'end-array'
  | 'name'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end'

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

/** EventBridge's reader goes no deeper. */
const depthLimit = 1000

const valueExpected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

/** The place of a character in a text; `\n`, `\r` and `\r\n` each end a line. */
export function positionAt(text: string, index: number): Position {
  const lines = text.slice(0, index).split(/\r\n|\r|\n/)
  return {line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1}
}

function charName(code: number): string {
  if (code < 32) return `(CTRL-CHAR, code ${code})`
  const hex = code > 255 ? ` / 0x${code.toString(16)}` : ''
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`
}

interface Scope {
  kind: 'Object' | 'Array'
  /** Where it was opened. */
  start: number
  /** Whether a member has been read, so that a comma must come next. */
  begun: boolean
}

/**
 * Reads the tokens of a JSON text one by one, as strictly as EventBridge does, and knows how far it has read:
 * `position` is where EventBridge would say it stands, `start` where the current token begins.
 * It reads no further than it is asked: what stands behind the last token is never looked at.
 * Throws PatternError on text that is not JSON.
 */
export class JsonTokens {
  position = 0
  start = 0
  /** The name of the member that is being read. */
  name = ''
  /** The dotted path that errors carry; kept by the caller. */
  path = ''
  #scopes: Scope[] = []
  /** The value after a name, which EventBridge has begun to read when it reports the name. */
  #ahead: Token | undefined
  /** Set while only the opening quote of the current string has been read. */
  #openString = false
  #string = ''

  constructor(readonly text: string) {}

  /** The next token; `end` once the outermost value is closed. */
  next(): Token {
    if (this.#ahead !== undefined) return this.#takeAhead(this.#ahead)
    this.#closeString()
    const scope = this.#scopes.at(-1)
    const code = this.#skipSpace()
    if (Number.isNaN(code)) return this.#ended(scope)
    this.start = this.position
    if (code === 0x5d || code === 0x7d) return this.#close(code, scope)
    const first = scope === undefined ? code : this.#separator(code, scope)
    return scope?.kind === 'Object' ? this.#readName(first) : this.#open(this.#readValue(first))
  }

  /** The text of the current token: a string's content, a number or name as written, a bracket. */
  content(token: Token): string {
    if (token === 'string') return this.#closeString()
    if (token === 'name') return this.name
    return this.text.slice(this.start, this.position)
  }

  /** Throws `reason` as AWS reports it here: after what has been read. */
  fail(reason: string, at: number = this.start): never {
    const readTo = positionAt(this.text, this.position)
    throw new PatternError({reason, readTo}, positionAt(this.text, at), this.path)
  }

  /** A fault of the JSON itself; AWS names the character's own place. */
  #failAt(index: number, reason: string): never {
    this.position = index
    return this.fail(reason, index)
  }

  #failChar(index: number, rest: string): never {
    return this.#failAt(index, `Unexpected character (${charName(this.text.charCodeAt(index))})${rest}`)
  }

  #takeAhead(token: Token): Token {
    this.#ahead = undefined
    this.start = this.position - (token === 'number' || isWord(token) ? this.#string.length : 1)
    return this.#open(token)
  }

  #open(token: Token): Token {
    if (token === 'start-object' || token === 'start-array') {
      const kind = token === 'start-object' ? 'Object' : 'Array'
      this.#scopes.push({kind, start: this.start, begun: false})
      if (this.#scopes.length > depthLimit) {
        this.fail(
          `Document nesting depth (${depthLimit + 1}) exceeds the maximum allowed (${depthLimit}, from ` +
            '`StreamReadConstraints.getMaxNestingDepth()`)',
        )
      }
    }
    return token
  }

  #ended(scope: Scope | undefined): Token {
    if (scope === undefined) return 'end'
    const marker = sourceLocation(this.text, positionAt(this.text, scope.start))
    return this.fail(
      `Unexpected end-of-input: expected close marker for ${scope.kind} (start marker at ${marker})`,
      this.position,
    )
  }

  #close(code: number, scope: Scope | undefined): Token {
    const kind = code === 0x5d ? 'Array' : 'Object'
    if (scope?.kind !== kind) {
      if (scope === undefined) {
        this.fail(`Unexpected close marker '${String.fromCharCode(code)}': no open ${kind} to close`)
      }
      const marker = sourceLocation(this.text, positionAt(this.text, scope.start))
      const right = scope.kind === 'Array' ? ']' : '}'
      this.fail(
        `Unexpected close marker '${String.fromCharCode(code)}': expected '${right}' (for ${scope.kind} starting at ${marker})`,
      )
    }
    this.#scopes.pop()
    this.position++
    return kind === 'Array' ? 'end-array' : 'end-object'
  }

  /** Reads the comma between two members; answers the first character of the next one. */
  #separator(code: number, scope: Scope): number {
    if (!scope.begun) {
      scope.begun = true
      return code
    }
    if (code !== 0x2c)
      this.#failChar(this.position, `: was expecting comma to separate ${scope.kind} entries`)
    this.position++
    return this.#requireChar(scope.kind)
  }

  #requireChar(kind: string): number {
    const code = this.#skipSpace()
    if (Number.isNaN(code)) {
      this.fail(`Unexpected end-of-input within/between ${kind} entries`, this.position)
    }
    this.start = this.position
    return code
  }

  #skipSpace(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        if (code < 0x20) {
          this.#failAt(
            this.position,
            `Illegal character (${charName(code)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
          )
        }
        if (code === 0x2f) {
          this.#failChar(
            this.position,
            ": maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
          )
        }
        return code
      }
      this.position++
    }
  }

  #readName(first: number): Token {
    if (first !== 0x22) {
      this.#failChar(this.position, ': was expecting double-quote to start field name')
    }
    const start = this.position
    this.position++
    this.name = this.#readString('in field name', 'name')
    const colon = this.#requireChar('Object')
    if (colon !== 0x3a) {
      this.#failChar(this.position, ': was expecting a colon to separate field name and value')
    }
    this.position++
    this.#ahead = this.#readValue(this.#requireChar('Object'))
    if (this.#ahead === 'number' || isWord(this.#ahead)) {
      this.#string = this.text.slice(this.start, this.position)
    }
    this.start = start
    return 'name'
  }

  #readValue(code: number): Token {
    if (code === 0x22) {
      this.position++
      this.#openString = true
      return 'string'
    }
    if (code === 0x7b || code === 0x5b) {
      this.position++
      return code === 0x7b ? 'start-object' : 'start-array'
    }
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#readNumber()
    return this.#readWord(code)
  }

  #readWord(code: number): Token {
    if (code === 0x2b) {
      this.#failChar(
        this.position,
        ' in numeric value: JSON spec does not allow numbers to have plus signs: enable ' +
          '`JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow',
      )
    }
    const word = /^[\p{L}\p{Nl}\p{Pc}\p{Sc}\p{Nd}]+/u.exec(this.text.slice(this.position))?.[0]
    if (word === 'true' || word === 'false' || word === 'null') {
      this.position += word.length
      return word
    }
    if (code === 0x7d) this.#failChar(this.position, ': expected a value')
    if (word === undefined) this.#failChar(this.position, `: expected a valid value ${valueExpected}`)
    return this.fail(`Unrecognized token '${word}': was expecting ${valueExpected}`)
  }

  #readNumber(): Token {
    const start = this.position
    const at = (index: number): number => this.text.charCodeAt(index)
    const isDigit = (index: number): boolean => at(index) >= 0x30 && at(index) <= 0x39
    const digits = (from: number, otherwise: string, place = from): number => {
      if (!isDigit(from)) this.#failNumber(from, otherwise, place)
      let index = from
      while (isDigit(index)) index++
      return index
    }
    let index = at(start) === 0x2d ? start + 1 : start
    if (at(index) === 0x30 && isDigit(index + 1)) {
      this.#failAt(index + 1, 'Invalid numeric value: Leading zeroes not allowed')
    }
    index = digits(index, 'expected digit (0-9) to follow minus sign, for valid numeric value')
    if (at(index) === 0x2e) index = digits(index + 1, 'Decimal point not followed by a digit', index)
    if (at(index) === 0x65 || at(index) === 0x45) {
      const signed = at(index + 1) === 0x2b || at(index + 1) === 0x2d
      index = digits(index + (signed ? 2 : 1), 'Exponent indicator not followed by a digit', index)
    }
    this.position = index
    return 'number'
  }

  /** AWS names the place of the point or exponent that the missing digit should follow. */
  #failNumber(index: number, reason: string, place: number): never {
    if (index >= this.text.length) this.#failAt(index, 'Unexpected end-of-input in Number value')
    const name = charName(this.text.charCodeAt(index))
    return this.#failAt(place, `Unexpected character (${name}) in numeric value: ${reason}`)
  }

  /** The rest of the current string, when it has not been read yet. */
  #closeString(): string {
    if (this.#openString) {
      this.#openString = false
      this.#string = this.#readString(': was expecting closing quote for a string value', 'string value')
    }
    return this.#string
  }

  /** Reads up to and over the closing quote. */
  #readString(unclosed: string, what: string): string {
    let content = ''
    let from = this.position
    for (let index = from; ; index++) {
      const code = this.text.charCodeAt(index)
      if (Number.isNaN(code)) {
        this.#failAt(index, `Unexpected end-of-input${unclosed.startsWith(':') ? '' : ' '}${unclosed}`)
      }
      if (code === 0x22) {
        this.position = index + 1
        return content + this.text.slice(from, index)
      }
      if (code === 0x5c) {
        content += this.text.slice(from, index) + this.#readEscape(index + 1)
        from = this.position
        index = from - 1
      } else if (code < 0x20) {
        this.#failAt(
          index,
          `Illegal unquoted character (${charName(code)}): has to be escaped using backslash to be included in ${what}`,
        )
      }
    }
  }

  /** Reads what follows a backslash and leaves `position` behind it. */
  #readEscape(index: number): string {
    const letter = this.text.charAt(index)
    const plain = escapes.get(letter)
    this.position = index + 1
    if (plain !== undefined) return plain
    const ended = 'Unexpected end-of-input in character escape sequence'
    if (letter === '') this.#failAt(index, ended)
    if (letter !== 'u') this.#failAt(index, `Unrecognized character escape ${charName(letter.charCodeAt(0))}`)
    for (let digit = index + 1; digit < index + 5; digit++) {
      if (digit >= this.text.length) this.#failAt(digit, ended)
      if (!/[0-9a-fA-F]/.test(this.text.charAt(digit))) {
        this.#failChar(digit, ': expected a hex-digit for character escape sequence')
      }
    }
    this.position = index + 5
    return String.fromCharCode(Number.parseInt(this.text.slice(index + 1, index + 5), 16))
  }
}

function isWord(token: Token): boolean {
  return token === 'true' || token === 'false' || token === 'null'
}
