import type {Decimal, Rounding} from '../core/money'
import type {Where} from '../core/where'

/** How the events of a meter become one number. `latest` is the value of the last event by billing time, then by arrival. */
export type Aggregate = 'count' | 'sum' | 'max' | 'unique' | 'latest'

/** What is measured of a customer's events. */
export interface Meter {
  name: string
  aggregate: Aggregate
  /** From the root of the event: `detail.quantity`. Undefined for a count. */
  field?: string | undefined
  /** An event is measured where all of them hold. */
  where: readonly Where[]
}

/** Days on which something holds, `YYYY-MM-DD` in the plan's time zone: from `from` on, before `to`. */
export interface Dates {
  from?: string | undefined
  to?: string | undefined
}

/** One tier of a scale: units up to and with `upTo`; the last one has no bound. */
export interface Tier {
  upTo?: Decimal | undefined
  pricePerUnit: Decimal
  /** Owed once where a unit falls into the tier. */
  flatFee: Decimal
}

/** What units cost. `graduated`: each at the price of the tier it falls into; `volume`: all at the price of the last one's tier. */
export type Price =
  | {model: 'per-unit'; pricePerUnit: Decimal}
  | {model: 'graduated'; tiers: readonly Tier[]}
  | {model: 'volume'; tiers: readonly Tier[]}
  | {model: 'package'; packageSize: Decimal; pricePerPackage: Decimal}

/** A fee of each month, or the price of a meter's units. */
export type Charge = Dates & {name: string} & (
    {kind: 'fee'; amount: Decimal} | {kind: 'usage'; meter: string; included: Decimal; price: Price}
  )

/** Comes off charges of the days on which it holds: a percentage, or an amount a month. */
export interface Discount extends Dates {
  reason: string
  percent?: Decimal | undefined
  amount?: Decimal | undefined
  /** Comes off this meter's charges alone. */
  meter?: string | undefined
}

export interface Plan {
  name: string
  currency: string
  /** Decimals of an amount: the currency's minor units unless the file says otherwise. */
  decimals: number
  charges: readonly Charge[]
  discounts: readonly Discount[]
  /** Owed for each month at least. */
  minimum?: Decimal | undefined
  /** Owed for each month at most. */
  cap?: Decimal | undefined
}

/** Given back once, in the month of its date. */
export interface Credit {
  date: string
  amount: Decimal
  currency: string
  reason: string
}

/** A customer that the price plan names. */
export interface Customer {
  id: string
  name?: string | undefined
  aliases: readonly string[]
  billable: boolean
  /** The plans that it is on, and when. Undefined: the plan that each event names. */
  plans?: readonly (Dates & {plan: string})[] | undefined
  discounts: readonly Discount[]
  credits: readonly Credit[]
}

/** What usage costs. */
export interface PricePlan {
  /** The file it was read from, as messages name it. */
  file: string
  /** What stands in that file: a closed month keeps it. */
  text: string
  currency: string
  decimals: number
  rounding: Rounding
  /** Where months and days begin: a name of the IANA database. */
  timezone: string
  /** `days`: what counts per month counts for the share of its days; `none`: it counts whole for every part of a month. */
  proration: 'days' | 'none'
  /** The file's own and the two built-in ones. */
  meters: ReadonlyMap<string, Meter>
  plans: ReadonlyMap<string, Plan>
  /** For usage on a plan that `plans` does not name. */
  defaultPlan?: Plan | undefined
  customers: ReadonlyMap<string, Customer>
  /** The customer's id, by alias. */
  aliases: ReadonlyMap<string, string>
}

/** What every price plan can price without saying how it is measured: the two figures that each row of the bill has. */
export const builtInMeters: readonly Meter[] = [
  {name: 'calls', aggregate: 'count', where: []},
  {name: 'units', aggregate: 'sum', field: 'detail.quantity', where: []},
]

/** In place of a customer or plan that nothing names. */
export const none = '(none)'

/** The plan of that name, else the default; undefined where nothing prices it. */
export function planNamed(pricePlan: PricePlan, name: string): Plan | undefined {
  return pricePlan.plans.get(name) ?? pricePlan.defaultPlan
}

/** Whether something holds on a date. */
export function holdsOn({from, to}: Dates, date: string): boolean {
  return (from === undefined || from <= date) && (to === undefined || date < to)
}

/** Whether what a meter measures is a level (seats, stored bytes), owed for the time that it lasts, and not a flow that adds up. */
export function isLevel(meter: Meter): boolean {
  return meter.aggregate === 'max' || meter.aggregate === 'unique' || meter.aggregate === 'latest'
}

/** Prices nothing: what a bill is made with where no price plan is given. */
export const noPrices: PricePlan = {
  file: '',
  text: '',
  currency: '',
  decimals: 0,
  rounding: 'half-up',
  timezone: 'UTC',
  proration: 'days',
  meters: new Map(builtInMeters.map((meter) => [meter.name, meter])),
  plans: new Map(),
  customers: new Map(),
  aliases: new Map(),
}
