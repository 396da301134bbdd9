import {randomUUID} from 'node:crypto'
import type {PutEventsRequestEntry} from '@aws-sdk/client-eventbridge'

/** An entry that the service does not take, as the entry's own answer. */
export interface EntryRefusal {
  ErrorCode: string
  ErrorMessage: string
}

export interface AcceptedEvent {
  id: string
  /** The event as it is delivered, in one line of JSON. */
  text: string
  /** The same, parsed, for matching. */
  parsed: Record<string, unknown>
}

const objectStart = /^\s*\{/

/** Checks one entry of PutEvents and makes the event of it. The detail's text is kept to the letter, numbers included. */
export function toEvent(
  entry: PutEventsRequestEntry,
  place: {accountId: string; region: string; now: number},
): AcceptedEvent | EntryRefusal {
  const {Source: source, DetailType: detailType, Detail: detail} = entry
  if (!source) return missing('Source')
  if (!detailType) return missing('DetailType')
  if (!detail) return missing('Detail')
  if (source.startsWith('aws.')) {
    return {ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.'}
  }
  if (detailType.length > 128) {
    return invalid('DetailType', 'DetailType must not be longer than 128 characters.')
  }
  const parsedDetail = objectStart.test(detail) ? parse(detail) : undefined
  if (parsedDetail === undefined) return {ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.'}
  return envelope({source, detailType, detail, parsedDetail}, entry, place)
}

function envelope(
  event: {source: string; detailType: string; detail: string; parsedDetail: unknown},
  entry: PutEventsRequestEntry,
  {accountId, region, now}: {accountId: string; region: string; now: number},
): AcceptedEvent {
  const id = randomUUID()
  const time = isoSeconds(entry.Time?.getTime() ?? now)
  const resources = entry.Resources ?? []
  // A raw line break in JSON can only be white space, and an event is delivered in one line.
  const detail = inOneLine(event.detail)
  const text =
    `{"version":"0","id":"${id}","detail-type":${quoted(event.detailType)},"source":${quoted(event.source)},` +
    `"account":"${accountId}","time":"${time}","region":"${region}","resources":${resources.length === 0 ? '[]' : JSON.stringify(resources)},"detail":${detail}}`
  const parsed = {
    version: '0',
    id,
    'detail-type': event.detailType,
    source: event.source,
    account: accountId,
    time,
    region,
    resources,
    detail: event.parsedDetail,
  }
  return {id, text, parsed}
}

const quotedTexts = new Map<string, string>()

/** A text as JSON. Sources and detail types are few and come again and again, so the last ones are kept. */
function quoted(text: string): string {
  let json = quotedTexts.get(text)
  if (json === undefined) {
    if (quotedTexts.size >= 1000) quotedTexts.clear()
    json = JSON.stringify(text)
    quotedTexts.set(text, json)
  }
  return json
}

function inOneLine(json: string): string {
  return json.includes('\n') || json.includes('\r') ? json.replace(/[\r\n]+/g, ' ') : json
}

let lastSecond = {second: NaN, text: ''}

/** The envelope's time has whole seconds. The last one is kept: most events of a request fall into the same second. */
function isoSeconds(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond.second) {
    lastSecond = {second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z`}
  }
  return lastSecond.text
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function missing(parameter: string): EntryRefusal {
  return invalid(parameter, `${parameter} is a required argument.`)
}

function invalid(parameter: string, reason: string): EntryRefusal {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}`,
  }
}
