import {
  addDecimals,
  compareDecimals,
  groupDigits,
  minDecimal,
  normalDecimal,
  roundDecimal,
  shareOfDecimal,
  subtractDecimals,
} from '../core/money'
import type {Decimal} from '../core/money'
import {dateAt} from '../core/zone'
import {accountsOf} from './accounts'
import type {Account, Usage} from './accounts'
import type {BillLine} from './bill-line'
import type {Bucket} from './buckets'
import {chargePart, daysWords} from './charge-part'
import {partMaker, shareOfMonth} from './parts'
import type {Part} from './parts'
import {planNamed} from './price-plan'
import type {Credit, Plan, PricePlan} from './price-plan'

/** Usage of a stretch of a month for which there is no line. */
export interface UnpricedUsage {
  month: string
  from: number
  to: number
  units: Decimal
}

/** What one customer owes on one plan. */
export interface AccountBill {
  customerId: string
  /** Its name, where the price plan gives one. */
  name?: string | undefined
  plan: string
  billable: boolean
  calls: bigint
  units: Decimal
  /** Stretches with usage that nothing is owed for: it has no price, or the customer is not billable. */
  unpriced: readonly UnpricedUsage[]
  /** The sum of the lines; undefined where nothing of it has a price. */
  amount?: Decimal | undefined
  currency?: string | undefined
  lines: BillLine[]
  usage: readonly Usage[]
}

/**
 * The bill of a range that `bucketsOf` has cut. For each part of a month: charges, less discounts. For the month: what lacks to the minimum,
 * what is beyond the cap. Then credits, which take off no more than there is. Each line is rounded once, and amounts are sums of lines. Parts
 * that begin after bucket `until` are left out. Pure.
 */
export function billOf(
  pricePlan: PricePlan,
  buckets: readonly Bucket[],
  usage: readonly Usage[],
  until: number = buckets.length - 1,
): AccountBill[] {
  const end = buckets[until]?.to ?? 0
  const partsOf = partMaker(buckets)
  const bills = accountsOf(pricePlan, buckets, usage).map((account) => {
    const parts = partsOf(account, planNamed(pricePlan, account.plan))
    return billAccount(
      pricePlan,
      account,
      parts.filter(({from}) => from < end),
    )
  })
  applyCredits(pricePlan, bills, buckets, end)
  return bills.map((bill) => ({...bill, amount: amountOf(pricePlan, bill)}))
}

function billAccount(pricePlan: PricePlan, account: Account, parts: readonly Part[]): AccountBill {
  const plan = planNamed(pricePlan, account.plan)
  const billable = account.customer?.billable !== false
  const isFree = ({charges, usage}: Part) => usage.length > 0 && (!billable || charges.length === 0)
  const usage = parts.flatMap((part) => part.usage)
  return {
    customerId: account.customerId,
    name: account.customer?.name,
    plan: account.plan,
    billable,
    calls: usage.reduce((sum, {calls}) => sum + calls, 0n),
    units: unitsOf(usage),
    unpriced: parts
      .filter(isFree)
      .map((part) => ({month: part.month, from: part.from, to: part.to, units: unitsOf(part.usage)})),
    currency: plan?.currency,
    lines: plan && billable ? monthsOf(parts).flatMap((month) => billMonth(pricePlan, plan, month)) : [],
    usage,
  }
}

function unitsOf(usage: readonly Usage[]): Decimal {
  return normalDecimal(addDecimals(usage.map(({units}) => units)))
}

/** Nothing is owed where nothing was priced: no amount is another thing than an amount of zero. */
function amountOf(pricePlan: PricePlan, bill: AccountBill): Decimal | undefined {
  const plan = planNamed(pricePlan, bill.plan)
  const isPriced = plan && bill.billable && (bill.lines.length > 0 || bill.unpriced.length === 0)
  if (!isPriced) return undefined
  return roundDecimal(addDecimals(bill.lines.map(({amount}) => amount)), plan.decimals, pricePlan.rounding)
}

function monthsOf(parts: readonly Part[]): Part[][] {
  const months = new Map<string, Part[]>()
  for (const part of parts.filter(({charges}) => charges.length > 0)) {
    months.set(part.month, [...(months.get(part.month) ?? []), part])
  }
  return [...months.values()]
}

function billMonth(pricePlan: PricePlan, plan: Plan, parts: readonly Part[]): BillLine[] {
  const lines = parts.flatMap((part) => chargePart(pricePlan, plan, part))
  const sum = addDecimals(lines.map(({amount}) => amount))
  const [first, last] = [parts[0], parts[parts.length - 1]]
  if (!first || !last) return lines
  const share = shareOfMonth(
    {days: parts.reduce((days, part) => days + part.days, 0), monthDays: first.monthDays},
    pricePlan.proration,
  )
  const span = {month: first.month, from: first.from, to: last.to}
  const limit = (monthly: Decimal) => shareOfDecimal(monthly, share, plan.decimals, pricePlan.rounding)
  const line = (kind: 'minimum' | 'cap', text: string, monthly: Decimal): BillLine => ({
    ...span,
    ...{kind, text},
    amount: roundDecimal(subtractDecimals(limit(monthly), sum), plan.decimals, pricePlan.rounding),
    reason: `${monthly} a month${daysWords(share)}, charges are ${groupDigits(normalDecimal(sum))}`,
  })
  const {minimum, cap} = plan
  if (minimum !== undefined && compareDecimals(sum, limit(minimum)) < 0) {
    lines.push(line('minimum', 'Up to the minimum', minimum))
  } else if (cap !== undefined && compareDecimals(sum, limit(cap)) > 0) {
    lines.push(line('cap', 'Down to the cap', cap))
  }
  return lines
}

/** A credit goes to the customer's plans of its month and currency, the one that began first and then by name, until it is used up. */
function applyCredits(
  pricePlan: PricePlan,
  bills: readonly AccountBill[],
  buckets: readonly Bucket[],
  end: number,
): void {
  const dates = creditDates(pricePlan, buckets, end)
  for (const {id, credits} of pricePlan.customers.values()) {
    const due = credits.filter(({date}) => dates(date))
    if (due.length === 0) continue
    const own = bills.filter(({customerId}) => customerId === id)
    for (const credit of due) spend(pricePlan, credit, own)
  }
}

/** The bills with their lines of a month, the one that began first before the others, and then by plan. */
function inMonth(bills: readonly AccountBill[], month: string): {bill: AccountBill; lines: BillLine[]}[] {
  return bills
    .map((bill) => ({bill, lines: bill.lines.filter((line) => line.month === month)}))
    .sort((a, b) => (a.lines[0]?.from ?? 0) - (b.lines[0]?.from ?? 0) || (a.bill.plan < b.bill.plan ? -1 : 1))
}

/** Whether a date begins in the range, before its `end`. */
function creditDates(
  {timezone}: PricePlan,
  buckets: readonly Bucket[],
  end: number,
): (date: string) => boolean {
  const begins = buckets[0]?.from ?? 0
  const first = dateAt(begins - 1, timezone)
  const last = dateAt(end - 1, timezone)
  return (date) => date > first && date <= last
}

function spend(pricePlan: PricePlan, credit: Credit, bills: readonly AccountBill[]): void {
  const month = credit.date.slice(0, 7)
  let left = credit.amount
  for (const {bill, lines} of inMonth(bills, month)) {
    if (bill.currency !== credit.currency) continue
    const [first, last] = [lines[0], lines[lines.length - 1]]
    const plan = planNamed(pricePlan, bill.plan)
    const owed = addDecimals(lines.map(({amount}) => amount))
    if (!first || !last || !plan || compareDecimals(owed, 0n) <= 0 || compareDecimals(left, 0n) <= 0) continue
    const used = roundDecimal(minDecimal(left, owed), plan.decimals, pricePlan.rounding)
    left = subtractDecimals(left, used)
    bill.lines.push({
      ...{kind: 'credit', text: 'Credit', month, from: first.from, to: last.to},
      amount: roundDecimal(subtractDecimals('0', used), plan.decimals, pricePlan.rounding),
      reason: `${credit.reason}: ${credit.amount} of ${credit.date}${leftWords(left)}`,
    })
  }
}

function leftWords(left: Decimal): string {
  return compareDecimals(left, 0n) === 0 ? '' : `, ${normalDecimal(left)} of it not used here`
}
