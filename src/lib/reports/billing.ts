import type {Row} from '../core/column'
import {addDecimals, compareDecimals, groupDigits, normalDecimal} from '../core/money'
import type {Decimal} from '../core/money'
import {bindRange, defineReport, others} from './define-report'
import type {AnswerRow, Pricing, ReportOptions} from './define-report'
import {exactCount, exactQuantity, sumCounts} from './exact'
import {priceUsage} from './price-plan'
import type {PricePlan} from './price-plan'

export interface BillingOptions extends ReportOptions {
  /** Not given: nothing has a price. */
  pricePlan?: PricePlan | undefined
}

/** Usage of one customer on one plan. */
interface Usage {
  customerId: string
  plan: string
  calls: bigint
  units: Decimal
  /** Missing where the usage has no price. */
  amount: Decimal | undefined
}

/**
 * The bill: one row per customer and plan, highest amount first (then units, customer, plan), `(others)` last. Each row's amount is
 * rounded once, by the price plan's rule, and `totals.amount` is the sum of the rounded ones, so that rows add up.
 * Usage without a price has no amount and stands in `totals.unpricedUnits`.
 */
export const billingReport = defineReport<BillingOptions>({
  name: 'billing',
  summary: 'calls, units and amount of each customer and plan',
  sqlFile: 'billing.sql',
  columns: [
    {key: 'customerId', header: 'customer', type: 'text'},
    {key: 'plan', header: 'plan', type: 'text'},
    {key: 'calls', header: 'calls', type: 'integer'},
    {key: 'units', header: 'units', type: 'decimal'},
    {key: 'amount', header: 'amount', type: 'money'},
    {key: 'currency', header: 'currency', type: 'text'},
  ],
  answerColumns: [
    'customer_id',
    'plan',
    'test',
    'calls',
    'units',
    'duplicate_count',
    'conflict_count',
    'unkeyed_count',
  ],
  bind: (options) => bindRange(options),
  shape: (answer, options) => {
    const counted = answer.filter((row) => options.includeTest === true || row['test'] !== 'true')
    const usage = usageOf(counted, options.pricePlan).sort(byAmount)
    const currency = options.pricePlan?.currency
    const unpriced = usage.filter((one) => one.amount === undefined)
    return {
      rows: fold(usage, options.limit).map((one) => toRow(one, currency)),
      totals: totalsOf(usage, unpriced, currency),
      duplicateCount: sumCounts(counted.map((row) => row['duplicate_count'])),
      conflictCount: sumCounts(counted.map((row) => row['conflict_count'])),
      unkeyedCount: sumCounts(counted.map((row) => row['unkeyed_count'])),
      testCount: sumCounts(answer.filter((row) => row['test'] === 'true').map((row) => row['calls'])),
      warnings: unpriced.length === 0 ? [] : [unpricedWarning(unpriced, options.pricePlan)],
      ...(options.pricePlan && {pricing: pricingOf(options.pricePlan)}),
    }
  },
})

/** One usage per customer and plan: real and test calls of the same two become one, priced together. */
function usageOf(answer: readonly AnswerRow[], pricePlan: PricePlan | undefined): Usage[] {
  const byKey = new Map<string, Usage>()
  for (const row of answer) {
    const customerId = row['customer_id'] ?? ''
    const plan = row['plan'] ?? ''
    const key = JSON.stringify([customerId, plan])
    const before = byKey.get(key)
    byKey.set(key, {
      customerId,
      plan,
      calls: (before?.calls ?? 0n) + BigInt(row['calls'] ?? '0'),
      units: addDecimals([before?.units ?? '0', row['units'] ?? '0']),
      amount: undefined,
    })
  }
  return [...byKey.values()].map((usage) => ({
    ...usage,
    amount: pricePlan && priceUsage(pricePlan, usage.plan, usage.units),
  }))
}

function pricingOf({file, currency, decimals, rounding}: PricePlan): Pricing {
  return {file, currency, decimals, rounding}
}

function byAmount(a: Usage, b: Usage): number {
  return (
    compareDecimals(b.amount ?? '0', a.amount ?? '0') ||
    compareDecimals(b.units, a.units) ||
    compareText(a.customerId, b.customerId) ||
    compareText(a.plan, b.plan)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The first `limit` rows and one for all the rest together. */
function fold(usage: readonly Usage[], limit = usage.length): Usage[] {
  const rest = usage.slice(limit)
  if (rest.length === 0) return [...usage]
  return [...usage.slice(0, limit), {customerId: others, plan: others, ...sumOf(rest)}]
}

function sumOf(usage: readonly Usage[]): Pick<Usage, 'calls' | 'units' | 'amount'> {
  const amounts = usage.flatMap((one) => one.amount ?? [])
  return {
    calls: usage.reduce((sum, one) => sum + one.calls, 0n),
    units: addDecimals(usage.map((one) => one.units)),
    amount: amounts.length === 0 ? undefined : sumOfMoney(amounts),
  }
}

/** The sum with as many decimals as its terms have, which all have the same number of them. */
function sumOfMoney(amounts: readonly Decimal[]): Decimal {
  const decimals = (amounts[0]?.split('.')[1] ?? '').length
  const [whole = '0', fraction = ''] = addDecimals(amounts).split('.')
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`
}

function toRow(usage: Usage, currency: string | undefined): Row {
  return {
    customerId: usage.customerId,
    plan: usage.plan,
    calls: exactCount(usage.calls),
    units: exactQuantity(usage.units),
    ...(usage.amount !== undefined && {amount: usage.amount}),
    ...(currency !== undefined && {currency}),
  }
}

function totalsOf(usage: readonly Usage[], unpriced: readonly Usage[], currency: string | undefined): Row {
  const sum = sumOf(usage)
  return {
    calls: exactCount(sum.calls),
    units: exactQuantity(sum.units),
    ...(sum.amount !== undefined && {amount: sum.amount}),
    ...(currency !== undefined && {currency}),
    ...(unpriced.length > 0 && {unpricedUnits: exactQuantity(sumOf(unpriced).units)}),
  }
}

function unpricedWarning(unpriced: readonly Usage[], pricePlan: PricePlan | undefined): string {
  const units = groupDigits(normalDecimal(sumOf(unpriced).units))
  if (!pricePlan) {
    return `Nothing has a price: ${units} units stand without an amount. Give a price plan with --prices FILE.`
  }
  const plans = [...new Set(unpriced.map((one) => one.plan))].sort()
  const named =
    plans.length > 5 ? `${plans.slice(0, 5).join(', ')} and ${plans.length - 5} more` : plans.join(', ')
  return `${units} units have no price: ${pricePlan.file} has none for ${named}. Add it under plans, or a default.`
}
