/** A literal text inside of a wildcard. */
function escaped(text: string): string {
  return text.replace(/[*\\]/g, '\\$&')
}

/**
 * The match expression for texts that begin with `text`. EventBridge sees a text with its quotes, and would take a prefix that
 * ends in a quote for the whole text as well; a wildcard it does not.
 */
export function prefixTest(text: string): object {
  return text.endsWith('"') ? {wildcard: `${escaped(text)}*`} : {prefix: text}
}

/** The same for texts that end with `text`. */
export function suffixTest(text: string): object {
  return text.startsWith('"') ? {wildcard: `*${escaped(text)}`} : {suffix: text}
}

/** The beginnings that satisfy one of `a` and one of `b`: of two that go together the longer one. */
export function intersectPrefixes(a: readonly string[], b: readonly string[]): string[] {
  const longer = (texts: readonly string[], others: readonly string[]): string[] =>
    texts.filter((text) => others.some((other) => text.startsWith(other)))
  return [...new Set([...longer(a, b), ...longer(b, a)])]
}

/** The same for endings. */
export function intersectSuffixes(a: readonly string[], b: readonly string[]): string[] {
  const longer = (texts: readonly string[], others: readonly string[]): string[] =>
    texts.filter((text) => others.some((other) => text.endsWith(other)))
  return [...new Set([...longer(a, b), ...longer(b, a)])]
}

/** Texts that begin with one and end with the other: any in which the two stand apart, and the few in which they overlap. */
function bothOf(prefix: string, suffix: string): (object | string)[] {
  const overlaps: string[] = []
  for (let length = 1; length <= Math.min(prefix.length, suffix.length); length++) {
    if (prefix.endsWith(suffix.slice(0, length))) overlaps.push(prefix + suffix.slice(length))
  }
  return [{wildcard: `${escaped(prefix)}*${escaped(suffix)}`}, ...overlaps]
}

/** Alternatives for texts that begin with one of `prefixes` and end with one of `suffixes`. */
export function affixTests(prefixes: readonly string[], suffixes: readonly string[]): (object | string)[] {
  return prefixes.flatMap((prefix) => suffixes.flatMap((suffix) => bothOf(prefix, suffix)))
}
