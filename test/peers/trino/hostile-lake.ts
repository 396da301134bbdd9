import {join} from 'node:path'
import {Random} from '../event-ruler/random'
import {hostileEvents} from './events'
import type {Roads} from './roads'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A road whose stream writes Parquet, and one whose stream wrote JSON lines before it did. */
export const regions = {parquet: 'eu-west-1', changed: 'eu-west-2'} as const

const eventCount = 3000
const deliveries = 6

/** What the endpoint's clock shows at first: late in the evening five days ago, so that arrivals lie on both sides of midnight. */
export function firstArrival(now: number): number {
  return Math.floor(now / dayMs) * dayMs - 5 * dayMs + 21 * hourMs
}

/** Fills both roads with the same events, which claim times from a day before `from` to a day after, in several deliveries. */
export async function fillRoads(roads: Roads, from: number): Promise<void> {
  await roads.bind(regions.parquet, 'parquet')
  await roads.bind(regions.changed, 'json')
  const events = hostileEvents(new Random(1), from - dayMs, 48, eventCount)
  const share = eventCount / deliveries
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    if (delivery === deliveries / 2) await roads.bind(regions.changed, 'parquet')
    const records = events.slice(delivery * share, (delivery + 1) * share)
    for (const region of Object.values(regions)) await roads.put(region, records)
    await roads.endpoint.flush()
    await roads.endpoint.advance(2 * hourMs)
  }
}

/** Words of commands that ask the lake: every report over several ranges and with its options. */
export function commandsOf(from: number): string[][] {
  const time = (ms: number) => new Date(ms).toISOString()
  const range = (start: number, end: number) => ['--from', time(start), '--to', time(end)]
  const whole = range(from - 2 * dayMs, from + 3 * dayMs)
  const midnight = Math.ceil(from / dayMs) * dayMs
  const ranges = [
    whole,
    range(midnight - dayMs, midnight),
    range(midnight, midnight + hourMs),
    range(from + 12_345, from + 3 * hourMs + 1),
    range(from + 20 * dayMs, from + 21 * dayMs),
  ]
  const features = [
    [],
    ['--include-test'],
    ['--limit', '1'],
    ['--limit', '4', '--include-test'],
    ['--limit', '1000'],
  ]
  const conditions = [
    [],
    ['e-17', 'e-1', '00000000-0000-4000-8000-000000000002', 'é-1', 'nowhere', "o'hara"],
    ['--customer', 'customer-0001'],
    ['--customer', "o'hara", '--feature', 'payments'],
    ['--user', 'ü'],
    ['--service', 'ünï-api'],
    ['--feature', '\uffee', '--customer', '日本'],
    ['--customer', 'customer-0003 '],
  ]
  const compared = [
    ['bottlenecks'],
    ['customers', '--at-risk', '10'],
    ...['feature', 'customer', 'service', 'route', 'operation'].map((by) => [
      'trending',
      '--by',
      by,
      '--min-calls',
      '1',
    ]),
  ]
  const billed = ['report', 'billing', '--prices', join(__dirname, 'prices.yaml')]
  return [
    ...ranges.map((words) => [...billed, '--by', 'meter', '--json', ...words]),
    [...billed, '--by', 'day', '--json', ...whole],
    [...billed, '--invoice', 'customer-0001', '--drill', '1', '--json', ...whole],
    ...ranges.map((words) => ['report', 'billing', '--json', ...words]),
    // The month before the events is closed, so that the next one looks for what came late.
    [...billed, '--month', 'last', '--close', '--yes', '--json'],
    [...billed, '--month', 'this', '--json'],
    [...billed, '--as-of', new Date(midnight).toISOString(), '--json', ...whole],
    ...ranges.map((words) => ['report', 'features', '--json', ...words]),
    ...features.map((words) => ['report', 'features', '--json', ...whole, ...words]),
    ...ranges.flatMap((words) => compared.map((report) => ['report', ...report, '--json', ...words])),
    ...compared.map((report) => ['report', ...report, '--json', '--include-test', ...whole]),
    ...conditions.map((words) => ['events', 'find', ...words, ...whole]),
    ...ranges.slice(1).map((words) => ['events', 'find', ...words]),
  ]
}
