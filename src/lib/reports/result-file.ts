/** A cell of a result file: NULL is undefined. */
export type Cell = string | undefined

/**
 * The rows of one of Athena's result files, the names of the columns first. Every field stands in double quotes, with quotes in it doubled; a NULL is a field
 * with nothing at all, so that it is no empty text. Lines end with `\n`, and a field can have some. Memory is bounded by the longest row.
 */
export async function* resultRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<Cell[]> {
  const decoder = new TextDecoder()
  let text = ''
  // Where a row is longer than what has come, it is looked at again only once there is twice as much.
  let enough = 0
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, {stream: true})
    if (text.length < enough) continue
    const {rows, rest} = splitRows(text)
    yield* rows
    text = rest
    enough = 2 * rest.length
  }
  text += decoder.decode()
  if (text !== '') yield* splitRows(text.endsWith('\n') ? text : `${text}\n`).rows
}

/** The rows that are whole, and what is left. */
function splitRows(text: string): {rows: Cell[][]; rest: string} {
  const rows: Cell[][] = []
  let start = 0
  let cells: Cell[] = []
  for (let place = 0; place < text.length;) {
    const isQuoted = text[place] === '"'
    const end = isQuoted ? endOfQuoted(text, place) : endOfPlain(text, place)
    if (end === -1 || end >= text.length) break
    cells.push(isQuoted ? unquoted(text.slice(place + 1, end - 1)) : plain(text.slice(place, end)))
    place = end + 1
    if (text[end] !== '\n') continue
    rows.push(cells)
    cells = []
    start = place
  }
  return {rows, rest: text.slice(start)}
}

/** Behind the quote that ends a field; -1 where it has not come. */
function endOfQuoted(text: string, start: number): number {
  for (let place = text.indexOf('"', start + 1); place !== -1; place = text.indexOf('"', place + 2)) {
    if (text[place + 1] !== '"') return place + 1
  }
  return -1
}

function endOfPlain(text: string, start: number): number {
  for (let place = start; place < text.length; place += 1) {
    if (text[place] === ',' || text[place] === '\n') return place
  }
  return -1
}

function unquoted(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text
}

function plain(text: string): Cell {
  return text === '' ? undefined : text
}
