import {LosslessNumber} from 'lossless-json'
import {stringifyExact} from '../../../src/lib/core/json'
import {Random} from '../event-ruler/random'

const hourMs = 3_600_000

/** What stands where a time should, `at` being the moment meant (milliseconds since 1970). */
const timeForms: readonly ((at: Date, random: Random) => unknown)[] = [
  (at) => at.toISOString(),
  (at) => at.toISOString().replace(/\.\d+/, ''),
  (at, random) => at.toISOString().replace('Z', `${random.pick(['123', '999', '500', '4999', '5000'])}Z`),
  (at, random) => offset(at, random.pick([120, -330, 840, -720, 345, 60])),
  (at) => at.toISOString().replace('Z', ''),
  (at) => at.toISOString().replace(/:\d\d\.\d+/, ''),
  (at) => at.toISOString().slice(0, 10),
  (at) => at.toISOString().replace('T', ' '),
  (at) => at.toISOString().toLowerCase(),
  (at) => ` ${at.toISOString()}`,
  (at) => at.toISOString().replace('Z', '+0200'),
  (at) => at.toISOString().replace('Z', '+02'),
  (at) => at.toISOString().replace('Z', '+25:00'),
  (at) => at.toISOString().replace('Z', 'Europe/Paris'),
  (at) => at.toISOString().replace('.', ','),
  (at) => at.toISOString().replace(/T\d\d:\d\d:\d\d/, 'T24:00:00'),
  (at) => at.toISOString().replace(/:\d\d\./, ':60.'),
  (at) => at.toISOString().replace(/-\d\dT/, '-31T'),
  (at) => at.toISOString().replace(/-\d\d-/, '-02-'),
  (at) => `0${at.toISOString()}`,
  (at) => Math.trunc(at.getTime() / 1000),
  () => 'soon',
  () => '',
  () => null,
  () => '٢٠٢٦-11-01T10:20:30Z',
]

const quantities: readonly string[] = [
  ...[
    '1',
    '1',
    '1',
    '2',
    '3',
    '10',
    '0',
    '0.5',
    '0.25',
    '1.000000001',
    '0.000000001',
    '0.123456789',
    '0.1234567891',
    '0.0000000005',
    '0.0000000004',
    '1e3',
    '1E-9',
    '1.5e2',
    '-1',
    '-0.5',
    '-0',
    '100000000000000000000',
    '12345678901234567890.123456789',
    '999999999999999999.999999999',
    '1e18',
    '1e29',
    '1e400',
    '0.1',
    '0.2',
    '0.3',
  ],
]
const quantityTexts: readonly string[] = [
  '7',
  ' 7 ',
  '+5',
  '.5',
  '5.',
  '1e3',
  'NaN',
  'Infinity',
  '',
  'many',
  '1,000',
  '0x10',
  '1_000',
  '٧',
  '1.5.5',
  '--1',
  '1d',
  'null',
]

const sources = ['my-applications', 'my-applications', 'my-applications', 'other', 'ünïcode', '']
const customers = [
  'customer-0001',
  'customer-0001',
  'customer-0002',
  'customer-0003',
  'Customer-0003',
  'customer-0003 ',
  'é',
  'e\u0301',
  '日本',
  '😀',
  '\uffee',
  "o'hara",
  'a"b',
  'a\\b',
  'tab\there',
  'line\nbreak',
  '(none)',
  '(others)',
  '',
  null,
]
const plans = ['free', 'pro', 'pro', 'PRO', 'enterprise', '(none)', '', null]
const features = [
  'payments',
  'payments',
  'orders',
  'search',
  'Search',
  'search ',
  'médias',
  '😀',
  '\uffee',
  '(others)',
  '(none)',
  '',
  null,
]
const users = ['u-1', 'u-2', 'u-3', 'U-1', 'ü', '', null]
const methods = ['GET', 'GET', 'POST', 'get', '', null]
const routes = ['/payments/{id}', '/payments/{id}', '/orders', '/ünï', '', null]
const operations = ['getPayment', 'listOrders', 'é', '', null]
const instances = ['i-1', 'i-1', 'i-2', 'ü', '', null]
const services = ['payments-api', 'orders-api', 'ünï-api', '', null]

/** EventBridge events as a stream holds them, each a line of JSON: `count` of them within `hours` from `from` on. */
export function hostileEvents(random: Random, from: number, hours: number, count: number): string[] {
  const events: Record<string, unknown>[] = []
  for (let number = 0; number < count; number += 1) {
    const earlier = events.length > 0 && random.chance(0.2) ? random.pick(events) : undefined
    events.push(
      earlier ? copyOf(earlier, random, from + number * 1000, number) : newEvent(random, from, hours, number),
    )
  }
  return events.map((event) => stringifyExact(event))
}

function newEvent(random: Random, from: number, hours: number, number: number): Record<string, unknown> {
  const moment = () => new Date(from + random.between(0, hours * hourMs))
  return withoutAbsent({
    version: '0',
    id: random.chance(0.97)
      ? `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
      : random.pick(['', null, undefined, 'é']),
    'detail-type': 'api-usage-event',
    source: random.pick(sources),
    account: '000000000000',
    time: random.chance(0.9)
      ? moment().toISOString().replace(/\.\d+/, '')
      : random.pick(timeForms)(moment(), random),
    region: 'eu-west-1',
    resources: random.pick([[], ['arn:aws:x:::y'], ['', 'é', null], null]),
    detail: detail(random, moment(), number),
  })
}

function detail(random: Random, at: Date, number: number): Record<string, unknown> {
  return withoutAbsent({
    eventId: random.chance(0.9) ? `e-${number}` : random.pick(['', null, undefined, `é-${number % 7}`]),
    occurredAt: random.chance(0.5)
      ? at.toISOString()
      : random.chance(0.2)
        ? undefined
        : random.pick(timeForms)(at, random),
    service: random.pick([undefined, null, {name: random.pick(services), instance: random.pick(instances)}]),
    sequence: random.pick([undefined, null, number, number, 1_000 - number, -3, 9_223_372_036_854_775_807n]),
    api: random.pick([
      undefined,
      null,
      ...Array<object>(6).fill({
        method: random.pick(methods),
        route: random.pick(routes),
        operation: random.pick(operations),
      }),
    ]),
    feature: random.pick([undefined, ...features]),
    customer: random.pick([
      undefined,
      null,
      ...Array<object>(8).fill({id: random.pick(customers), plan: random.pick(plans)}),
    ]),
    user: random.pick([undefined, null, {id: random.pick(users)}, {id: random.pick(users)}]),
    response: random.pick([
      undefined,
      null,
      {},
      {status: random.pick([200, 200, 201, 399, 400, 404, 500, null])},
    ]),
    durationMs: random.pick([undefined, null, 0, 12.5, 1e-7, 3, 250, 1e4, 0.0005, 0.0015, 1234567.891]),
    quantity: quantity(random),
    test: random.pick([undefined, undefined, undefined, null, false, true]),
    attributes: random.pick([undefined, null, {}, {Region: 'eu', n: '1'}]),
    ...unnamed(number),
  })
}

/** Fields that the contract does not name, which a compaction makes columns of: of each type, nested, and with values that no type but text holds. */
function unnamed(number: number): Record<string, unknown> {
  const pick = (values: readonly unknown[]) => values[number % values.length]
  return {
    tenant: pick(['t-1', 'é', '', undefined, null]),
    retryCount: pick([0, 7, -1, undefined, 9007199254740991]),
    ratio: pick([1, 0.5, 1e-7, undefined]),
    Cached: pick([true, false, undefined]),
    code: pick([5, 'x', true, 2.5]),
    billing: pick([{regionCode: 'eu'}, {}, null, undefined, {REGIONcode: 'us'}]),
    tags: pick([['a', 'é'], [], [null, ''], undefined, null]),
    levels: pick([[1, 2], [0.5], undefined]),
  }
}

function quantity(random: Random): unknown {
  if (random.chance(0.2)) return random.pick([undefined, null])
  return random.chance(0.1) ? random.pick(quantityTexts) : new LosslessNumber(random.pick(quantities))
}

/**
 * The same event once more: as the bus delivered it twice, with the id that it gave; as a producer that retried sent it; or with something else in
 * it, sent anew too, for the bus never gives one id to two events.
 */
function copyOf(
  event: Record<string, unknown>,
  random: Random,
  at: number,
  number: number,
): Record<string, unknown> {
  if (random.chance(0.2)) return event
  const copy = {...event, id: `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`}
  if (random.chance(0.3)) return copy
  const changed = random.pick<Record<string, unknown>>([
    {quantity: quantity(random)},
    {customer: {id: random.pick(customers), plan: random.pick(plans)}},
    {occurredAt: new Date(at).toISOString()},
    {feature: random.pick(features)},
    {test: true},
  ])
  return {...copy, detail: {...(event['detail'] as object), ...changed}}
}

function withoutAbsent(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** The same moment by a clock that is so many minutes ahead of UTC. */
function offset(at: Date, minutes: number): string {
  const sign = minutes < 0 ? '-' : '+'
  const [hour, minute] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().replace('Z', '')
  return `${local}${sign}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
