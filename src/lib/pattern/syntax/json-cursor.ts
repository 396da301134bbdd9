import {PatternError} from './pattern-error'
import {positionAt} from './position'

/** A character the way EventBridge names it: `'x' (code 120)`. */
export function charName(code: number): string {
  if (code < 32) return `(CTRL-CHAR, code ${code})`
  const hex = code > 255 ? ` / 0x${code.toString(16)}` : ''
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`
}

/** A place in a JSON text that moves on as it is read, and the errors that are reported from there. */
export class JsonCursor {
  /** Where EventBridge would say it stands. */
  position = 0
  /** Where the current token begins. */
  start = 0
  /** The dotted path that errors carry; kept by the caller. */
  path = ''

  constructor(readonly text: string) {}

  /** Throws `reason` as AWS reports it here: after what has been read. */
  fail(reason: string, at: number = this.start): never {
    const readTo = positionAt(this.text, this.position)
    throw new PatternError({reason, readTo}, positionAt(this.text, at), this.path)
  }

  /** Throws for a fault of the JSON itself; AWS names the character's own place. */
  failAt(index: number, reason: string): never {
    this.position = index
    return this.fail(reason, index)
  }

  /** Throws for a character that must not stand where it does; `rest` is what AWS adds to its name. */
  failChar(index: number, rest: string): never {
    return this.failAt(index, `Unexpected character (${charName(this.text.charCodeAt(index))})${rest}`)
  }

  /** Moves over white space; answers the code of the character behind it, or NaN at the end. Throws PatternError. */
  skipSpace(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
        this.#checkBetween(code)
        return code
      }
      this.position++
    }
  }

  /** Refuses what cannot stand between tokens. */
  #checkBetween(code: number): void {
    if (code < 0x20) {
      this.failAt(
        this.position,
        `Illegal character (${charName(code)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
      )
    }
    if (code === 0x2f) {
      this.failChar(
        this.position,
        ": maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
      )
    }
  }
}
