import {cleanText} from '../render/clean-text'

/** Lines that are written over by the next ones where stdout is a terminal; elsewhere they stand below each other. They may hold anybody's words. */
export class LiveView {
  private shownLines = 0

  constructor(private readonly stream: {isTTY?: boolean; columns?: number; write(text: string): unknown}) {}

  /** Shows these lines; on a terminal each is cut to its width, since one that wraps could not be written over. */
  show(text: string): void {
    const {stream} = this
    const lines = text.split('\n').map(cleanText)
    if (!stream.isTTY) {
      stream.write(`${lines.join('\n')}\n\n`)
      return
    }
    const {columns = Infinity} = stream
    const shown = lines.map((line) => line.slice(0, columns - 1))
    const back = this.shownLines > 0 ? `\u001b[${this.shownLines}F\u001b[0J` : ''
    stream.write(`${back}${shown.join('\n')}\n`)
    this.shownLines = shown.length
  }
}
