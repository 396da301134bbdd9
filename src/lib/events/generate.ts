import type {PublishEntry} from '../publish/put-entry'
import type {SampleOptions} from '../usage-event/samples'
import {sampleUsageEvents} from '../usage-event/samples'

export interface GenerateOptions extends SampleOptions {
  source: string
  detailType: string
}

/** Invented usage events as entries to publish, made as they are asked for. The same seed and options give the same. */
export function* generateEntries(options: GenerateOptions): Generator<PublishEntry> {
  let number = 0
  for (const event of sampleUsageEvents(options)) {
    number += 1
    yield {
      entry: {
        Source: options.source,
        DetailType: options.detailType,
        Detail: JSON.stringify(event),
        Time: new Date(event.occurredAt ?? options.from),
      },
      position: `event ${number}`,
    }
  }
}
