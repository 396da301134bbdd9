/** How many letters must be changed, added or left out to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** Up to five of the names that could have been meant, the nearest first: those that hold the word, then those a few letters away. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const word = wanted.toLowerCase()
  const ranked = [...new Set(names)].map((name) => {
    const other = name.toLowerCase()
    const holds = other.includes(word) || word.includes(other)
    return {name, rank: holds ? 0 : distance(word, other)}
  })
  const farthest = Math.max(2, Math.floor(wanted.length / 3))
  return ranked
    .filter(({rank}) => rank <= farthest)
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map(({name}) => name)
}
