import type {Account, Usage} from './accounts'
import type {Bucket} from './buckets'
import {holdsOn} from './price-plan'
import type {Charge, Discount, Plan} from './price-plan'
import type {Share} from './price-units'

/** A stretch of a month in which one customer has one plan, with the same prices and discounts. It is priced by itself. */
export interface Part {
  month: string
  from: number
  to: number
  days: number
  monthDays: number
  charges: readonly Charge[]
  discounts: readonly Discount[]
  usage: readonly Usage[]
}

/** Prices and discounts that hold together. */
interface Terms {
  charges: readonly Charge[]
  discounts: readonly Discount[]
}

/** The terms of each bucket; where nothing changes from one to the next they are the same object. */
type TermsByBucket = readonly Terms[]

/** Makes the parts of accounts. The terms of customers without discounts of their own are looked for once for each plan. */
export function partMaker(buckets: readonly Bucket[]): (account: Account, plan: Plan | undefined) => Part[] {
  const known = new Map<Plan | undefined, TermsByBucket>()
  return (account, plan) => {
    const own = account.customer?.discounts ?? []
    const terms = (own.length === 0 ? known.get(plan) : undefined) ?? termsOf(plan, own, buckets)
    if (own.length === 0) known.set(plan, terms)
    return partsOf(account, terms, buckets)
  }
}

function termsOf(
  plan: Plan | undefined,
  own: readonly Discount[],
  buckets: readonly Bucket[],
): TermsByBucket {
  const discounts = [...(plan?.discounts ?? []), ...own]
  let last: Terms | undefined
  return buckets.map(({date}) => {
    const next: Terms = {
      charges: (plan?.charges ?? []).filter((charge) => holdsOn(charge, date)),
      discounts: discounts.filter((discount) => holdsOn(discount, date)),
    }
    const isSame =
      last && isSameList(last.charges, next.charges) && isSameList(last.discounts, next.discounts)
    last = last && isSame ? last : next
    return last
  })
}

/** The parts of an account, in the order of time. */
function partsOf(account: Account, termsByBucket: TermsByBucket, buckets: readonly Bucket[]): Part[] {
  const parts: {part: Part; terms: Terms; usage: Usage[]}[] = []
  const places = [...account.usage.keys()].sort((a, b) => a - b)
  for (const place of places) {
    const [bucket, terms] = [buckets[place], termsByBucket[place]]
    if (!bucket || !terms) continue
    const {month, from, to, days, monthDays} = bucket
    const usage = account.usage.get(place) ?? []
    const last = parts[parts.length - 1]
    if (last && last.terms === terms && last.part.to === from && last.part.month === month) {
      last.part.to = to
      last.part.days += days
      last.usage.push(...usage)
    } else {
      const own = [...usage]
      parts.push({part: {month, from, to, days, monthDays, ...terms, usage: own}, terms, usage: own})
    }
  }
  return parts.map(({part}) => part)
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

/** The share of the month for which what is owed by the month counts. */
export function shareOfMonth(
  {days, monthDays}: {days: number; monthDays: number},
  proration: 'days' | 'none',
): Share {
  return proration === 'none' ? {part: 1, whole: 1} : {part: days, whole: monthDays}
}
