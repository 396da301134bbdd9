import type {Position} from '../pattern'

/** Finds places in a text. The time for all of them is that for one when they are asked for from left to right. */
export class Places {
  #index = 0
  #line = 1
  #lineStart = 0

  constructor(readonly text: string) {}

  /** The place of a character; `\n`, `\r` and `\r\n` each end a line. */
  at(index: number): Position {
    if (index < this.#index) {
      this.#index = 0
      this.#line = 1
      this.#lineStart = 0
    }
    for (; this.#index < index; this.#index++) {
      const code = this.text.charCodeAt(this.#index)
      if (code !== 0x0a && code !== 0x0d) continue
      this.#lineStart = this.#index + 1
      const isSecondHalf = code === 0x0a && this.text.charCodeAt(this.#index - 1) === 0x0d
      if (!isSecondHalf) this.#line++
    }
    return {line: this.#line, column: index - this.#lineStart + 1}
  }
}

/** The place of a character in a text. */
export function positionAt(text: string, index: number): Position {
  return new Places(text).at(index)
}
