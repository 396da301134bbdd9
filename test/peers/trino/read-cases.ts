import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

const folder = join(__dirname, 'cases')

/** What to select, or whole queries. */
export type CaseKind = 'expressions' | 'queries'

/**
 * The cases of a file (`expressions/numbers`), each once, in their order. A line is one; an indented one goes on with the one
 * before. `{{a ;; b}}` stands for each of its values, and `{{name}}` for those of the line `let name = a ;; b`, the same value wherever it
 * stands in a query.
 */
export function readCases(file: string): string[] {
  const lists = new Map<string, string[]>()
  const queries = new Set<string>()
  const text = readFileSync(join(folder, `${file}.txt`), 'utf8').replaceAll(/\n +/g, ' ')
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [, name, values] = /^let (\w+) = (.*)$/.exec(line) ?? []
    if (name !== undefined && values !== undefined) lists.set(name, values.split(' ;; '))
    else for (const query of expand(line, lists)) queries.add(query)
  }
  return [...queries]
}

/** What the files of a kind are about: their names. */
export function caseFiles(kind: CaseKind): string[] {
  return readdirSync(join(folder, kind)).map((file) => file.replace('.txt', ''))
}

function expand(line: string, lists: ReadonlyMap<string, string[]>): string[] {
  const [slot, content] = /\{\{(.*?)\}\}/.exec(line) ?? []
  if (slot === undefined || content === undefined) return [line]
  const values = lists.get(content) ?? content.split(' ;; ')
  return values.flatMap((value) =>
    expand(
      line.replaceAll(slot, () => value),
      lists,
    ),
  )
}
