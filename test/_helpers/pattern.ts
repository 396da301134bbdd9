import {parsePattern, PatternError} from '../../src/lib/pattern/parse-pattern'
import type {Pattern} from '../../src/lib/pattern/pattern'

/** The pattern that a text is, or undefined where EventBridge would refuse it. Any other error is thrown. */
export function tryParse(text: string): Pattern | undefined {
  try {
    return parsePattern(text)
  } catch (error) {
    if (error instanceof PatternError) return undefined
    throw error
  }
}
