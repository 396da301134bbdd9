import {JsonCursor} from './json-cursor'
import {sourceLocation} from './pattern-error'
import {positionAt} from './position'
import {readString} from './read-string'
import {isWord, readWord} from './read-word'
import type {Word} from './read-word'
import {skipNumber} from './skip-number'

export type Token =
  'start-object' | 'end-object' | 'start-array' | 'end-array' | 'name' | 'string' | 'number' | Word | 'end'

/** EventBridge's reader goes no deeper. */
const depthLimit = 1000

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
export class JsonTokens extends JsonCursor {
  /** The name of the member that is being read. */
  name = ''
  #scopes: Scope[] = []
  /** The value after a name, which EventBridge has begun to read when it reports the name. */
  #ahead: Token | undefined
  /** Set while only the opening quote of the current string has been read. */
  #openString = false
  #string = ''

  /** The next token; `end` once the outermost value is closed. */
  next(): Token {
    if (this.#ahead !== undefined) return this.#takeAhead(this.#ahead)
    this.#closeString()
    const scope = this.#scopes.at(-1)
    const code = this.skipSpace()
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
    if (code !== 0x2c) this.failChar(this.position, `: was expecting comma to separate ${scope.kind} entries`)
    this.position++
    return this.#requireChar(scope.kind)
  }

  #requireChar(kind: string): number {
    const code = this.skipSpace()
    if (Number.isNaN(code)) {
      this.fail(`Unexpected end-of-input within/between ${kind} entries`, this.position)
    }
    this.start = this.position
    return code
  }

  #readName(first: number): Token {
    if (first !== 0x22) {
      this.failChar(this.position, ': was expecting double-quote to start field name')
    }
    const start = this.position
    this.position++
    this.name = readString(this, 'name')
    const colon = this.#requireChar('Object')
    if (colon !== 0x3a) {
      this.failChar(this.position, ': was expecting a colon to separate field name and value')
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
    if (code !== 0x2d && !(code >= 0x30 && code <= 0x39)) return readWord(this)
    skipNumber(this)
    return 'number'
  }

  /** The rest of the current string, when it has not been read yet. */
  #closeString(): string {
    if (this.#openString) {
      this.#openString = false
      this.#string = readString(this, 'value')
    }
    return this.#string
  }
}
