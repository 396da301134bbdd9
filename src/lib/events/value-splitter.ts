import type {InputElement, Splitter} from './input-element'
import {maxElementChars, tooLong} from './input-element'

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * Cuts text into JSON values, whatever lines they stand on: the elements of one array (`array`), or objects one after the
 * other (`values`). Only quotes and brackets are looked at, so that what stands between them reaches the parser untouched;
 * an element that is no JSON comes out as it is, and the next one is found all the same.
 */
export class ValueSplitter implements Splitter {
  private text = ''
  /** Where the current element starts in `text`, and the character that is looked at. */
  private start = 0
  private at = 0
  /** Brackets that are open inside the current element. */
  private depth = 0
  private inString = false
  private escaped = false
  private opened: boolean
  private closed = false
  private skipping = false
  private count = 0

  constructor(private readonly shape: 'array' | 'values') {
    this.opened = shape === 'values'
  }

  push(chunk: string): InputElement[] {
    const elements: InputElement[] = []
    this.text += chunk
    for (; this.at < this.text.length; this.at++) this.step(this.text.charCodeAt(this.at), elements)
    this.text = this.text.slice(this.start)
    if (this.text.length > maxElementChars) {
      this.skipping = true
      this.text = ''
    }
    this.at = this.text.length
    this.start = 0
    return elements
  }

  /** What is left: an element that was cut short, or text behind the end of the array. */
  end(): InputElement[] {
    const elements: InputElement[] = []
    const isBetweenElements = this.depth === 0 && !this.inString
    this.cut(this.text.length, elements)
    if (this.shape === 'array' && !this.closed && isBetweenElements) {
      const message = 'The input ends in the middle of an array.'
      elements.push({text: '', position: this.nextPosition(), problem: 'INPUT_DAMAGED', message})
    }
    return elements.map((element) => ({...element, isLast: true}))
  }

  private step(code: number, elements: InputElement[]): void {
    if (this.inString) {
      this.stepInString(code)
    } else if (code === QUOTE) {
      this.inString = true
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      this.open()
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      this.close(code, elements)
    } else if (code === COMMA && this.depth === 0 && this.shape === 'array' && !this.closed) {
      this.cut(this.at, elements, true)
    }
  }

  private stepInString(code: number): void {
    if (this.escaped) this.escaped = false
    else if (code === BACKSLASH) this.escaped = true
    else if (code === QUOTE) this.inString = false
  }

  /** The first bracket of an array is not part of an element. */
  private open(): void {
    if (this.opened) {
      this.depth += 1
      return
    }
    this.opened = true
    this.start = this.at + 1
  }

  private close(code: number, elements: InputElement[]): void {
    if (this.depth > 0) {
      this.depth -= 1
      if (this.depth === 0 && this.shape === 'values') this.cut(this.at + 1, elements)
    } else if (this.shape === 'array' && code === CLOSE_BRACKET && !this.closed) {
      this.cut(this.at, elements, this.count > 0)
      this.closed = true
    }
  }

  /** Ends the element before `end`. An empty one counts where a comma says that there should be one. */
  private cut(end: number, elements: InputElement[], wanted = false): void {
    const text = this.text.slice(this.start, end).trim()
    this.start = this.at + 1
    if (this.skipping) elements.push(tooLong(this.nextPosition()))
    else if (text !== '' || wanted) elements.push({text, position: this.nextPosition()})
    this.skipping = false
  }

  private nextPosition(): string {
    this.count += 1
    return `element ${this.count}`
  }
}
