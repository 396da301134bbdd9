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

/** The parts of an account, in the order of time. `plan` is undefined where nothing prices it. */
export function partsOf(account: Account, plan: Plan | undefined, buckets: readonly Bucket[]): Part[] {
  const discounts = [...(plan?.discounts ?? []), ...(account.customer?.discounts ?? [])]
  const parts: Part[] = []
  const places = [...account.usage.keys()].sort((a, b) => a - b)
  for (const place of places) {
    const bucket = buckets[place]
    if (!bucket) continue
    const {month, from, to, days, monthDays, date} = bucket
    const next: Part = {
      ...{month, from, to, days, monthDays},
      charges: (plan?.charges ?? []).filter((charge) => holdsOn(charge, date)),
      discounts: discounts.filter((discount) => holdsOn(discount, date)),
      usage: account.usage.get(place) ?? [],
    }
    const last = parts[parts.length - 1]
    if (last && goesOn(last, next)) parts[parts.length - 1] = joined(last, next)
    else parts.push(next)
  }
  return parts
}

function goesOn(last: Part, next: Part): boolean {
  return (
    last.to === next.from &&
    last.month === next.month &&
    isSameList(last.charges, next.charges) &&
    isSameList(last.discounts, next.discounts)
  )
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

function joined(last: Part, next: Part): Part {
  return {...last, to: next.to, days: last.days + next.days, usage: [...last.usage, ...next.usage]}
}

/** The share of the month for which what is owed by the month counts. */
export function shareOfMonth(
  {days, monthDays}: {days: number; monthDays: number},
  proration: 'days' | 'none',
): Share {
  return proration === 'none' ? {part: 1, whole: 1} : {part: days, whole: monthDays}
}
