import {Random} from '../event-ruler/random'
import {hostileEvents} from './events'
import type {Roads} from './roads'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A lake that is bound and nothing more, and one with its view over compacted and raw events. Both hold raw tables of both forms. */
export const regions = {bare: 'eu-west-1', made: 'eu-west-2'} as const

const eventCount = 1200
const deliveries = 4

/** What the endpoint's clock shows at first: late in the evening five days ago, so that arrivals lie on both sides of midnight. */
export function firstArrival(now: number): number {
  return Math.floor(now / dayMs) * dayMs - 5 * dayMs + 21 * hourMs
}

/** The first and the last day on which objects arrive, `YYYY-MM-DD`. */
export function arrivalDays(from: number): [string, string] {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  return [day(from), day(from + deliveries * 2 * hourMs)]
}

/**
 * Fills both lakes with the same events, which claim times from a day before `from` to a day after, in several deliveries: half of them lines of JSON,
 * half Parquet. The last one of the lake that is made stays uncompacted.
 */
export async function fillLakes(roads: Roads, from: number): Promise<void> {
  const events = hostileEvents(new Random(1), from - dayMs, 48, eventCount)
  const share = eventCount / deliveries
  for (const region of Object.values(regions)) await roads.bind(region, 'json')
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    if (delivery === deliveries / 2) {
      for (const region of Object.values(regions)) await roads.bind(region, 'parquet')
      await roads.must(regions.made, 'lake', 'init', '--yes')
    }
    if (delivery === deliveries - 1) await roads.must(regions.made, 'lake', 'compact')
    const records = events.slice(delivery * share, (delivery + 1) * share)
    for (const region of Object.values(regions)) await roads.put(region, records)
    await roads.endpoint.flush()
    await roads.endpoint.advance(2 * hourMs)
  }
}
