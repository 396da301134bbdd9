import type {Decimal} from '../core/money'
import type {Bucket} from './buckets'
import {builtInMeters, holdsOn, none} from './price-plan'
import type {Customer, Meter, PricePlan} from './price-plan'
import type {Reading} from './readings'

/** What events say of one customer and plan in one bucket. */
export interface Usage {
  /** As the events name them. */
  customerId: string
  plan: string
  /** Place in the list of buckets. */
  bucket: number
  calls: bigint
  units: Decimal
  /** By meter; those that are built in need none. */
  readings: ReadonlyMap<string, readonly Reading[]>
}

/** One customer on one plan: the buckets in which it is on it, and its usage in them. */
export interface Account {
  customerId: string
  plan: string
  customer: Customer | undefined
  /** By place in the list of buckets. */
  usage: Map<number, Usage[]>
}

/** The customer's id by which it is billed. */
export function billedId(pricePlan: PricePlan, customerId: string): string {
  return pricePlan.aliases.get(customerId) ?? customerId
}

/** The plan of a customer on a date, where the price plan says it: `(none)` outside of its dates. Undefined: the events say it. */
function assignedPlan(customer: Customer | undefined, date: string): string | undefined {
  if (customer?.plans === undefined) return undefined
  return customer.plans.find((dated) => holdsOn(dated, date))?.plan ?? none
}

/**
 * Who is billed on which plan, and when. A customer that the price plan puts on a plan is on it with and without usage; any other is on the plan
 * that its events name, for the whole of each month in which they name it.
 */
export function accountsOf(
  pricePlan: PricePlan,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
): Account[] {
  const accounts = new Map<string, Account>()
  const accountOf = (customerId: string, plan: string): Account => {
    const key = JSON.stringify([customerId, plan])
    const customer = pricePlan.customers.get(customerId)
    const account = accounts.get(key) ?? {customerId, plan, customer, usage: new Map<number, Usage[]>()}
    accounts.set(key, account)
    return account
  }
  for (const customer of pricePlan.customers.values()) {
    buckets.forEach((bucket, place) => {
      const plan = assignedPlan(customer, bucket.date)
      if (plan !== undefined && plan !== none) accountOf(customer.id, plan).usage.set(place, [])
    })
  }
  const months = new Map<Account, Set<string>>()
  for (const one of usage) {
    const customerId = billedId(pricePlan, one.customerId)
    const bucket = buckets[one.bucket]
    if (!bucket) continue
    const assigned = assignedPlan(pricePlan.customers.get(customerId), bucket.date)
    const account = accountOf(customerId, assigned ?? one.plan)
    if (assigned === undefined) {
      const stayed = months.get(account) ?? new Set()
      months.set(account, stayed)
      // There can be as many rows of usage as there are days, of as many buckets.
      if (!stayed.has(bucket.month)) stayForMonth(account, buckets, bucket.month)
      stayed.add(bucket.month)
    }
    const own = account.usage.get(one.bucket)
    if (own) own.push(one)
    else account.usage.set(one.bucket, [one])
  }
  return [...accounts.values()]
}

function stayForMonth(account: Account, buckets: readonly Bucket[], month: string): void {
  buckets.forEach((bucket, place) => {
    if (bucket.month === month && !account.usage.has(place)) account.usage.set(place, [])
  })
}

/** What a meter measured in each of them. */
export function readingsOf(usage: readonly Usage[], meter: Meter): Reading[] {
  return usage.flatMap((one): readonly Reading[] => {
    if (builtInMeters.includes(meter))
      return [{value: meter.name === 'calls' ? String(one.calls) : one.units}]
    return one.readings.get(meter.name) ?? []
  })
}
