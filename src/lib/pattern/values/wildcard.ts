const star = '*'

interface Reading {
  /** What stands between the stars, in order; one more than there are stars. */
  literals: string[]
  /** In AWS's words; positions count the opening quote that it puts in front. */
  problem: string | undefined
}

function read(pattern: string): Reading {
  const literals: string[] = []
  let literal = ''
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index)
    const following = pattern.charAt(index + 1)
    if (character === star) {
      if (following === star) {
        return {literals, problem: `Consecutive wildcard characters at pos ${bytePosition(pattern, index)}`}
      }
      literals.push(literal)
      literal = ''
      continue
    }
    if (character === '\\') {
      if (following !== star && following !== '\\') {
        return {literals, problem: `Invalid escape character at pos ${bytePosition(pattern, index)}`}
      }
      index++
    }
    literal += character === '\\' ? following : character
  }
  return {literals: [...literals, literal], problem: undefined}
}

/** AWS counts bytes of UTF-8, from the quote before the pattern. */
function bytePosition(pattern: string, index: number): number {
  return Buffer.byteLength(pattern.slice(0, index), 'utf8') + 1
}

/** What is wrong with a wildcard, in AWS's words; undefined when nothing is. */
export function checkWildcard(pattern: string): string | undefined {
  return read(pattern).problem
}

/** The literal texts between the stars of a valid wildcard, escapes resolved: `a*b\**` gives `a`, `b*` and ``. */
export function wildcardLiterals(pattern: string): string[] {
  return read(pattern).literals
}

/**
 * A test for a wildcard, given the texts between its stars. Each middle text is taken at its first place after the one
 * before; that never misses a match, so nothing is tried twice and the time is about the length of the value.
 */
export function wildcardTest(literals: readonly string[]): (value: string) => boolean {
  const head = literals[0] ?? ''
  if (literals.length === 1) return (value) => value === head
  const tail = literals.at(-1) ?? ''
  const middle = literals.slice(1, -1).filter((literal) => literal !== '')
  const shortest = head.length + tail.length
  return (value) => {
    if (value.length < shortest || !value.startsWith(head) || !value.endsWith(tail)) return false
    const end = value.length - tail.length
    let from = head.length
    for (const literal of middle) {
      const found = value.indexOf(literal, from)
      if (found < 0) return false
      from = found + literal.length
    }
    return from <= end
  }
}
