import {readFile} from 'node:fs/promises'
import {OpError, messageOf} from '../core/errors'

/** The text that `TEXT|@FILE` means, as it is. Throws `TEXT_FILE` (usage) naming the flag where the file cannot be read. */
export async function textOfArgument(argument: string, flag: string): Promise<string> {
  if (!argument.startsWith('@')) return argument
  try {
    return (await readFile(argument.slice(1), 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw new OpError('usage', 'TEXT_FILE', `The file of ${flag} cannot be read: ${messageOf(error)}.`, {
      hint: 'Give the text itself, or @ and the name of a file with it.',
      cause: error,
    })
  }
}
