import type {Leaf} from '../values/leaf'
import {cut, shownText} from './shown-value'

/** Longer texts are not looked at. */
const textLimit = 2000

function withType({kind, text}: Leaf): string {
  if (kind === 'string') return `the text ${shownText(text)}`
  return `the ${kind === 'number' ? 'number' : 'value'} ${cut(text)}`
}

/** In what alone two texts differ, if it is something that is easily overlooked. */
function smallDifference(a: string, b: string): string | undefined {
  if (a.toLowerCase() === b.toLowerCase()) return 'in case'
  if (a.trim() === b.trim()) return 'by white space at the ends'
  if (a.trim().toLowerCase() === b.trim().toLowerCase()) return 'in case and by white space at the ends'
  if (a.normalize('NFKC') === b.normalize('NFKC')) return 'in how its characters are encoded'
  const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '')
  return visible(a) === visible(b) ? 'by characters that cannot be seen' : undefined
}

/** Whether values of different types are written alike, or stand for the same number. */
function isSameOtherwise(seen: Leaf, wanted: Leaf): boolean {
  const text = seen.text.trim()
  if (text.toLowerCase() === wanted.text.trim().toLowerCase()) return true
  const areNumbers = seen.kind !== 'literal' && wanted.kind !== 'literal' && text !== ''
  return areNumbers && Number(text) === Number(wanted.text)
}

/**
 * The slip by which the value seen is not the one that would have matched, as words that follow the name of the field:
 * another type, another case, white space at the ends. Undefined where they differ in more than that.
 */
export function describeSlip(seen: Leaf, wanted: Leaf): string | undefined {
  if (seen.text.length > textLimit || wanted.text.length > textLimit) return undefined
  if (seen.kind !== wanted.kind) {
    return isSameOtherwise(seen, wanted)
      ? `is ${withType(seen)}, which is not ${withType(wanted)}`
      : undefined
  }
  if (seen.kind !== 'string' || seen.text === wanted.text) return undefined
  const difference = smallDifference(seen.text, wanted.text)
  if (difference === undefined) return undefined
  return `is ${shownText(seen.text)}, which differs from ${shownText(wanted.text)} only ${difference}`
}
