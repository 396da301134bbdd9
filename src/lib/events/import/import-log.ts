import type {PublishItem, Rejection} from '../../publish/put-entry'
import type {InputElement} from '../input-element'
import {splitLines} from '../split-lines'
import {LineIdentity} from './line-identity'
import type {LogLine} from './log-line/log-line'
import {LineReader} from './log-line/line-reader'
import type {Mapping} from './mapping'
import {toUsageEvent} from './to-usage-event'

/** The code of a line that is none of an access log. */
export const badLineCode = 'BAD_LINE'

export interface ImportOptions {
  source: string
  detailType: string
  mapping: Mapping
}

/**
 * The lines of an access log, in any of the formats of `LineReader`, as usage events to publish, each with an `eventId` that is
 * the same at every import of the same log. Lines that cannot be read come as rejections of the code `BAD_LINE`, with their text.
 */
export async function* importLog(
  chunks: AsyncIterable<string>,
  options: ImportOptions,
): AsyncGenerator<PublishItem> {
  const identity = new LineIdentity()
  const reader = new LineReader(options.mapping.names)
  for await (const element of splitLines(chunks)) {
    const line = element.problem ? undefined : reader.read(element.text)
    if (line === 'none') continue
    if (!line) yield badLine(element)
    else yield toItem(line, element, identity.next(element.text), options)
  }
}

function toItem(line: LogLine, element: InputElement, eventId: string, options: ImportOptions): PublishItem {
  const event = toUsageEvent(line, eventId, options.mapping)
  const {source: Source, detailType: DetailType} = options
  const entry = {Source, DetailType, Detail: JSON.stringify(event), Time: new Date(line.at)}
  return {entry, position: element.position}
}

function badLine(element: InputElement): Rejection {
  return {
    code: element.problem ?? badLineCode,
    message: element.message ?? 'It is not a line of an access log in a known format, or it was cut short.',
    position: element.position,
    original: element.text,
  }
}
