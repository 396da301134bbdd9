import {OpError} from '../core/errors'
import {parsePattern, patternLengthLimit} from './parse-pattern'
import type {Pattern} from './pattern'

/** Refuses a pattern that is longer than EventBridge takes. Throws `PATTERN_TOO_LONG` (usage). */
export function checkPatternLength(text: string): void {
  if (text.length <= patternLengthLimit) return
  throw new OpError(
    'usage',
    'PATTERN_TOO_LONG',
    `The event pattern has ${text.length} characters; EventBridge takes ${patternLengthLimit}.`,
    {
      hint: 'Leave out white space, replace long lists by prefix or wildcard, or make two rules of it.',
    },
  )
}

/**
 * Reads a pattern that is to become a rule's: valid, and short enough. Throws PatternError (`BAD_PATTERN`) with line and
 * column, and `PATTERN_TOO_LONG` (both usage).
 */
export function readPattern(text: string): Pattern {
  const pattern = parsePattern(text)
  checkPatternLength(text)
  return pattern
}
