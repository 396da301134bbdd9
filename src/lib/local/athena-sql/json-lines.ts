import {readFile, writeFile} from 'node:fs/promises'
import {promisify} from 'node:util'
import {gunzip} from 'node:zlib'
import {SqlFailure} from './sql-failure'

const unzip = promisify(gunzip)

/**
 * Rewrites a file of JSON lines so that every line is one object, as OpenX's SerDe sees it: of several objects on one line
 * the first is read and the others are lost; a malformed line is a row of NULLs where `ignoreMalformed`, else the
 * query fails (SqlFailure, HIVE_BAD_DATA). Returns nothing; the result stands in `target`, uncompressed.
 */
export async function repairJsonLines(
  source: {path: string; uri: string; gzip: boolean},
  target: string,
  ignoreMalformed: boolean,
): Promise<void> {
  const content = await readFile(source.path)
  const text = (source.gzip ? await unzip(content) : content).toString()
  const lines = text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const object = firstObject(line)
    if (object !== undefined) return [object]
    if (ignoreMalformed) return ['{}']
    throw new SqlFailure(
      `HIVE_BAD_DATA: Error parsing a row of ${source.uri}: Row is not a valid JSON Object - a JSONObject text must begin with '{'. Set ignore.malformed.json to read such rows as NULL.`,
    )
  })
  await writeFile(target, lines.map((line) => `${line}\n`).join(''))
}

/** The first JSON object of a text, as its own text; undefined where the text does not begin with a whole one. */
export function firstObject(text: string): string | undefined {
  const start = text.search(/\S/)
  if (text[start] !== '{') return undefined
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1
    if (match[0] === '}' || match[0] === ']') depth -= 1
    if (depth === 0) return validOrNothing(text.slice(start, token.lastIndex))
  }
  return undefined
}

function validOrNothing(text: string): string | undefined {
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}
