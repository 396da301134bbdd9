import {readFile} from 'node:fs/promises'
import {OpError, messageOf} from '../core/errors'
import type {Pattern} from '../pattern/pattern'
import {readPattern} from '../pattern/read-pattern'

/**
 * The pattern that `--pattern JSON|@FILE` means, checked before anything is called. Throws `PATTERN_FILE` where the file
 * cannot be read, `BAD_PATTERN` with line and column where EventBridge would refuse the pattern, and `PATTERN_TOO_LONG` (all usage).
 */
export async function patternOfArgument(argument: string): Promise<Pattern> {
  return readPattern(await patternTextOfArgument(argument))
}

/** The text that `JSON|@FILE` means, unchecked. Throws `PATTERN_FILE` (usage). */
export async function patternTextOfArgument(argument: string): Promise<string> {
  return argument.startsWith('@') ? patternTextOf(argument.slice(1)) : argument
}

/** The text of a file that holds a pattern, unchecked. Throws `PATTERN_FILE` (usage). */
export async function patternTextOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').trimEnd()
  } catch (error) {
    throw new OpError('usage', 'PATTERN_FILE', `The pattern cannot be read: ${messageOf(error)}.`, {
      hint: 'Give the pattern itself, or @ and the name of a file with it.',
      cause: error,
    })
  }
}
