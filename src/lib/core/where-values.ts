import {OpError} from './errors'

/**
 * One value of a condition. `text` is the content of a text, or a number, `true`, `false` or `null` as it was written:
 * numbers of any size stay what they are.
 */
export interface WhereValue {
  kind: 'text' | 'number' | 'literal'
  text: string
}

/** Throws what is wrong; `at` is the index of the character where it shows. */
export type Refuse = (reason: string, at: number) => never

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const literal = /^(?:true|false|null)$/
const quoted = /"(?:[^"\\]|\\.)*"/y

/** What text without quotes is: a JSON number, `true`, `false`, `null`, or that text. */
function bareValue(text: string): WhereValue {
  if (number.test(text)) return {kind: 'number', text}
  return {kind: literal.test(text) ? 'literal' : 'text', text}
}

function skipSpace(text: string, from: number): number {
  let index = from
  while (/\s/.test(text.charAt(index))) index++
  return index
}

function readQuoted(text: string, from: number, refuse: Refuse): {value: WhereValue; end: number} {
  quoted.lastIndex = from
  const found = quoted.exec(text)?.[0]
  if (found === undefined) return refuse('the quote is not closed', from)
  const end = skipSpace(text, from + found.length)
  if (end < text.length && text.charAt(end) !== ',') refuse('behind a quoted text only a comma may come', end)
  try {
    return {value: {kind: 'text', text: JSON.parse(found) as string}, end}
  } catch {
    return refuse('the quoted text is not a JSON string', from)
  }
}

function readBare(text: string, from: number, refuse: Refuse): {value: WhereValue; end: number} {
  const comma = text.indexOf(',', from)
  const end = comma === -1 ? text.length : comma
  const content = text.slice(from, end).trim()
  if (content === '') refuse('a value is missing; the empty text is ""', from)
  if (/^[=<>]/.test(content)) refuse('a text that begins with =, < or > must stand in quotes', from)
  const quote = text.slice(from, end).indexOf('"')
  if (quote !== -1) refuse('a text with a quote in it must stand in quotes itself: "a \\" b"', from + quote)
  return {value: bareValue(content), end}
}

/**
 * Reads values that commas separate, from index `from` of `text` to its end: JSON numbers, `true`, `false`, `null`, texts in
 * quotes (JSON strings, whose commas do not separate), and texts as they stand, without the white space around them.
 * Throws what `refuse` throws.
 */
export function readValues(text: string, from: number, refuse: Refuse): WhereValue[] {
  const values: WhereValue[] = []
  for (let index = from; ; index++) {
    index = skipSpace(text, index)
    const read = text.charAt(index) === '"' ? readQuoted : readBare
    const {value, end} = read(text, index, refuse)
    values.push(value)
    index = end
    if (index >= text.length) return values
  }
}

/**
 * The texts of a comma separated list, `a,"b, c"`; numbers are texts too. `name` is what the list is of, for the message:
 * `--source`. Throws `BAD_LIST` (usage).
 */
export function parseTextList(text: string, name: string): string[] {
  return readValues(text, 0, (reason, at): never => {
    throw new OpError(
      'usage',
      'BAD_LIST',
      `${name} is not a list of texts: ${reason} (column ${at + 1} of ${text}).`,
      {hint: `Separate them with commas, and put a text with a comma in it in quotes: ${name} 'a,"b, c"'.`},
    )
  }).map((value) => value.text)
}
