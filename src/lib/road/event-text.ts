import {stringifyExact} from '../core/json'
import {formatTime} from '../core/time'
import type {RoadSettings} from './settings'
import type {UsageEvent} from '../usage-event/types'

/** A usage event as the bus hands it to its rules, JSON text. */
export function eventText(settings: RoadSettings, detail: UsageEvent, now: number): string {
  return stringifyExact({
    version: '0',
    id: detail.eventId,
    'detail-type': settings.detailType,
    source: settings.source,
    account: settings.accountId,
    time: `${formatTime(now).slice(0, 19)}Z`,
    region: settings.region,
    resources: [],
    detail,
  })
}
