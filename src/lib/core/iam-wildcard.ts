/**
 * True when `text` matches a pattern of IAM: `*` is any run of characters, `?` any one. Runs in time proportional to the two
 * lengths multiplied, whatever the pattern, so a hostile policy cannot stall anything.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resumeAt = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p
      resumeAt = t
      p += 1
    } else if (p < pattern.length && (pattern[p] === '?' || toLiteral(pattern[p]) === text[t])) {
      p += 1
      t += 1
    } else if (star >= 0) {
      p = star + 1
      resumeAt += 1
      t = resumeAt
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** ARNs match part by part: the five parts before the resource each by themselves (IAM user guide, "ARN condition operators"). */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = splitArn(pattern)
  const seen = splitArn(arn)
  return wanted.length === seen.length && wanted.every((part, n) => matchesWildcard(part, seen[n] ?? ''))
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts
}

/** Private characters that stand in a pattern for the character itself, where it would else be a wildcard. */
export const literals: Readonly<Record<string, string>> = {'\ue000': '*', '\ue001': '?'}

function toLiteral(character: string | undefined): string | undefined {
  return character === undefined ? undefined : (literals[character] ?? character)
}
