import type {Now} from '../../core/clock'
import type {TimeRange} from '../../core/time'
import type {Pattern} from '../../pattern/pattern'
import {RuleSet} from '../../pattern/rule-set'
import type {PublishEntry, PublishItem, Rejection} from '../../publish/put-entry'
import type {InputElement} from '../input-element'
import {parseElement, type ParseOptions} from '../parse-element'

/** Which events are sent again, and how fast. */
export interface AgainOptions extends ParseOptions {
  /** By the time in the envelope; all where it is absent. */
  range?: TimeRange | undefined
  pattern: Pattern
  /** Times the speed at which they came; as fast as can be where it is absent. */
  speed?: number | undefined
}

export interface AgainPorts {
  now: Now
  sleep: (delayMs: number) => Promise<void>
}

/**
 * Stored events as entries to send again, in the order in which they are stored; those out of range, or that the pattern does not
 * match, are passed over. An event without an `eventId` is rejected with `NO_EVENT_ID`: it gets a new id from the bus, and reports would count
 * it once more.
 */
export async function* eventsAgain(
  elements: AsyncIterable<InputElement>,
  options: AgainOptions,
  ports: AgainPorts,
): AsyncGenerator<PublishItem> {
  const rules = RuleSet.compile([{key: 0, pattern: options.pattern}])
  const waitForTurn = originalTiming(options.speed, ports)
  for await (const element of elements) {
    const item = parseElement(element, options)
    if ('code' in item) {
      yield item
      continue
    }
    const at = item.entry.Time?.getTime()
    if (!isIn(options.range, at) || rules.match(element.text).length === 0) continue
    await waitForTurn(at)
    yield hasEventId(item) ? item : withoutId(item)
  }
}

function isIn(range: TimeRange | undefined, at: number | undefined): boolean {
  return range === undefined || (at !== undefined && at >= range.from && at < range.to)
}

/** Waits until it is an event's turn by the pauses between them as they were, at `speed` times their pace. */
function originalTiming(
  speed: number | undefined,
  {now, sleep}: AgainPorts,
): (at: number | undefined) => Promise<void> {
  let first: {at: number; sentAt: number} | undefined
  return async (at) => {
    if (speed === undefined || at === undefined) return
    first ??= {at, sentAt: now()}
    const waitMs = first.sentAt + (at - first.at) / speed - now()
    if (waitMs > 0) await sleep(waitMs)
  }
}

function hasEventId({entry}: PublishEntry): boolean {
  const {eventId} = JSON.parse(entry.Detail) as {eventId?: unknown}
  return typeof eventId === 'string' && eventId !== ''
}

function withoutId({entry, position}: PublishEntry): Rejection {
  const message = 'It has no eventId, so that reports would count it twice.'
  return {code: 'NO_EVENT_ID', message, position, entry}
}
