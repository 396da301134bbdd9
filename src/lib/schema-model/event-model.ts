import {isJsonObject, own} from './json-object'
import type {Shape} from './shape'

/** What is known of one kind of event: its shape and, for EventBridge events, the source and detail type as the events carry them. */
export interface EventModel {
  /** Both are there for an EventBridge event; both are missing for any other JSON document. */
  source?: string | undefined
  detailType?: string | undefined
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
