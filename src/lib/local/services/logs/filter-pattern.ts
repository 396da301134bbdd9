import {invalidParameter, unsupported} from './errors'

/** What other filter patterns begin with, and what they are (user guide, "Filter pattern syntax"). */
const otherSyntax: Readonly<Record<string, string>> = {
  '{': 'A filter pattern for JSON ({ ... })',
  '[': 'A filter pattern for space-delimited events ([ ... ])',
  '%': 'A filter pattern with a regular expression (% ... %)',
  '?': 'A filter pattern with optional terms (?term)',
  '-': 'A filter pattern with excluded terms (-term)',
}

/**
 * A test for messages from a filter pattern of plain terms: each must be in the message, in the same case. A term is a word of letters,
 * digits and underscores, or any text in double quotes. Throws `InvalidParameterException` for other syntax, naming it.
 */
export function readFilterPattern(pattern = ''): (message: string) => boolean {
  const terms: string[] = []
  let rest = pattern.trim()
  while (rest !== '') {
    const [whole, quoted, word] = /^(?:"((?:[^"\\]|\\.)*)"|(\w+))(?=\s|$)/u.exec(rest) ?? []
    if (whole === undefined) throw refusal(rest, pattern)
    terms.push(word ?? (quoted ?? '').replace(/\\(.)/gu, '$1'))
    rest = rest.slice(whole.length).trim()
  }
  return (message) => terms.every((term) => message.includes(term))
}

function refusal(rest: string, pattern: string) {
  const first = rest[0] ?? ''
  const what = Object.hasOwn(otherSyntax, first) ? otherSyntax[first] : undefined
  if (what !== undefined) return unsupported(what)
  return invalidParameter(`Invalid filter pattern: ${pattern}`)
}
