import type {Blob, BlobStore} from '../../blob-store'

type Cell = string | undefined

/** A line of Athena's result file: every field in double quotes, NULL an empty field without any. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`
}

/** A result file, piece by piece: the names of the columns, then each batch of rows. */
export async function* csvFile(
  names: readonly string[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(csvLine(names))
  for await (const rows of batches) yield Buffer.from(rows.map(csvLine).join(''))
}

export interface CsvPage {
  rows: Cell[][]
  /** The byte at which the next row begins; undefined after the last one. */
  next: number | undefined
}

const chunkBytes = 256 * 1024

/** Reads at most `limit` lines of a result file from the byte `from` on, which is the beginning of a line. */
export async function readCsv(blobs: BlobStore, blob: Blob, from: number, limit: number): Promise<CsvPage> {
  const rows: Cell[][] = []
  let buffer = Buffer.alloc(0)
  let next = from
  let fetched = from
  while (rows.length < limit && next < blob.sizeBytes) {
    const end = endOfLine(buffer)
    if (end >= 0) {
      rows.push(cellsOf(buffer.subarray(0, end).toString()))
      buffer = buffer.subarray(end + 1)
      next += end + 1
    } else if (fetched < blob.sizeBytes) {
      const to = Math.min(blob.sizeBytes, fetched + chunkBytes)
      for await (const chunk of blobs.read(blob, {from: fetched, to}))
        buffer = Buffer.concat([buffer, chunk as Buffer])
      fetched = to
    } else {
      break
    }
  }
  return {rows, next: next < blob.sizeBytes ? next : undefined}
}

/** The place of the newline that ends the first line; -1 where the line goes on beyond the buffer. */
function endOfLine(buffer: Buffer): number {
  let quoted = false
  for (let place = 0; place < buffer.length; place += 1) {
    if (buffer[place] === 0x22) quoted = !quoted
    else if (buffer[place] === 0x0a && !quoted) return place
  }
  return -1
}

function cellsOf(line: string): Cell[] {
  const cells: Cell[] = []
  const field = /(?:"((?:[^"]|"")*)")?(?:,|$)/gy
  for (let match = field.exec(line); match; match = field.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"'))
    if (field.lastIndex >= line.length && !match[0].endsWith(',')) break
  }
  return cells
}
