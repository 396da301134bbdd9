import {isJsonObject, own, type JsonObject} from './json-object'
import type {Shape} from './shape'

/** What is known of one kind of event: its shape and, for EventBridge events, the source and detail type as the events carry them. */
export interface EventModel {
  /** Both are there for an EventBridge event; both are missing for any other JSON document. */
  source?: string | undefined
  detailType?: string | undefined
  /** The title of a document that is no EventBridge event, `Event` unless given: letters, digits, `.`, `-`, `_`. */
  title?: string | undefined
  /** The shape of the whole event, envelope included. */
  shape: Shape
}

/** Source and detail type of a parsed EventBridge event (`source`, `detail-type`, an object as `detail`); undefined for anything else. */
export function eventKind(event: unknown): {source: string; detailType: string} | undefined {
  const source = own(event, 'source')
  const detailType = own(event, 'detail-type')
  if (typeof source !== 'string' || typeof detailType !== 'string' || !isJsonObject(own(event, 'detail')))
    return undefined
  return {source, detailType}
}

/** What the bus puts around a detail. EventBridge fills these members for every event; what they hold is without effect on the schema. */
const envelope = {version: '0', id: '', account: '', time: '1970-01-01T00:00:00Z', region: ''}

/**
 * The event that EventBridge would make of an entry of PutEvents (`Source`, `DetailType` and `Detail`, all text); undefined for
 * anything else, also where the detail is no JSON object.
 */
export function eventOfEntry(entry: JsonObject): JsonObject | undefined {
  const {Source: source, DetailType: detailType, Detail: detailText, Resources: resources} = entry
  if (typeof source !== 'string' || typeof detailType !== 'string' || typeof detailText !== 'string')
    return undefined
  try {
    const detail: unknown = JSON.parse(detailText)
    if (!isJsonObject(detail)) return undefined
    return {...envelope, 'detail-type': detailType, source, resources: resources ?? [], detail}
  } catch {
    return undefined
  }
}
