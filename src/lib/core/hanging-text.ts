/** In less room than this, lines of a few words would read worse than what the terminal breaks by itself. */
const leastRoom = 30

/**
 * Text behind a head, in lines of at most `width` characters: those after the first begin below the text. It breaks at
 * spaces, and within a word that has no room on a line of its own. One line where `width` is undefined.
 */
export function hangingText(head: string, text: string, width: number | undefined): string[] {
  const room = (width ?? Infinity) - head.length
  if (room < leastRoom || text.length <= room) return [head + text]
  const indent = ' '.repeat(head.length)
  return linesOf(text, room).map((line, i) => (i === 0 ? head : indent) + line)
}

function linesOf(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => piecesOf(one, room))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function piecesOf(word: string, room: number): string[] {
  if (word.length <= room) return [word]
  return [word.slice(0, room), ...piecesOf(word.slice(room), room)]
}
