/** Number of letters to change, add, drop or swap with their neighbour to make `b` out of `a`. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: b.length + 1}, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(beforeLast, j - 2) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/** The candidate that was probably meant: at most a third of the letters differ, or it begins with what was written. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map((candidate) => ({candidate, score: distance(written.toLowerCase(), candidate.toLowerCase())}))
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
  const best = scored[0]
  if (best && best.score <= Math.max(1, Math.floor(Math.max(written.length, best.candidate.length) / 3)))
    return best.candidate
  return written.length >= 3 ? candidates.find((candidate) => candidate.startsWith(written)) : undefined
}
