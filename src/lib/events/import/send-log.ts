import {basename} from 'node:path'
import {AsideFile} from '../aside-file'
import type {SendOptions, SendOutcome, SendPorts, SendResult} from '../send'
import {sendEvents} from '../send'
import {badLineCode} from './import-log'

export interface ImportResult extends SendResult {
  /** Lines that are none of an access log; they are among `rejectedCount`. */
  badLineCount: number
  /** Set where there are such lines. */
  badLinesFile?: string
}

export interface ImportOutcome extends SendOutcome {
  result: ImportResult
}

/** `access.log.gz` -> `access.log.bad-lines`, in the current folder; standard input -> `stdin.bad-lines`. */
export function defaultBadLinesFile(file: string): string {
  return `${file === '-' ? 'stdin' : basename(file, '.gz')}.bad-lines`
}

/**
 * Sends the items of `importLog`, and keeps the lines that could not be read in `badLinesFile`, as they were. Throws what
 * `sendEvents` throws.
 */
export async function sendLog(
  ports: SendPorts,
  options: Omit<SendOptions, 'onRejected'> & {badLinesFile: string},
): Promise<ImportOutcome> {
  const badLines = await AsideFile.open(options.badLinesFile)
  let badLineCount = 0
  try {
    const outcome = await sendEvents(ports, {
      ...options,
      onRejected: async (rejection) => {
        if (rejection.code !== badLineCode) return false
        badLineCount += 1
        await badLines.writeLine(rejection.original ?? '')
        return true
      },
    })
    const badLinesFile = await badLines.close()
    const result: ImportResult = {...outcome.result, badLineCount}
    if (badLinesFile !== undefined) result.badLinesFile = badLinesFile
    return {...outcome, result}
  } catch (error) {
    await badLines.close().catch(() => undefined)
    throw error
  }
}
