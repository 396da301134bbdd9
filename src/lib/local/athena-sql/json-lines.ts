import {createReadStream, createWriteStream} from 'node:fs'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import {SqlFailure} from './sql-failure'

/** Trino reads no longer line (`hive.text.max-line-length`). */
const maxLineBytes = 100 * 2 ** 20

/** An object whose lines are not all one JSON document. */
export interface BrokenFile {
  path: string
  uri: string
  gzip: boolean
}

/**
 * Rewrites a file of JSON lines so that every line is one object, as OpenX's SerDe sees it: of several objects on one line
 * the first is read and the others are lost; a malformed line is a row of NULLs where `ignoreMalformed`, else the
 * query fails (SqlFailure, HIVE_BAD_DATA); so it does where the file breaks off (HIVE_CURSOR_ERROR). The result stands in `target`,
 * uncompressed; answers the bytes of its longest line. One line is held at a time.
 */
export async function repairJsonLines(
  source: BrokenFile,
  target: string,
  ignoreMalformed: boolean,
): Promise<number> {
  let longest = 0
  async function* objects(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const line of linesOf(chunks, source)) {
      const object = objectOf(line, source, ignoreMalformed)
      if (object === undefined) continue
      const bytes = Buffer.from(`${object}\n`)
      longest = Math.max(longest, bytes.length)
      yield bytes
    }
  }
  const [bytes, repaired] = [createReadStream(source.path), createWriteStream(target)]
  try {
    if (source.gzip) await pipeline(bytes, createGunzip(), objects, repaired)
    else await pipeline(bytes, objects, repaired)
  } catch (error) {
    throw error instanceof SqlFailure ? error : unreadable(source)
  }
  return longest
}

async function* linesOf(chunks: AsyncIterable<Buffer>, source: BrokenFile): AsyncGenerator<string> {
  let held: Buffer[] = []
  let heldBytes = 0
  const take = (last: Buffer) => {
    const line = Buffer.concat([...held, last]).toString()
    held = []
    heldBytes = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield take(chunk.subarray(from, end))
      from = end + 1
    }
    held.push(chunk.subarray(from))
    heldBytes += chunk.length - from
    if (heldBytes > maxLineBytes) throw unreadable(source)
  }
  yield take(Buffer.alloc(0))
}

function objectOf(line: string, {uri}: BrokenFile, ignoreMalformed: boolean): string | undefined {
  if (line.trim() === '') return undefined
  const object = firstObject(line)
  if (object !== undefined) return object
  if (ignoreMalformed) return '{}'
  throw new SqlFailure(
    `HIVE_BAD_DATA: Error parsing a row of ${uri}: Row is not a valid JSON Object - a JSONObject text must begin with '{'. Set ignore.malformed.json to read such rows as NULL.`,
  )
}

/** As Trino words it (`LinePageSource`). */
function unreadable({uri}: BrokenFile): SqlFailure {
  return new SqlFailure(`HIVE_CURSOR_ERROR: Failed to read file at ${uri}`)
}

/** The first JSON object of a text, as its own text; undefined where the text does not begin with a whole one. */
export function firstObject(text: string): string | undefined {
  // A byte order mark is white space here.
  const start = text.search(/\S/)
  if (text[start] !== '{') return undefined
  const token = /["{}[\]]/g
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '"') {
      const end = closingQuote(text, token.lastIndex)
      if (end === -1) return undefined
      token.lastIndex = end + 1
    } else {
      depth += match[0] === '{' || match[0] === '[' ? 1 : -1
      if (depth === 0) return validOrNothing(text.slice(start, token.lastIndex))
    }
  }
  return undefined
}

function closingQuote(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
  }
  return -1
}

function validOrNothing(text: string): string | undefined {
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}
