/** Lines that are written over by the next ones where stdout is a terminal; elsewhere they stand below each other. */
export class LiveView {
  private shownLines = 0

  constructor(private readonly stream: {isTTY?: boolean; columns?: number; write(text: string): unknown}) {}

  /** Shows these lines; on a terminal each is cut to its width, since one that wraps could not be written over. */
  show(text: string): void {
    const {stream} = this
    if (!stream.isTTY) {
      stream.write(`${text}\n\n`)
      return
    }
    const {columns = Infinity} = stream
    const shown = text.split('\n').map((line) => line.slice(0, columns - 1))
    const back = this.shownLines > 0 ? `\u001b[${this.shownLines}F\u001b[0J` : ''
    stream.write(`${back}${shown.join('\n')}\n`)
    this.shownLines = shown.length
  }
}
