import {addDecimals, compareDecimals} from '../../core/money'
import type {Decimal} from '../../core/money'
import {accountsOf} from '../../pricing/accounts'
import type {Usage} from '../../pricing/accounts'
import {billOf} from '../../pricing/bill'
import type {AccountBill} from '../../pricing/bill'
import type {Bucket} from '../../pricing/buckets'
import type {PricePlan} from '../../pricing/price-plan'
import {sumLike} from '../sum-like'
import {inOrder} from './bill-rows'
import type {BillRow} from './bill-rows'

/** The buckets of one month, and its usage by their places. */
interface Month {
  buckets: Bucket[]
  usage: Usage[]
}

/**
 * The bill split by day: one row per customer, plan and day, in the order of `bills`, which are those of the whole range. A day's amount is what the bill grew by on it, so that days add
 * up to the bill: fees stand on the day on which they begin, and a tier is reached on the day on which it is. What a month costs depends on no
 * other one, so each day is billed with the days before it in its month.
 */
export function dayRows(
  pricePlan: PricePlan,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
  bills: readonly AccountBill[],
): BillRow[] {
  const byAccount = new Map<string, BillRow[]>()
  const charged = new Map<string, Decimal>()
  for (const month of monthsOf(buckets, usage)) {
    const onDays = usageByDay(pricePlan, month)
    let before = new Map<string, AccountBill>()
    for (const [day, until] of daysOf(month)) {
      const soFar = month.usage.filter(({bucket}) => bucket <= until)
      const known = billOf(pricePlan, month.buckets, soFar, until)
      for (const bill of known) {
        const key = keyOf(bill)
        const amount = grown(bill, before.get(key)?.amount, charged.get(key))
        const row = dayRow(bill, day, onDays.get(`${day} ${key}`) ?? [], amount)
        if (row) pushTo(byAccount, key, row)
      }
      before = new Map(known.map((bill) => [keyOf(bill), bill]))
    }
    for (const [key, {amount, lines}] of before) {
      if (amount !== undefined && lines.length > 0) charged.set(key, amount)
    }
  }
  return inOrder(bills).flatMap((bill) => byAccount.get(keyOf(bill)) ?? [])
}

function monthsOf(buckets: readonly Bucket[], usage: readonly Usage[]): Month[] {
  const months = new Map<string, Month>()
  const placed = buckets.map((bucket) => {
    const month = months.get(bucket.month) ?? {buckets: [], usage: []}
    months.set(bucket.month, month)
    return {month, place: month.buckets.push(bucket) - 1}
  })
  for (const one of usage) {
    const own = placed[one.bucket]
    own?.month.usage.push({...one, bucket: own.place})
  }
  return [...months.values()]
}

/** Its days, each with the place of its last bucket. */
function daysOf({buckets}: Month): Map<string, number> {
  return new Map(buckets.map(({date}, place) => [date, place]))
}

/** The usage of each day and account. */
function usageByDay(pricePlan: PricePlan, {buckets, usage}: Month): Map<string, Usage[]> {
  const found = new Map<string, Usage[]>()
  for (const account of accountsOf(pricePlan, buckets, usage)) {
    for (const [place, own] of account.usage) {
      for (const one of own) pushTo(found, `${buckets[place]?.date ?? ''} ${keyOf(account)}`, one)
    }
  }
  return found
}

function pushTo<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function keyOf({customerId, plan}: {customerId: string; plan: string}): string {
  return JSON.stringify([customerId, plan])
}

/**
 * By how much a bill has grown since the day `before`, or the beginning of the month. Usage without a price adds nothing to a bill that was `charged` in another
 * month; without such there is no amount.
 */
function grown(
  {amount}: AccountBill,
  before: Decimal | undefined,
  charged: Decimal | undefined,
): Decimal | undefined {
  if (amount !== undefined) return sumLike(amount, [amount, negative(before ?? '0')])
  return charged === undefined ? undefined : sumLike(charged, [])
}

function dayRow(
  {customerId, plan, currency}: AccountBill,
  day: string,
  usage: readonly Usage[],
  amount: Decimal | undefined,
): BillRow | undefined {
  const calls = usage.reduce((sum, one) => sum + one.calls, 0n)
  if (calls === 0n && (amount === undefined || compareDecimals(amount, 0n) === 0)) return undefined
  const units = addDecimals(usage.map((one) => one.units))
  return {customerId, plan, day, calls, units, amount, currency}
}

function negative(value: Decimal): Decimal {
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}
