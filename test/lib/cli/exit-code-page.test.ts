import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {exitCodes} from '../../../src/lib/core/errors'
import type {ErrorKind} from '../../../src/lib/core/errors'

const root = join(__dirname, '..', '..', '..')
const page = readFileSync(join(root, 'docs', 'exit-codes.md'), 'utf8')

/** `CODE exit` of every OpError in the source. Kind and code are written as literals, beside each other. */
function codesOfSource(): string[] {
  const folder = join(root, 'src')
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((file) =>
    file.endsWith('.ts'),
  )
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'))
  const thrown = texts.flatMap((text) => [
    ...text.matchAll(/(?:new OpError|super)\(\s*'(\w+)',\s*'([A-Z0-9_]+)'/g),
  ])
  const mapped = texts.flatMap((text) => [...text.matchAll(/kind: '(\w+)',\s*code: '([A-Z0-9_]+)'/g)])
  const codes = [...thrown, ...mapped].map(([, kind, code]) => `${code} ${exitCodes[kind as ErrorKind]}`)
  return [...new Set([...codes, 'BAD_USAGE 2'])].sort()
}

function codesOfPage(): string[] {
  const sections = page.split(/^### (?=\d)/m).slice(1)
  const codes = sections.flatMap((section) => {
    const exit = /^\d+/.exec(section)?.[0] ?? ''
    return [...section.matchAll(/^\| `([A-Z0-9_]+)` +\|/gm)].map(([, code]) => `${code} ${exit}`)
  })
  return codes.sort()
}

describe('docs/exit-codes.md', () => {
  it('lists every code of the source under its exit code, and no other', () => {
    expect(codesOfPage()).toEqual(codesOfSource())
  })

  it('lists every exit code', () => {
    const rows = [...page.matchAll(/^\| (\d+) +\| /gm)].map(([, exit]) => Number(exit))
    expect(rows).toEqual([0, ...Object.values(exitCodes)])
  })
})
