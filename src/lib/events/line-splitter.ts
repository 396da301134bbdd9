import type {InputElement, Splitter} from './input-element'
import {maxElementChars, tooLong} from './input-element'

/** Cuts text into lines (LF or CRLF). Blank lines are counted and left out. */
export class LineSplitter implements Splitter {
  private rest = ''
  private lineNumber = 0
  private skipping = false

  push(chunk: string): InputElement[] {
    const elements: InputElement[] = []
    let start = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      this.take(this.rest + chunk.slice(start, end), elements)
      this.rest = ''
      start = end + 1
    }
    this.keep(chunk.slice(start))
    return elements
  }

  end(): InputElement[] {
    const elements: InputElement[] = []
    if (this.rest !== '' || this.skipping) this.take(this.rest, elements)
    this.rest = ''
    return elements.map((element) => ({...element, isLast: true}))
  }

  private keep(part: string): void {
    if (this.skipping) return
    this.rest += part
    if (this.rest.length <= maxElementChars) return
    this.rest = ''
    this.skipping = true
  }

  private take(line: string, elements: InputElement[]): void {
    this.lineNumber += 1
    const position = `line ${this.lineNumber}`
    if (this.skipping) {
      this.skipping = false
      elements.push(tooLong(position))
      return
    }
    const text = line.trim()
    if (text !== '') elements.push({text, position})
  }
}
