import fc, {runs} from '../../_helpers/properties'
import {parseRange} from '../../../src/lib/core/time'
import type {Usage} from '../../../src/lib/pricing/accounts'
import {billOf} from '../../../src/lib/pricing/bill'
import {bucketsOf} from '../../../src/lib/pricing/buckets'
import type {Bucket} from '../../../src/lib/pricing/buckets'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {dayRows} from '../../../src/lib/reports/billing/day-rows'

const pricePlan = parsePricePlan(
  `
currency: EUR
timezone: Europe/Berlin
meters:
  users: {aggregate: unique, field: detail.user.id}
plans:
  pro:
    minimum: 20
    cap: 60
    prices:
      - {name: Base fee, amount: 9}
      - {meter: calls, model: graduated, tiers: [{upTo: 10, pricePerUnit: 1}, {pricePerUnit: 0.335}]}
      - {meter: users, pricePerUnit: 4, to: 2026-11-10}
      - {meter: users, pricePerUnit: 5, from: 2026-11-10}
    discounts:
      - {reason: Launch, percent: 10}
  free: {pricePerUnit: 0}
customers:
  acme:
    aliases: [acme-eu]
    plans: [{plan: pro, to: 2026-11-20}, {plan: free, from: 2026-11-20}]
    credits:
      - {date: 2026-11-03, amount: 25, reason: Outage}
  staff: {plan: pro, billable: false}
`,
  'prices.yaml',
)
const range = parseRange({from: '2026-10-20', to: '2027-01-05'}, 0, 'Europe/Berlin')
const buckets = bucketsOf(pricePlan, range, {byDay: true})

const anyUsage = fc.record({
  customerId: fc.constantFrom('acme', 'acme-eu', 'globex', 'staff'),
  plan: fc.constantFrom('pro', 'free', 'gold'),
  bucket: fc.nat({max: buckets.length - 1}),
  calls: fc.integer({min: 1, max: 40}),
  users: fc.subarray(['ann', 'bob', 'eve']),
})

type Made = typeof anyUsage extends fc.Arbitrary<infer M> ? M : never

function toUsage({customerId, plan, bucket, calls, users}: Made): Usage {
  const readings = new Map([['users', [{value: '0', values: users}]]])
  return {customerId, plan, bucket, calls: BigInt(calls), units: String(calls), readings}
}

/** What each account's bill of the whole range until a bucket comes to, in cents; undefined without a price. */
function centsUntil(usage: readonly Usage[], until: number): Map<string, number | undefined> {
  const soFar = usage.filter(({bucket}) => bucket <= until)
  return new Map(
    billOf(pricePlan, buckets, soFar, until).map(({customerId, plan, amount}) => [
      `${customerId} ${plan}`,
      amount === undefined ? undefined : Math.round(Number(amount) * 100),
    ]),
  )
}

const rowsOf = (usage: readonly Usage[]) =>
  dayRows(pricePlan, buckets, usage, billOf(pricePlan, buckets, usage))

const lastOf = (day: string) => buckets.map(({date}: Bucket) => date).lastIndexOf(day)

describe('the bill by day', () => {
  it('grows on each day by what the bill of the whole range grows by', () => {
    fc.assert(
      fc.property(fc.array(anyUsage, {maxLength: 30}), (made) => {
        const usage = made.map(toUsage)
        const rows = rowsOf(usage)
        for (const {customerId, plan, day = '', amount} of rows) {
          const key = `${customerId} ${plan}`
          const until = lastOf(day)
          const after = centsUntil(usage, until).get(key)
          const before = centsUntil(usage, until - 1).get(key) ?? 0

          expect(amount === undefined ? undefined : Math.round(Number(amount) * 100)).toBe(
            after === undefined ? undefined : after - before,
          )
        }
      }),
      {numRuns: runs(10, 100)},
    )
  })

  it('adds up to the bill, calls and units too', () => {
    fc.assert(
      fc.property(fc.array(anyUsage, {maxLength: 40}), (made) => {
        const usage = made.map(toUsage)
        const rows = rowsOf(usage)
        for (const bill of billOf(pricePlan, buckets, usage)) {
          const own = rows.filter((row) => row.customerId === bill.customerId && row.plan === bill.plan)
          const sum = (values: readonly unknown[]) =>
            Math.round(values.reduce<number>((all, one) => all + Number(one ?? 0), 0) * 100)

          expect(sum(own.map(({amount}) => amount))).toBe(sum([bill.amount]))
          expect(sum(own.map(({calls}) => calls))).toBe(sum([bill.calls]))
          expect(sum(own.map(({units}) => units))).toBe(sum([bill.units]))
        }
      }),
      {numRuns: runs(50, 500)},
    )
  })
})
