import {readFile} from 'node:fs/promises'
import {OpError, messageOf} from '../core/errors'
import {parsePattern} from '../pattern/parse-pattern'

/**
 * The pattern that `--pattern JSON|@FILE` means, checked before anything is called. Throws `PATTERN_FILE` (usage) where the file
 * cannot be read, and `BAD_PATTERN` (usage) with line and column where EventBridge would refuse the pattern.
 */
export async function patternOfArgument(argument: string | undefined): Promise<string | undefined> {
  if (argument === undefined) return undefined
  const text = argument.startsWith('@') ? await textOf(argument.slice(1)) : argument
  parsePattern(text)
  return text
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new OpError('usage', 'PATTERN_FILE', `The pattern cannot be read: ${messageOf(error)}.`, {
      hint: 'Give the pattern itself, or @ and the name of a file with it.',
      cause: error,
    })
  }
}
