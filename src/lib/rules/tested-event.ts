import {OpError} from '../core/errors'
import {stringifyExact} from '../core/json'
import type {InputElement} from '../events/input-element'
import {parseElement} from '../events/parse-element'
import type {PutEntry} from '../publish/put-entry'

/** An event to hold against patterns. */
export interface TestedEvent {
  /** Where it stood in the input: `line 12` or `element 3`. */
  position: string
  /** The whole event, JSON text with its numbers as they were written. */
  text: string
}

/** What the bus puts around a detail. What is not known is left out, so that no pattern matches something invented. */
export interface EnvelopeFacts {
  source: string
  detailType: string
  accountId?: string | undefined
  region?: string | undefined
  /** For the service, which tests no event without an id and a time. */
  id?: string | undefined
  time?: Date | undefined
}

/** Members that a usage event must have: none of them is one of the envelope's. */
const usageEventKeys = ['eventId', 'service', 'api']
const entryKeys = ['Detail', 'DetailType', 'Source']
const eventKeys = ['detail', 'detail-type', 'source']

/**
 * The event that an element of the input means. An EventBridge event is taken as it is, also where members are missing, and
 * so is any other object; a PutEvents entry and a usage event alone get the envelope that the bus would put around them.
 * Throws `BAD_EVENT` (usage) with the place of what cannot be read.
 */
export function toTestedEvent(element: InputElement, facts: EnvelopeFacts): TestedEvent {
  const {position, text} = element
  const keys = element.problem === undefined ? keysOf(text) : undefined
  const isEvent = keys !== undefined && eventKeys.some((key) => keys.has(key))
  const isBare = keys !== undefined && [...entryKeys, ...usageEventKeys].some((key) => keys.has(key))
  if (keys !== undefined && (isEvent || !isBare)) return {position, text}
  const item = parseElement(element, {...facts, bus: busOf(text)})
  if ('entry' in item && item.entry !== undefined) return {position, text: wholeEvent(item.entry, facts)}
  const reason = 'message' in item ? item.message : 'It cannot be read.'
  throw new OpError('usage', 'BAD_EVENT', `The event at ${position} cannot be tested: ${reason}`, {
    hint: 'An event is one JSON object, such as {"source": "my-applications", "detail": {}}.',
  })
}

/** The keys of a JSON object, or undefined for anything else. */
function keysOf(text: string): ReadonlySet<string> | undefined {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Set(Object.keys(value))
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The bus that an entry names: whichever it is, the event that comes of it is the same. */
function busOf(text: string): string {
  const name = (parsed(text) as {EventBusName?: unknown} | undefined)?.EventBusName
  return typeof name === 'string' ? name : ''
}

/** The event as a rule would see it; the bus would give it an id of its own, and the time of arrival where none is given. */
function wholeEvent(entry: PutEntry, {accountId, region, id, time}: EnvelopeFacts): string {
  const at = entry.Time ?? time
  const head = stringifyExact({
    version: '0',
    ...(id ? {id} : {}),
    'detail-type': entry.DetailType,
    source: entry.Source,
    ...(accountId ? {account: accountId} : {}),
    ...(at ? {time: `${at.toISOString().slice(0, 19)}Z`} : {}),
    ...(region ? {region} : {}),
    resources: entry.Resources ?? [],
  })
  return `${head.slice(0, -1)},"detail":${entry.Detail}}`
}
