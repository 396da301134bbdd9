import type {Market, MarketDiscount, MarketEvent, MarketPlan, MarketPrice, MarketTier} from './market'

// The bill of a month, as plainly as can be: day by day, event by event, in fractions of whole numbers. It shares no code with the tool, and
// nothing of its ways: no SQL, no cuts, no decimals.

/** A fraction. */
interface Q {
  n: bigint
  d: bigint
}

export interface NaiveRow {
  calls: number
  /** In billionths. */
  units: bigint
  /** In the smallest unit of the currency; undefined where nothing has a price. */
  amount?: bigint
  currency?: string
}

const zero: Q = {n: 0n, d: 1n}

function q(text: string): Q {
  const [whole = '0', fraction = ''] = text.split('.')
  return {n: BigInt(whole + fraction), d: 10n ** BigInt(fraction.length)}
}
const plus = (a: Q, b: Q): Q => ({n: a.n * b.d + b.n * a.d, d: a.d * b.d})
const minus = (a: Q, b: Q): Q => plus(a, {n: -b.n, d: b.d})
const times = (a: Q, b: Q): Q => ({n: a.n * b.n, d: a.d * b.d})
const isLess = (a: Q, b: Q): boolean => a.n * b.d < b.n * a.d
const share = (a: Q, part: number, whole: number): Q => times(a, {n: BigInt(part), d: BigInt(whole)})

/** Whole units of 1/`per`; a half goes away from zero. */
function rounded({n, d}: Q, per: bigint): bigint {
  const size = n < 0n ? -n : n
  const units = (2n * size * per + d) / (2n * d)
  return n < 0n ? -units : units
}
const inBillionths = (a: Q): Q => ({n: rounded(a, 1_000_000_000n), d: 1_000_000_000n})

/** Berlin is one hour ahead until the clocks are put on, then two. */
function berlinDate(ms: number): string {
  const hours = ms < Date.parse('2028-03-26T01:00:00Z') ? 1 : 2
  return new Date(ms + hours * 3_600_000).toISOString().slice(0, 10)
}

interface Counted {
  date: string
  at: number
  order: string
  event: MarketEvent
}

/** Of each event the copy that arrived first, tests left out. */
function counted(events: readonly MarketEvent[]): Counted[] {
  const first = new Map<string, {order: string; event: MarketEvent}>()
  for (const event of events) {
    const key = event.eventId === undefined ? `id ${event.id}` : `event ${event.source} ${event.eventId}`
    const order = `${event.path} ${event.time} ${event.id}`
    const known = first.get(key)
    if (!known || order < known.order) first.set(key, {order, event})
  }
  return [...first.values()]
    .filter(({event}) => event.test !== true)
    .map(({order, event}) => {
      const at = Date.parse(event.occurredAt ?? event.time)
      return {at, order, event, date: berlinDate(at)}
    })
}

const holds = ({from, to}: {from?: string; to?: string}, date: string): boolean =>
  (from === undefined || from <= date) && (to === undefined || date < to)

/** Amounts of every customer and plan in a month, by `customer plan`. */
export function naiveBill(market: Market, month: string): Map<string, NaiveRow> {
  const days = daysOf(month)
  const owner = new Map(
    Object.entries(market.customers).flatMap(([id, {aliases = []}]) => aliases.map((alias) => [alias, id])),
  )
  const accounts = new Map<string, {customer: string; plan: string; days: Set<string>; events: Counted[]}>()
  const account = (customer: string, plan: string) => {
    const key = `${customer} ${plan}`
    const found = accounts.get(key) ?? {customer, plan, days: new Set<string>(), events: []}
    accounts.set(key, found)
    return found
  }
  const planOn = (customer: string, date: string): string | undefined => {
    const plans = market.customers[customer]?.plans
    if (!plans) return undefined
    // A plan ends where the next one begins.
    const begun = plans.filter(({from}) => from === undefined || from <= date)
    const last = begun[begun.length - 1]
    return last && holds(last, date) ? last.plan : '(none)'
  }
  for (const customer of Object.keys(market.customers)) {
    for (const date of days) {
      const plan = planOn(customer, date)
      if (plan !== undefined && plan !== '(none)') account(customer, plan).days.add(date)
    }
  }
  for (const one of counted(market.events)) {
    if (!days.includes(one.date)) continue
    const customer = owner.get(one.event.customerId ?? '') ?? one.event.customerId ?? ''
    const agreed = planOn(customer, one.date)
    const found = account(customer, agreed ?? one.event.plan ?? '')
    if (agreed === undefined) for (const date of days) found.days.add(date)
    found.events.push(one)
  }
  const rows = new Map<string, NaiveRow>()
  const spent = new Map<string, Q>()
  // Credits go to the plan that began first, and then by name.
  const begin = (own: Set<string>) => [...own].sort()[0] ?? ''
  const inOrder = [...accounts].sort(([, a], [, b]) => {
    const [one, other] = [`${begin(a.days)} ${a.plan}`, `${begin(b.days)} ${b.plan}`]
    return one < other ? -1 : 1
  })
  for (const [key, {customer, plan, days: own, events}] of inOrder) {
    const units = events.reduce((sum, {event}) => plus(sum, q(event.quantity ?? '1')), zero)
    const row: NaiveRow = {calls: events.length, units: rounded(units, 1_000_000_000n)}
    rows.set(key, row)
    const terms = market.plans[plan]
    const who = market.customers[customer]
    if (!terms || who?.billable === false) continue
    row.currency = terms.currency ?? 'EUR'
    const per = row.currency === 'JPY' ? 1n : 100n
    const stretches = stretchesOf(
      days.filter((date) => own.has(date)),
      days,
      terms,
      who?.discounts ?? [],
    )
    let sum = stretches.reduce((total, dates) => {
      const inside = events.filter(({date}) => dates.includes(date))
      return total + stretch(terms, who?.discounts ?? [], dates, days.length, inside, per)
    }, 0n)
    const limit = (text: string) => rounded(share(q(text), own.size, days.length), per)
    if (terms.minimum !== undefined && sum < limit(terms.minimum)) sum = limit(terms.minimum)
    else if (terms.cap !== undefined && sum > limit(terms.cap)) sum = limit(terms.cap)
    for (const [i, credit] of (who?.credits ?? []).entries()) {
      if (!days.includes(credit.date) || row.currency !== 'EUR' || sum <= 0n) continue
      const id = `${customer} ${i}`
      const left = minus(q(credit.amount), spent.get(id) ?? zero)
      const used = rounded(left, per) < sum ? rounded(left, per) : sum
      spent.set(id, plus(spent.get(id) ?? zero, {n: used, d: per}))
      sum -= used
    }
    row.amount = sum
  }
  return rows
}

function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({length: count}, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
}

/** Days that follow each other under the same prices and discounts. */
function stretchesOf(
  own: readonly string[],
  days: readonly string[],
  {prices, discounts = []}: MarketPlan,
  more: readonly MarketDiscount[],
): string[][] {
  const terms = (date: string) => [...prices, ...discounts, ...more].map((one) => holds(one, date)).join()
  const stretches: string[][] = []
  for (const date of own) {
    const last = stretches[stretches.length - 1]
    const before = last?.[last.length - 1]
    const isNext = before !== undefined && days.indexOf(before) === days.indexOf(date) - 1
    if (last && isNext && terms(before) === terms(date)) last.push(date)
    else stretches.push([date])
  }
  return stretches
}

function stretch(
  {prices, discounts = []}: MarketPlan,
  more: readonly MarketDiscount[],
  dates: readonly string[],
  monthDays: number,
  events: readonly Counted[],
  per: bigint,
): bigint {
  const [date = ''] = dates
  const part = dates.length
  const lines = prices
    .filter((price) => holds(price, date))
    .map((price) => ({meter: price.meter, cents: charge(price, events, part, monthDays, per)}))
  for (const discount of [...discounts, ...more].filter((one) => holds(one, date))) {
    const of = lines
      .filter(({meter}) => discount.meter === undefined || meter === discount.meter)
      .reduce((sum, {cents}) => sum + cents, 0n)
    const percent = discount.percent === undefined ? undefined : times({n: of, d: 100n}, q(discount.percent))
    const monthly = rounded(share(q(discount.amount ?? '0'), part, monthDays), per)
    const off = percent ? rounded(percent, 1n) : monthly < of ? monthly : of < 0n ? 0n : of
    lines.push({meter: discount.meter, cents: -off})
  }
  return lines.reduce((sum, {cents}) => sum + cents, 0n)
}

/** In the smallest unit of the currency. */
function charge(
  price: MarketPrice,
  events: readonly Counted[],
  part: number,
  whole: number,
  per: bigint,
): bigint {
  if (price.model === 'flat') return rounded(share(q(price.amount ?? '0'), part, whole), per)
  const meter = price.meter ?? ''
  const units = measure(meter, events)
  // Seats and stores are owed for their days; counts and sums have bounds of their days.
  const isLevel = ['seats', 'stored', 'level'].includes(meter)
  const bound = (text: string) => (isLevel ? q(text) : inBillionths(share(q(text), part, whole)))
  const beyond = minus(units, bound(price.included ?? '0'))
  const billed = isLess(beyond, zero) ? zero : beyond
  const full = cost(price, billed, bound)
  return rounded(isLevel ? share(full, part, whole) : full, per)
}

function measure(meter: string, events: readonly Counted[]): Q {
  const numbers = (key: string) =>
    events.filter(({event}) => /^\d+(\.\d+)?$/.test(event.attributes?.[key] ?? ''))
  switch (meter) {
    case 'calls':
      return {n: BigInt(events.length), d: 1n}
    case 'units':
      return events.reduce((sum, {event}) => plus(sum, q(event.quantity ?? '1')), zero)
    case 'exports':
      return events
        .filter(({event}) => event.feature === 'export' && (event.status ?? 0) < 500)
        .reduce((sum, {event}) => plus(sum, q(event.quantity ?? '1')), zero)
    case 'seats':
      return {n: BigInt(new Set(events.flatMap(({event}) => event.userId ?? [])).size), d: 1n}
    case 'stored':
      return numbers('storedGb')
        .map(({event}) => q(event.attributes?.['storedGb'] ?? '0'))
        .reduce((most, one) => (isLess(most, one) ? one : most), zero)
    default: {
      const [last] = numbers('level').sort((a, b) => b.at - a.at || (a.order < b.order ? 1 : -1))
      return q(last?.event.attributes?.['level'] ?? '0')
    }
  }
}

function cost(price: MarketPrice, units: Q, bound: (text: string) => Q): Q {
  const {tiers = []} = price
  switch (price.model) {
    case 'package': {
      const size = q(price.packageSize ?? '1')
      const [dividend, divisor] = [units.n * size.d, units.d * size.n]
      return times({n: (dividend + divisor - 1n) / divisor, d: 1n}, q(price.pricePerPackage ?? '0'))
    }
    case 'volume': {
      const tier = tiers.find(({upTo}) => upTo === undefined || !isLess(bound(upTo), units))
      return tier ? tierCost(tier, units, bound) : zero
    }
    case 'graduated': {
      let below = zero
      let sum = zero
      for (const tier of tiers) {
        const top = tier.upTo === undefined || isLess(units, bound(tier.upTo)) ? units : bound(tier.upTo)
        sum = plus(sum, tierCost(tier, minus(top, below), bound))
        below = top
      }
      return sum
    }
    default:
      return times(units, q(price.pricePerUnit ?? '0'))
  }
}

function tierCost(tier: MarketTier, units: Q, bound: (text: string) => Q): Q {
  const fee = isLess(zero, units) ? bound(tier.flatFee ?? '0') : zero
  return plus(times(units, q(tier.pricePerUnit)), fee)
}
