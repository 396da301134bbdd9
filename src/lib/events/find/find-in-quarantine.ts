import type {S3Client} from '@aws-sdk/client-s3'
import {layout} from '../../road/layout'
import {storedEventsUnder} from '../stored-events'
import type {FoundEvent} from './found-event'

/** A line of quarantine, as compaction keeps it. */
interface QuarantinedLine {
  reason?: string
  position?: string
  object?: string
  text?: string
}

/**
 * Looks for ids in lines of raw objects that are no events: such a line cannot be read, so an id is found wherever it stands in it. Throws what S3
 * refuses.
 */
export async function* findInQuarantine(
  s3: S3Client,
  {bucket, signal}: {bucket: string; signal: AbortSignal},
  ids: ReadonlySet<string>,
): AsyncGenerator<FoundEvent> {
  const {elements} = storedEventsUnder(s3, {bucket, prefixes: [layout.quarantineFolder]}, signal)
  for await (const element of elements) {
    const line = parseLine(element.text)
    for (const id of [...ids].filter((one) => line?.text?.includes(JSON.stringify(one)) === true)) {
      yield {
        hop: 'quarantine',
        eventId: id,
        place: `s3://${bucket}/${element.position.replace(/, [^,]*$/, '')}`,
        reason: `${line?.position ?? 'a line'} of ${line?.object ?? 'a raw object'} is no event: ${line?.reason ?? ''}`,
      }
    }
  }
}

function parseLine(text: string): QuarantinedLine | undefined {
  try {
    return JSON.parse(text) as QuarantinedLine
  } catch {
    return undefined
  }
}
