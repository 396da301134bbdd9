// A market of 200 customers, made by a seed: what they have agreed to, and every event of three months as it lies in the lake. The time zone is
// Berlin's; February 2028 has a leap day, and on 26 March 2028 the clocks are put on.

/** Prices and quantities are texts: nothing here is computed with numbers that round. */
export interface MarketTier {
  upTo?: string
  pricePerUnit: string
  flatFee?: string
}

export interface MarketPrice {
  model: 'flat' | 'per-unit' | 'graduated' | 'volume' | 'package'
  meter?: string
  amount?: string
  pricePerUnit?: string
  included?: string
  tiers?: MarketTier[]
  packageSize?: string
  pricePerPackage?: string
  from?: string
  to?: string
}

export interface MarketDiscount {
  reason: string
  percent?: string
  amount?: string
  meter?: string
  from?: string
  to?: string
}

export interface MarketPlan {
  currency?: string
  prices: MarketPrice[]
  minimum?: string
  cap?: string
  discounts?: MarketDiscount[]
}

export interface MarketCustomer {
  aliases?: string[]
  plans?: {plan: string; from?: string; to?: string}[]
  billable?: boolean
  discounts?: MarketDiscount[]
  credits?: {date: string; amount: string; currency?: string; reason: string}[]
}

/** One copy of an event, as it was stored. */
export interface MarketEvent {
  path: string
  id: string
  source: string
  eventId?: string
  time: string
  occurredAt?: string
  dt: string
  customerId?: string
  plan?: string
  userId?: string
  feature?: string
  status?: number
  quantity?: string
  attributes?: Record<string, string>
  test?: boolean
}

export interface Market {
  plans: Record<string, MarketPlan>
  customers: Record<string, MarketCustomer>
  events: MarketEvent[]
}

/** The meters of the market; the naive program measures the same by hand. */
export const marketMeters = {
  exports: {
    aggregate: 'sum',
    field: 'detail.quantity',
    where: ['detail.feature = export', 'detail.response.status < 500'],
  },
  seats: {aggregate: 'unique', field: 'detail.user.id'},
  stored: {aggregate: 'max', field: 'detail.attributes.storedGb'},
  level: {aggregate: 'latest', field: 'detail.attributes.level'},
}

export const marketPlans: Record<string, MarketPlan> = {
  free: {prices: [{model: 'per-unit', meter: 'units', pricePerUnit: '0'}]},
  metered: {
    prices: [{model: 'per-unit', meter: 'units', pricePerUnit: '0.0375', included: '10'}],
    minimum: '2.50',
  },
  graduated: {
    prices: [
      {
        model: 'graduated',
        meter: 'units',
        tiers: [
          {upTo: '7', pricePerUnit: '0.31'},
          {upTo: '19.5', pricePerUnit: '0.155', flatFee: '1.01'},
          {pricePerUnit: '0.0333', flatFee: '0.5'},
        ],
      },
      {model: 'flat', amount: '4.99', to: '2028-03-10'},
      {model: 'flat', amount: '6.49', from: '2028-03-10'},
    ],
    discounts: [{reason: 'spring', percent: '12.5', from: '2028-03-20', to: '2028-04-12'}],
  },
  volume: {
    prices: [
      {
        model: 'volume',
        meter: 'calls',
        included: '2',
        tiers: [
          {upTo: '10', pricePerUnit: '0.5'},
          {upTo: '20', pricePerUnit: '0.4', flatFee: '1'},
          {pricePerUnit: '0.35'},
        ],
      },
    ],
    cap: '9',
    discounts: [{reason: 'volume', amount: '0.75', meter: 'calls'}],
  },
  package: {
    prices: [
      {model: 'package', meter: 'exports', packageSize: '5', pricePerPackage: '1.25', included: '1'},
      {model: 'per-unit', meter: 'units', pricePerUnit: '0.001'},
    ],
    minimum: '1',
    cap: '20',
  },
  levels: {
    currency: 'USD',
    prices: [
      {model: 'graduated', meter: 'seats', tiers: [{upTo: '2', pricePerUnit: '3'}, {pricePerUnit: '2.5'}]},
      {model: 'per-unit', meter: 'stored', pricePerUnit: '0.11', included: '3'},
      {
        model: 'volume',
        meter: 'level',
        tiers: [
          {upTo: '50', pricePerUnit: '0.07'},
          {pricePerUnit: '0.05', flatFee: '1'},
        ],
      },
    ],
  },
  yen: {currency: 'JPY', prices: [{model: 'per-unit', meter: 'calls', pricePerUnit: '7.5'}], minimum: '50'},
}

const dayMs = 86_400_000
const begin = Date.parse('2028-01-31T23:00:00Z')
/** Moments at which something changes in Berlin; events are put right before, on and right after them. */
const borders = [
  '2028-01-31T23:00',
  '2028-02-28T23:00',
  '2028-02-29T23:00',
  '2028-03-09T23:00',
  '2028-03-26T01:00',
  '2028-03-31T22:00',
  '2028-04-30T22:00',
].map((text) => Date.parse(`${text}:00Z`))

/** The market of a seed. */
export function makeMarket(seed: number, customerCount: number): Market {
  const random = randomOf(seed)
  const int = (n: number) => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T
  const chance = (p: number) => random() < p
  const planNames = Object.keys(marketPlans)
  const customers: Record<string, MarketCustomer> = {}
  const ids: string[][] = []
  for (let i = 0; i < customerCount; i++) {
    const id = `customer-${i}`
    const aliases = chance(0.2) ? [`${id}-eu`, `${id}-us`] : []
    ids.push([id, ...aliases])
    const isListed = aliases.length > 0 || chance(0.7)
    if (isListed) customers[id] = makeCustomer(aliases)
  }
  const events = ids.flatMap((own, i) => eventsOf(own, i))
  return {plans: marketPlans, customers, events: shuffled([...events, ...copiesOf(events)])}

  function makeCustomer(aliases: string[]): MarketCustomer {
    const plans = chance(0.75) ? datedPlans() : undefined
    return {
      ...(aliases.length > 0 && {aliases}),
      ...(plans && {plans}),
      ...(chance(0.05) && {billable: false}),
      ...(chance(0.2) && {discounts: [{reason: 'own', percent: pick(['5', '33.3', '100']), ...dates()}]}),
      ...(chance(0.3) && {
        credits: Array.from({length: 1 + int(2)}, () => ({
          date: dateOf(begin + 2 * 3_600_000 + int(90) * dayMs),
          amount: pick(['0.5', '3', '25']),
          reason: 'goodwill',
        })),
      }),
    }
  }

  function dates(): {from?: string; to?: string} {
    const from = dateOf(begin + int(60) * dayMs)
    return chance(0.5) ? {from, to: dateOf(Date.parse(from) + (2 + int(30)) * dayMs)} : {from}
  }

  /** One to three plans, one after the other; sometimes with a gap, or none after the last. */
  function datedPlans(): MarketCustomer['plans'] {
    const cuts = [...new Set([int(90), int(90)])].sort((a, b) => a - b).slice(0, int(3))
    const starts = [undefined, ...cuts.map((days) => dateOf(begin + (days + 1) * dayMs))]
    return starts.map((from, i) => {
      const next = starts[i + 1]
      const isCut = chance(0.1) && next === undefined
      return {
        plan: pick(planNames),
        ...(from !== undefined && {from}),
        ...(isCut && {to: dateOf(Date.parse(from ?? '2028-03-05') + 9 * dayMs)}),
      }
    })
  }

  function eventsOf(own: string[], index: number): MarketEvent[] {
    const eventPlan = pick([...planNames, 'unknown'])
    return Array.from({length: int(60)}, (_, n) => {
      const at = chance(0.15) ? pick(borders) + pick([-1, 0, 1, 500]) : begin - 3 * dayMs + int(96 * dayMs)
      // Most arrive within minutes, some days later and out of order.
      const late = chance(0.1) ? int(20 * dayMs) : int(900_000)
      return {
        ...arrival(at + late, `${index}-${n}`),
        source: 'market',
        ...(chance(0.97) && {eventId: `e-${index}-${n}`}),
        occurredAt: timeText(at),
        customerId: pick(own),
        plan: chance(0.9) ? eventPlan : pick(planNames),
        ...(chance(0.8) && {userId: `user-${int(6)}`}),
        feature: pick(['export', 'search', 'chat']),
        status: pick([200, 200, 200, 404, 500]),
        ...(chance(0.8) && {quantity: pick(['1', '2', '0.1', '0.333', '4.000000001', '12'])}),
        ...(chance(0.6) && {
          attributes: {storedGb: pick(['1', '2.5', '7.25', 'many']), level: String(int(120))},
        }),
        ...(chance(0.03) && {test: true}),
      }
    })
  }

  /** Second and third copies: some equal, some that differ in customer, quantity or time, which may lie in another month. */
  function copiesOf(events: readonly MarketEvent[]): MarketEvent[] {
    return events
      .filter((event) => event.eventId !== undefined && chance(0.12))
      .flatMap((event, i) =>
        Array.from({length: 1 + int(2)}, (_, n): MarketEvent => {
          const at = Date.parse(event.occurredAt ?? '')
          const moved = chance(0.4) ? at + (int(8) - 4) * dayMs : at
          return {
            ...event,
            ...arrival(at + int(5 * dayMs), `copy-${i}-${n}`),
            occurredAt: timeText(moved),
            ...(chance(0.2) && {quantity: '3'}),
            ...(chance(0.1) && {customerId: `customer-${int(customerCount)}`}),
          }
        }),
      )
  }

  function arrival(at: number, id: string): Pick<MarketEvent, 'path' | 'id' | 'time' | 'dt'> {
    const time = new Date(at).toISOString().slice(0, 19)
    const dt = time.slice(0, 10)
    return {path: `s3://b/events/dt=${dt}/hour=${time.slice(11, 13)}/o-${time}`, id, time: `${time}Z`, dt}
  }

  /** With the offset of one place or another: the moment is the same. */
  function timeText(ms: number): string {
    const minutes = pick([0, 0, 60, 120, -480, 345])
    if (minutes === 0) return new Date(ms).toISOString()
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
    const sign = minutes < 0 ? '-' : '+'
    const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1)
    return `${local}${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
  }

  function shuffled<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = int(i + 1)
      ;[list[i], list[j]] = [list[j] as T, list[i] as T]
    }
    return list
  }
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** Numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The market's price file: JSON is YAML too. */
export function priceFileOf({plans, customers}: Market): string {
  return JSON.stringify({currency: 'EUR', timezone: 'Europe/Berlin', meters: marketMeters, plans, customers})
}

/** The three months, as `--month` takes them. */
export const marketMonths = ['2028-02', '2028-03', '2028-04']
