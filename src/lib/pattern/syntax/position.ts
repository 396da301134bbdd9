import type {Position} from '../pattern'

/** The place of a character in a text; `\n`, `\r` and `\r\n` each end a line. */
export function positionAt(text: string, index: number): Position {
  const lines = text.slice(0, index).split(/\r\n|\r|\n/)
  return {line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1}
}
