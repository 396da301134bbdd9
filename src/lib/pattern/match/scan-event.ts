import {comparableNumber} from '../values/comparable-number'
import {badEvent, checkDepth} from './event-fields'
import type {EventFields} from './event-fields'
import type {Leaf, Membership} from '../values/leaf'
import {follow} from './path-tree'
import type {PathNode} from './path-tree'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const literals: ReadonlyMap<number, string> = new Map([
  [0x74, 'true'],
  [0x66, 'false'],
  [0x6e, 'null'],
])

/** The UTF-16 codes of the text that is being read. Much quicker to go through than the string, so kept for the next. */
let codes = new Uint16Array(8192)
/** A larger array than this is not kept. */
const keptLength = 1 << 20

/** Puts the codes of a text into `codes`, and a zero, which is valid nowhere in JSON, behind them. */
function loadCodes(text: string): void {
  if (codes.length <= text.length || (codes.length > keptLength && text.length < keptLength)) {
    codes = new Uint16Array(Math.max(8192, text.length + 1))
  }
  Buffer.from(codes.buffer).write(text, 'utf16le')
  codes[text.length] = 0
}

/** Reads JSON text once from left to right and keeps only the scalars that rules ask for. Every value is checked. */
class Scan {
  #at = 0
  #arrayCount = 0
  /** Whether the string that was read last has an escape in it. */
  #escaped = false
  readonly #codes: Uint16Array

  constructor(
    readonly text: string,
    readonly fields: EventFields,
  ) {
    loadCodes(text)
    this.#codes = codes
  }

  root(node: PathNode): void {
    if (this.#space() !== 0x7b)
      this.#fail(this.text.trim() === '' ? 'it is empty.' : 'it is not a JSON object.')
    this.#value(node, undefined, 0)
    this.#space()
    if (this.#at < this.text.length) this.#unexpected()
  }

  #fail(problem: string): never {
    throw badEvent(problem)
  }

  #unexpected(): never {
    if (this.#at >= this.text.length) this.#fail('its JSON ends too early.')
    return this.#fail(`unexpected character at ${this.#at + 1} of its JSON.`)
  }

  #code(at: number): number {
    return this.#codes[at] ?? 0
  }

  /** Skips white space; the code of the next character. */
  #space(): number {
    let code = this.#code(this.#at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.#code(++this.#at)
    return code
  }

  /** Reads a value. Without a node nobody asks for it, and it is only checked. */
  #value(node: PathNode | undefined, inside: Membership | undefined, depth: number): void {
    const code = this.#space()
    if (code === quote) {
      const start = this.#at
      this.#string()
      if (node !== undefined && node.field >= 0) this.#keep(node, 'string', this.#content(start), inside)
    } else if (code === 0x7b) {
      this.#object(node, inside, depth + 1)
    } else if (code === 0x5b) {
      this.#array(node, inside, depth + 1)
    } else {
      const start = this.#at
      const word = literals.get(code)
      if (word === undefined) this.#number(code)
      else this.#word(word)
      if (node === undefined || node.field < 0) return
      this.#keep(node, word === undefined ? 'number' : 'literal', this.text.slice(start, this.#at), inside)
    }
  }

  #keep(node: PathNode, kind: Leaf['kind'], text: string, inside: Membership | undefined): void {
    const value = kind === 'number' ? comparableNumber(text) : undefined
    this.fields.add(node.field, {kind, text, value, inside})
  }

  #object(node: PathNode | undefined, inside: Membership | undefined, depth: number): void {
    checkDepth(depth)
    this.#at++
    if (this.#space() === 0x7d) {
      this.#at++
      return
    }
    for (;;) {
      if (this.#space() !== quote) this.#unexpected()
      const start = this.#at
      this.#string()
      const child = node === undefined ? undefined : this.#child(node, start)
      if (this.#space() !== 0x3a) this.#unexpected()
      this.#at++
      this.#value(child, inside, depth)
      if (this.#ends(0x7d)) return
    }
  }

  #array(node: PathNode | undefined, inside: Membership | undefined, depth: number): void {
    checkDepth(depth)
    this.#at++
    if (this.#space() === 0x5d) {
      this.#at++
      return
    }
    const array = this.#arrayCount++
    for (let index = 0; ; index++) {
      const code = this.#space()
      const bound = node !== undefined && (code === 0x7b || code === 0x5b)
      this.#value(node, bound ? {array, index, parent: inside} : inside, depth)
      if (this.#ends(0x5d)) return
    }
  }

  /** Reads a comma (false) or the closing bracket (true). */
  #ends(closing: number): boolean {
    const code = this.#space()
    if (code !== comma && code !== closing) this.#unexpected()
    this.#at++
    return code === closing
  }

  /** The step that the key just read leads to; most keys are ruled out by their length. */
  #child(node: PathNode, start: number): PathNode | undefined {
    const length = this.#at - start - 2
    const possible = this.#escaped || node.isDeep || ((node.lengths >>> (length & 31)) & 1) === 1
    return possible ? follow(node, this.#content(start)) : undefined
  }

  /** Reads a string, from quote to quote. */
  #string(): void {
    const all = this.#codes
    let at = this.#at + 1
    this.#escaped = false
    for (;;) {
      const code = all[at] ?? 0
      // Most characters are letters, which stand behind all those that matter here.
      if (code > backslash) {
        at++
      } else if (code === quote) {
        this.#at = at + 1
        return
      } else if (code === backslash) {
        this.#escaped = true
        at = this.#escape(at + 1)
      } else if (code >= 0x20) {
        at++
      } else {
        this.#at = at
        this.#unexpected()
      }
    }
  }

  /** Checks what follows a backslash; the place behind it. */
  #escape(at: number): number {
    const letter = this.text.charAt(at)
    if (letter !== '' && '"\\/bfnrt'.includes(letter)) return at + 1
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(this.text.slice(at + 1, at + 5))) return at + 5
    this.#at = at
    return this.#unexpected()
  }

  /** The content of the string just read, whose opening quote is at `start`. */
  #content(start: number): string {
    if (this.#escaped) return JSON.parse(this.text.slice(start, this.#at)) as string
    return this.text.slice(start + 1, this.#at - 1)
  }

  #word(word: string): void {
    if (!this.text.startsWith(word, this.#at)) this.#unexpected()
    this.#at += word.length
  }

  #digits(): void {
    const from = this.#at
    let code = this.#code(from)
    while (code >= 0x30 && code <= 0x39) code = this.#code(++this.#at)
    if (this.#at === from) this.#unexpected()
  }

  #number(first: number): void {
    if (first === 0x2d) this.#at++
    if (this.#code(this.#at) === 0x30) this.#at++
    else this.#digits()
    if (this.#code(this.#at) === 0x2e) {
      this.#at++
      this.#digits()
    }
    const exponent = this.#code(this.#at)
    if (exponent !== 0x65 && exponent !== 0x45) return
    this.#at++
    const sign = this.#code(this.#at)
    if (sign === 0x2b || sign === 0x2d) this.#at++
    this.#digits()
  }
}

/**
 * Collects from the JSON text of an event the scalars that rules ask for: numbers as they are written, and every value of
 * a key that stands more than once. Throws `BAD_EVENT` on text that is not one JSON object.
 */
export function scanEvent(text: string, root: PathNode, fields: EventFields): void {
  new Scan(text, fields).root(root)
}
