import {parse} from 'lossless-json'
import {stringifyExact} from '../../../core/json'
import type {Delivery} from '../../platform'
import type {LogEvent} from './event-store'

/**
 * The log event of a delivery: the event's text at the moment of delivery, or, where an input transformer has made it, the `message` and
 * `timestamp` that it holds. A message that is no text is kept as JSON text. Undefined where the transformer made something else.
 */
export function toLogEvent({body, event}: Delivery, now: number): LogEvent | undefined {
  if (event === undefined) return {timestamp: now, message: body, ingestedAt: now}
  const made = jsonOf(body)
  if (typeof made !== 'object' || made === null || !('timestamp' in made && 'message' in made))
    return undefined
  const timestamp = toMilliseconds(made.timestamp)
  const message = typeof made.message === 'string' ? made.message : stringifyExact(made.message)
  return timestamp === undefined || message === '' ? undefined : {timestamp, message, ingestedAt: now}
}

/** Milliseconds since 1970, as a number or text of one, or an ISO time. */
function toMilliseconds(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value : stringifyExact(value)
  const milliseconds = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text)
  return milliseconds >= 0 ? milliseconds : undefined
}

/** A template of several texts, one a line, makes no JSON. */
function jsonOf(body: string): unknown {
  try {
    return parse(body)
  } catch {
    return undefined
  }
}
