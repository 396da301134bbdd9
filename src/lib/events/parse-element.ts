import type {PublishItem, PutEntry, Rejection} from '../publish/put-entry'
import type {InputElement} from './input-element'
import {rawMember, toOneLine} from './raw-member'

export interface ParseOptions {
  /** `Source` of an element that is a usage event. */
  source: string
  /** `DetailType` of an element that is a usage event. */
  detailType: string
  /** Name or ARN of the bus that is sent to. */
  bus: string
  /** Checks a detail; answers its problems. Absent: the contract is not checked. */
  validate?: ((detail: unknown) => string[]) | undefined
  /** The input may end too early, as a pipe does whose writer dies: what cannot be read at its end is left to a later run. */
  mayBeCut?: boolean | undefined
}

type JsonObject = Readonly<Record<string, unknown>>

/** What is wrong with an element, as a code and a sentence. */
interface Problem {
  code: string
  message: string
}

interface Parsed {
  entry: PutEntry
  detail: JsonObject
}

/**
 * Turns an element of the input into an entry of PutEvents. Its keys tell what it is: `detail-type` with `detail` an
 * EventBridge event, any of `Detail`, `DetailType`, `Source` a PutEvents entry, everything else a usage event, which is the
 * detail. A detail is passed on as the text that it is. What cannot be sent comes back as a rejection with one of
 * `NOT_JSON`, `NOT_AN_OBJECT`, `MISSING_MEMBER`, `BAD_MEMBER`, `OTHER_BUS`, `BREAKS_CONTRACT`, `TOO_LONG`, `INPUT_DAMAGED`.
 */
export function parseElement(element: InputElement, options: ParseOptions): PublishItem {
  const cut = options.mayBeCut && element.isLast ? {isLeft: true as const} : {}
  if (element.problem)
    return {...rejection(element, {code: element.problem, message: element.message ?? ''}), ...cut}
  const value = parseObject(element.text)
  if ('problem' in value) return {...rejection(element, value.problem), ...cut}
  const parsed = parseByKeys(element.text, value.object, options)
  if ('code' in parsed) return rejection(element, parsed)
  const problems = options.validate?.(parsed.detail) ?? []
  if (problems.length === 0) return {entry: parsed.entry, position: element.position}
  return {
    ...rejection(element, {code: 'BREAKS_CONTRACT', message: `${problems.join('; ')}.`}),
    original: undefined,
    entry: parsed.entry,
  }
}

function rejection(element: InputElement, problem: Problem): Rejection {
  return {...problem, position: element.position, original: element.text}
}

function parseByKeys(text: string, object: JsonObject, options: ParseOptions): Parsed | Problem {
  if ('detail-type' in object && 'detail' in object) return fromEvent(text, object)
  if ('Detail' in object || 'DetailType' in object || 'Source' in object) return fromEntry(object, options)
  const entry: PutEntry = {Source: options.source, DetailType: options.detailType, Detail: toOneLine(text)}
  setTime(entry, object['occurredAt'])
  return {entry, detail: object}
}

/** An EventBridge event, as a rule delivers it. What the bus sets by itself (id, account, region) is left out. */
function fromEvent(text: string, event: JsonObject): Parsed | Problem {
  const {source, detail, time, resources} = event
  const detailType = event['detail-type']
  if (typeof source !== 'string' || source === '') return missing('source')
  if (typeof detailType !== 'string' || detailType === '') return missing('detail-type')
  if (!isObject(detail)) return {code: 'BAD_MEMBER', message: 'detail is not a JSON object.'}
  const entry: PutEntry = {Source: source, DetailType: detailType, Detail: rawMember(text, 'detail') ?? '{}'}
  return withOptional(entry, detail, time, resources)
}

function fromEntry(object: JsonObject, options: ParseOptions): Parsed | Problem {
  const {Source, DetailType, Detail, Time, Resources, TraceHeader, EventBusName} = object
  if (typeof Source !== 'string' || Source === '') return missing('Source')
  if (typeof DetailType !== 'string' || DetailType === '') return missing('DetailType')
  if (typeof Detail !== 'string' || Detail === '') return missing('Detail')
  if (EventBusName !== undefined && !isSameBus(EventBusName, options.bus)) {
    return {
      code: 'OTHER_BUS',
      message: `EventBusName is ${JSON.stringify(EventBusName)}, but this run sends to ${options.bus}.`,
    }
  }
  const detail = parseObject(Detail)
  if ('problem' in detail) return {code: 'BAD_MEMBER', message: 'Detail is not a JSON object in a string.'}
  const entry: PutEntry = {Source, DetailType, Detail}
  if (typeof TraceHeader === 'string') entry.TraceHeader = TraceHeader
  return withOptional(entry, detail.object, Time, Resources)
}

function withOptional(
  entry: PutEntry,
  detail: JsonObject,
  time: unknown,
  resources: unknown,
): Parsed | Problem {
  if (time !== undefined && time !== null) {
    const date = toDate(time)
    if (!date) return {code: 'BAD_MEMBER', message: `${JSON.stringify(time)} is not a time.`}
    entry.Time = date
  }
  if (resources !== undefined && resources !== null) {
    if (!isStrings(resources))
      return {code: 'BAD_MEMBER', message: 'The resources are not a list of strings.'}
    if (resources.length > 0) entry.Resources = resources
  }
  return {entry, detail}
}

function missing(member: string): Problem {
  return {code: 'MISSING_MEMBER', message: `${member} is missing or is not a string.`}
}

function parseObject(text: string): {object: JsonObject} | {problem: Problem} {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = `It is not JSON: ${error instanceof Error ? error.message : 'it cannot be parsed'}.`
    return {problem: {code: 'NOT_JSON', message}}
  }
  if (isObject(value)) return {object: value}
  return {problem: {code: 'NOT_AN_OBJECT', message: 'It is JSON, but not an object.'}}
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isSameBus(name: unknown, bus: string): boolean {
  return typeof name === 'string' && bareBusName(name) === bareBusName(bus)
}

function bareBusName(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf(':event-bus/') + 1).replace(/^event-bus\//, '')
}

/** `occurredAt` becomes the envelope's time where it is a time; a detail with another one is sent without. */
function setTime(entry: PutEntry, occurredAt: unknown): void {
  const date = typeof occurredAt === 'string' ? toDate(occurredAt) : undefined
  if (date) entry.Time = date
}

/** ISO-8601 text with a zone (or a bare date), or seconds since 1970 as AWS writes times in JSON. */
function toDate(time: unknown): Date | undefined {
  if (typeof time === 'number') return validDate(new Date(time * 1000))
  if (typeof time !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d.*(Z|[+-]\d\d:?\d\d))?$/i.test(time))
    return undefined
  return validDate(new Date(time))
}

function validDate(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date
}
