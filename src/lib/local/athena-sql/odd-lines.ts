import type {KeySpellings} from './json-keys'

/** A number after `:`, `[` or `,` that has 16 digits or more, an exponent, or a zero at the end of its fraction. */
export const exactNumber = '[:\\[,]\\s*-?(?:[0-9.]{16}|[0-9]+\\.[0-9]+0\\s*[,}\\]]|[0-9]+(?:\\.[0-9]+)?[eE])'

/** A key with an escaped sign: it may be another name than it looks. */
const escapedKey = '"[^"\\\\]*\\\\[^"]*"\\s*:'

/**
 * A regular expression (RE2) that finds every line of JSON that has to be looked at closely: one with a number whose text a double would not give
 * back, or with a key that is one of `names` but spelled otherwise than known. It finds some others too. Undefined where spellings cannot be
 * told apart by a key alone. To take a line apart costs four times as much.
 */
export function oddLine(names: Iterable<string>, spellings: KeySpellings): string | undefined {
  const others: string[] = []
  for (const name of names) {
    const known = spellings.everywhere(name)
    if (known.length > 1 || !/^[a-z0-9_-]+$/.test(name)) return undefined
    others.push(...spelledOtherwise(name, known[0]))
  }
  return [exactNumber, escapedKey, `"(?:${others.join('|')})"\\s*:`].join('|')
}

/** Patterns of a name in any case but that of `known`, one for each place of the first difference. */
function spelledOtherwise(name: string, known: string | undefined): string[] {
  if (known === undefined) return [anyCase(name)]
  return Array.from(known, (letter, place) => ({letter, place})).flatMap(({letter, place}) => {
    const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
    return other === letter ? [] : [`${known.slice(0, place)}${other}${anyCase(known.slice(place + 1))}`]
  })
}

function anyCase(text: string): string {
  return text === '' ? '' : `(?i:${text})`
}
