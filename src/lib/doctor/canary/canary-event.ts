import {formatTime} from '../../core/time'
import type {PutEntry} from '../../publish/put-entry'
import type {RoadSettings} from '../../road/settings'
import type {UsageEvent} from '../../usage-event/types'

/** A usage event that no report counts: `test` is set. `eventId` is its own, so that it can be found again. */
export function canaryEvent(eventId: string, now: number): UsageEvent {
  return {
    eventId,
    occurredAt: formatTime(now),
    service: {name: 'usage-tracker-doctor'},
    api: {operation: 'Canary', method: 'GET', route: '/canary'},
    test: true,
  }
}

/** The same as an entry of PutEvents. */
export function canaryEntry({source, detailType}: RoadSettings, event: UsageEvent): PutEntry {
  return {Source: source, DetailType: detailType, Detail: JSON.stringify(event)}
}
