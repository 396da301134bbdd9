import {readFile} from 'node:fs/promises'
import type {Readable} from 'node:stream'
import {text} from 'node:stream/consumers'
import {messageOf, OpError} from '../core/errors'

/** The text of a query: of a file, or of standard input (`-`). Throws `INPUT_NOT_READABLE` (usage). */
export async function readQuery(file: string, stdin: Readable): Promise<string> {
  try {
    const query = file === '-' ? await text(stdin) : await readFile(file, 'utf8')
    return query.replace(/^\uFEFF/, '')
  } catch (error) {
    throw new OpError('usage', 'INPUT_NOT_READABLE', `${file} cannot be read: ${messageOf(error)}.`, {
      hint: 'Name a file with one query, or give it on standard input: report run -',
      cause: error,
    })
  }
}
