/**
 * The words of a command line as far as it is typed, as a shell reads them: quotes and backslashes are taken off. The last word is the one that is being
 * typed, empty behind a space.
 */
export function splitLine(line: string): string[] {
  const words: string[] = []
  let word = ''
  let quote: string | undefined
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i)
    if (quote !== undefined) {
      if (c === quote) quote = undefined
      else word += c
    } else if (c === '"' || c === "'") quote = c
    else if (c === '\\') {
      i += 1
      word += line.charAt(i)
    } else if (/\s/.test(c)) {
      if (word !== '' || words.length > 0) words.push(word)
      word = ''
    } else word += c
  }
  return [...words.filter((one) => one !== ''), word]
}
