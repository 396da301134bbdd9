/**
 * Whether a text is like a pattern of IAM: `*` is any run of characters, `?` any one. Takes time in proportion to the two
 * lengths multiplied, whatever the pattern.
 */
export function isLike(pattern: string, text: string): boolean {
  let starAt = -1
  let resumeAt = 0
  let p = 0
  for (let t = 0; t < text.length;) {
    const wanted = pattern[p]
    if (wanted === '*') {
      starAt = p++
      resumeAt = t
    } else if (wanted === '?' || wanted === text[t]) {
      p++
      t++
    } else if (starAt >= 0) {
      p = starAt + 1
      t = ++resumeAt
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(p))
}
