import {billOf} from '../../../src/lib/pricing/bill'
import type {AccountBill} from '../../../src/lib/pricing/bill'
import {bucketsOf} from '../../../src/lib/pricing/buckets'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {parseRange} from '../../../src/lib/core/time'

/** Usage of one customer on a date: what its meters measured, `calls` and `units` among them. */
export interface Day {
  customer: string
  plan?: string
  date: string
  calls?: number
  units?: string
  /** By meter. A text is one reading; `latest` is the place among those of the meter. */
  meters?: Record<string, string | string[]>
}

/** The bill of a price file for usage by day. `range` as the command line has it; November 2026 where it is not given. */
export function billFor(
  file: string,
  usage: readonly Day[],
  range: {from?: string; to?: string; month?: string} = {month: '2026-11'},
): AccountBill[] {
  const plan = parsePricePlan(file, 'prices.yaml')
  const buckets = bucketsOf(plan, parseRange(range, 0, plan.timezone), {byDay: true})
  const placed = usage.map((day, i) => {
    const bucket = buckets.findIndex(({date}) => date === day.date)
    const readings = new Map(
      Object.entries(day.meters ?? {}).map(([meter, value]) => [
        meter,
        [typeof value === 'string' ? {value, at: `${day.date} ${i}`} : {value: '0', values: value}],
      ]),
    )
    const [calls, units] = [BigInt(day.calls ?? 1), day.units ?? '1']
    return {customerId: day.customer, plan: day.plan ?? '(none)', bucket, calls, units, readings}
  })
  return billOf(
    plan,
    buckets,
    placed.filter(({bucket}) => bucket !== -1),
  )
}

/** `acme pro 12.50 EUR`, and below it each line with its reason. */
export function textOf(bills: readonly AccountBill[]): string[] {
  return bills.flatMap(({customerId, plan, amount, currency, lines}) => [
    `${customerId} ${plan} ${amount ?? '-'} ${currency ?? '-'}`,
    ...lines.map((line) => `  ${line.amount} ${line.text}: ${line.reason}`),
  ])
}
