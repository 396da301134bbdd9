import type {Readable} from 'node:stream'
import type {S3Client} from '@aws-sdk/client-s3'
import {OpError} from '../core/errors'
import type {InputElement} from '../events/input-element'
import {openInput} from '../events/open-input'
import {splitInput} from '../events/split-input'
import {parseS3Address, storedEvents, type StoredEvents} from '../events/stored-events'

/** Where events may come from. */
export interface EventPorts {
  stdin: Readable & {isTTY?: boolean}
  signal: AbortSignal
  /** Called only where a bucket is read. */
  s3: () => Promise<S3Client>
  /** The command that names an input, for a person who named none. */
  hint: string
}

/** Where events come from, opened. */
export interface EventInput {
  elements: AsyncIterable<InputElement>
  /** For events of a bucket: what was read and what was left out so far. */
  counts?: StoredEvents['counts']
}

/**
 * Opens a file, standard input (`-`, or where nothing is named, unless it is a terminal) or the objects under `s3://BUCKET/PREFIX`;
 * `s3` gives the client and is called for those alone. Throws `NO_INPUT`, `INPUT_NOT_READABLE` and `BAD_S3_ADDRESS` (usage).
 */
export async function openEvents(file: string | undefined, from: EventPorts): Promise<EventInput> {
  if (file === undefined && from.stdin.isTTY) {
    throw new OpError(
      'usage',
      'NO_INPUT',
      'There are no events to read: name a FILE (- for standard input) or s3://BUCKET/PREFIX.',
      {hint: from.hint},
    )
  }
  const place = file === undefined ? undefined : parseS3Address(file)
  if (place) return storedEvents(await from.s3(), place, from.signal)
  const chunks = await openInput(file ?? '-', from.stdin, from.signal)
  return {elements: splitInput(chunks)}
}
