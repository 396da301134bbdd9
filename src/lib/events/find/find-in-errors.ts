import type {S3Client} from '@aws-sdk/client-s3'
import {storedEventsUnder} from '../stored-events'
import type {FoundEvent} from './found-event'
import {idsIn} from './ids-in'

/** A line of Firehose's error objects (developer guide, "Handling errors for data format conversion"). */
interface ErrorLine {
  rawData?: unknown
  arrivalTimestamp?: unknown
  lastErrorCode?: unknown
  lastErrorMessage?: unknown
}

/** Looks for events in what Firehose could not write: the objects under the error prefix. Throws what S3 refuses. */
export async function* findInErrors(
  s3: S3Client,
  {bucket, prefix, signal}: {bucket: string; prefix: string; signal: AbortSignal},
  ids: ReadonlySet<string>,
): AsyncGenerator<FoundEvent> {
  const {elements} = storedEventsUnder(s3, {bucket, prefixes: [prefix]}, signal)
  for await (const {text, position} of elements) {
    const line = parseLine(text)
    const raw = typeof line?.rawData === 'string' ? Buffer.from(line.rawData, 'base64').toString() : ''
    const found = idsIn(raw, ids)
    if (!found || !line) continue
    const at = Number(line.arrivalTimestamp)
    yield {
      hop: 'stream-errors',
      ...found,
      place: `s3://${bucket}/${position.replace(/, [^,]*$/, '')}`,
      ...(at > 0 ? {arrivedAt: new Date(at).toISOString()} : {}),
      reason: [line.lastErrorCode, line.lastErrorMessage]
        .filter((part) => typeof part === 'string')
        .join(': '),
      text: raw.trim(),
    }
  }
}

function parseLine(text: string): ErrorLine | undefined {
  try {
    return JSON.parse(text) as ErrorLine
  } catch {
    return undefined
  }
}
