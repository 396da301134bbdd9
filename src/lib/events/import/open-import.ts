import {readFile} from 'node:fs/promises'
import type {Readable} from 'node:stream'
import {OpError, messageOf} from '../../core/errors'
import type {PublishItem} from '../../publish/put-entry'
import type {RoadSettings} from '../../road/settings'
import {openInput} from '../open-input'
import {importLog} from './import-log'
import {parseMapping} from './mapping'

/** An access log that is open; `items` reads it. */
export interface ImportSource {
  items: (settings: Pick<RoadSettings, 'source' | 'detailType'>) => AsyncIterable<PublishItem>
}

/**
 * Opens an access log (`-` is standard input) and reads the mapping file, before anything is asked of the service. Throws
 * `INPUT_NOT_READABLE` and `BAD_MAPPING` (usage).
 */
export async function openImport(
  file: string,
  mappingFile: string | undefined,
  stdin: Readable,
  signal: AbortSignal,
): Promise<ImportSource> {
  const mapping =
    mappingFile === undefined ? {} : await parseMapping(await mappingText(mappingFile), mappingFile)
  const chunks = await openInput(file, stdin, signal)
  return {items: ({source, detailType}) => importLog(chunks, {source, detailType, mapping})}
}

async function mappingText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new OpError('usage', 'INPUT_NOT_READABLE', `${file} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}
