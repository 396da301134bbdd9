import {billFor, textOf} from './_bill'
import type {Day} from './_bill'

// Twelve invoices worked out by hand, one for each model of price and each rule of docs/price-plans.md. November 2026 has 30 days.

function invoice(file: string, usage: readonly Day[], range?: Parameters<typeof billFor>[2]): string[] {
  return textOf(billFor(`currency: EUR\n${file}`, usage, range))
}

const day = (date: string, more: Partial<Day> = {}): Day => ({customer: 'acme', plan: 'pro', date, ...more})

describe('twelve invoices', () => {
  it('1: per unit, with included units', () => {
    // 700 + 800.5 = 1,500.5 units. 1,000 are included: 500.5 x 0.015 = 7.5075, rounded half up to 7.51.
    const file = 'plans: {pro: {prices: [{meter: units, pricePerUnit: 0.015, included: 1000}]}}'

    expect(invoice(file, [day('2026-11-01', {units: '700'}), day('2026-11-30', {units: '800.5'})])).toEqual([
      'acme pro 7.51 EUR',
      '  7.51 units: 1,500.5 less 1,000 included: 500.5 at 0.015',
    ])
  })

  it('2: graduated tiers, with a flat fee of a tier', () => {
    // 2,500 calls: 1,000 x 0.01 = 10; the next 1,000 x 0.008 = 8; the last 500 x 0.005 = 2.5 and 3 for having got there. 23.50.
    const file = `plans:
  pro:
    prices:
      - meter: calls
        model: graduated
        tiers: [{upTo: 1000, pricePerUnit: 0.01}, {upTo: 2000, pricePerUnit: 0.008}, {pricePerUnit: 0.005, flatFee: 3}]`

    expect(invoice(file, [day('2026-11-10', {calls: 2500})])).toEqual([
      'acme pro 23.50 EUR',
      '  23.50 calls: 1,000 at 0.01 + 1,000 at 0.008 + 500 at 0.005 + 3',
    ])
  })

  it('3: volume tiers: exactly at a bound, and one beyond it', () => {
    // A tier holds its bound: 1,000 x 0.01 = 10. One more, and all are in the second tier: 1,001 x 0.008 = 8.008, rounded to 8.01.
    const file = `plans:
  pro: {prices: [{meter: calls, model: volume, tiers: [{upTo: 1000, pricePerUnit: 0.01}, {pricePerUnit: 0.008}]}]}`

    expect(invoice(file, [day('2026-11-10', {calls: 1000})])).toEqual([
      'acme pro 10.00 EUR',
      '  10.00 calls: 1,000 at 0.01',
    ])
    expect(invoice(file, [day('2026-11-10', {calls: 1001})])).toEqual([
      'acme pro 8.01 EUR',
      '  8.01 calls: 1,001 at 0.008',
    ])
  })

  it('4: packages, of which one that is begun counts whole', () => {
    // 201 calls are two packages of 100 and a begun third one: 3 x 1.50 = 4.50.
    const file =
      'plans: {pro: {prices: [{meter: calls, model: package, packageSize: 100, pricePerPackage: 1.50}]}}'

    expect(invoice(file, [day('2026-11-10', {calls: 201})])).toEqual([
      'acme pro 4.50 EUR',
      '  4.50 calls: 3 packages of 100 at 1.50',
    ])
  })

  it('5: a fee of the month and a minimum, owed by a listed customer without an event', () => {
    // The fee is 5.00; the minimum is 20.00, so 15.00 lack.
    const file = `plans: {pro: {minimum: 20, prices: [{amount: 5, name: Base}, {meter: calls, pricePerUnit: 1}]}}
customers: {acme: {plan: pro}}`

    expect(invoice(file, [])).toEqual([
      'acme pro 20.00 EUR',
      '  5.00 Base: 5 a month',
      '  15.00 Up to the minimum: 20 a month, charges are 5',
    ])
  })

  it('6: a cap', () => {
    // 120 calls x 1 = 120.00; no more than 100.00 is owed.
    const file = 'plans: {pro: {cap: 100, prices: [{meter: calls, pricePerUnit: 1}]}}'

    expect(invoice(file, [day('2026-11-10', {calls: 120})])).toEqual([
      'acme pro 100.00 EUR',
      '  120.00 calls: 120 at 1',
      '  -20.00 Down to the cap: 100 a month, charges are 120',
    ])
  })

  it('7: discounts, one after the other, and a credit', () => {
    // 200 calls x 0.25 = 50. 10 % of it are 5: 45 are left. Then 20 a month off: 25. The credit of 40 takes off those 25, and 15 of it are not
    // used.
    const file = `plans:
  pro:
    prices: [{meter: calls, pricePerUnit: 0.25}]
    discounts: [{percent: 10, reason: yearly}, {amount: 20, reason: launch}]
customers: {acme: {plan: pro, credits: [{date: 2026-11-03, amount: 40, reason: outage}]}}`

    expect(invoice(file, [day('2026-11-10', {calls: 200})])).toEqual([
      'acme pro 0.00 EUR',
      '  50.00 calls: 200 at 0.25',
      '  -5.00 Discount: yearly: 10 % of 50',
      '  -20.00 Discount: launch: 20 a month, at most 45',
      '  -25.00 Credit: outage: 40 of 2026-11-03, 15 of it not used here',
    ])
  })

  it('8: a change of plan within the month', () => {
    // pro until the 10th: 10 of 30 days. 1,000 x 10/30 = 333.333333333 included; 400 less those are 66.666666667 x 0.3 = 20.0000000001: 20.00.
    // max from the 11th on: 20 of 30 days of 90 are 60.00, and calls cost nothing there. The usage of the 11th is on max whatever it says.
    const file = `plans:
  pro: {prices: [{meter: calls, pricePerUnit: 0.3, included: 1000}]}
  max: {prices: [{amount: 90}, {meter: calls, pricePerUnit: 0}]}
customers: {acme: {plans: [{plan: pro}, {plan: max, from: 2026-11-11}]}}`
    const usage = [day('2026-11-10', {calls: 400}), day('2026-11-11', {calls: 9})]

    expect(invoice(file, usage)).toEqual([
      'acme pro 20.00 EUR',
      '  20.00 calls: 400 less 333.333333333 included: 66.666666667 at 0.3, bounds for 10 of 30 days',
      'acme max 60.00 EUR',
      '  60.00 Fee: 90 a month for 20 of 30 days',
      '  0.00 calls: 9 at 0',
    ])
  })

  it('9: a price that changes within the month, and a bound that counts for its days', () => {
    // Until the 15th 100 calls x 0.02 = 2.00. Then 15 of 30 days: the bound of 100 is 50, so 50 x 0.10 = 5 and 30 x 0.05 = 1.50.
    const file = `plans:
  pro:
    prices:
      - {meter: calls, pricePerUnit: 0.02, to: 2026-11-16}
      - {meter: calls, model: graduated, tiers: [{upTo: 100, pricePerUnit: 0.10}, {pricePerUnit: 0.05}], from: 2026-11-16}`

    expect(invoice(file, [day('2026-11-15', {calls: 100}), day('2026-11-16', {calls: 80})])).toEqual([
      'acme pro 8.50 EUR',
      '  2.00 calls: 100 at 0.02',
      '  6.50 calls: 50 at 0.10 + 30 at 0.05, bounds for 15 of 30 days',
    ])
  })

  it('10: levels: the highest, the distinct and the latest, which are owed for the days that they last', () => {
    // On pro for 12 of 30 days. Highest 7 x 5 = 35, x 12/30 = 14.00. Three users x 2 = 6, x 12/30 = 2.40. Latest 4.5 x 1 = 4.5, x 12/30 = 1.80.
    const file = `meters:
  seats: {aggregate: max, field: detail.attributes.seats}
  users: {aggregate: unique, field: detail.user.id}
  stored: {aggregate: latest, field: detail.attributes.gb}
plans:
  pro: {prices: [{meter: seats, pricePerUnit: 5}, {meter: users, pricePerUnit: 2}, {meter: stored, pricePerUnit: 1}]}
customers: {acme: {plan: pro, from: 2026-11-19}}`
    const usage = [
      day('2026-11-19', {meters: {seats: '7', users: ['ann', 'bob'], stored: '9'}}),
      day('2026-11-20', {meters: {seats: '3', users: ['bob', 'cy'], stored: '4.5'}}),
    ]

    expect(invoice(file, usage)).toEqual([
      'acme pro 18.20 EUR',
      '  14.00 seats: 7 at 5 for 12 of 30 days',
      '  2.40 users: 3 at 2 for 12 of 30 days',
      '  1.80 stored: 4.5 at 1 for 12 of 30 days',
    ])
  })

  it('11: aliases, a currency of a plan, a customer who pays nothing, and usage that has no price', () => {
    // acme-eu is acme: 3 calls x 100 yen, which have no decimals: 300. The staff is not billed; (gold) has no price.
    const file = `plans: {pro: {currency: JPY, prices: [{meter: calls, pricePerUnit: 100}]}}
customers: {acme: {plan: pro, aliases: [acme-eu]}, staff: {plan: pro, billable: false}}`
    const usage = [
      day('2026-11-10', {calls: 1}),
      day('2026-11-10', {calls: 2, customer: 'acme-eu'}),
      day('2026-11-10', {calls: 9, customer: 'staff'}),
      day('2026-11-10', {calls: 5, customer: 'globex', plan: 'gold'}),
    ]

    expect(invoice(file, usage)).toEqual([
      'acme pro 300 JPY',
      '  300 calls: 3 at 100',
      'staff pro - JPY',
      'globex gold - -',
    ])
  })

  it('12: three months in a zone of its own, one of which has a leap day and one 23 hours on a day', () => {
    // 29 a month. February 2028 has 29 days, 15 of them from the 15th on: 15.00. March is whole: 29.00. April until the 10th: 10 of 30 days are
    // 9.6666...: 9.67. A cent of one month is not carried into the next.
    const file = `timezone: Europe/Berlin
plans: {pro: {prices: [{amount: 29}]}}
customers: {acme: {plan: pro, from: 2028-02-15, to: 2028-04-11}}`

    expect(invoice(file, [], {from: '2028-02-01', to: '2028-05-01'})).toEqual([
      'acme pro 53.67 EUR',
      '  15.00 Fee: 29 a month for 15 of 29 days',
      '  29.00 Fee: 29 a month',
      '  9.67 Fee: 29 a month for 10 of 30 days',
    ])
  })
})

describe('rules of the bill', () => {
  it('rounds a line half up, or half to even where the file says so', () => {
    const prices = 'plans: {pro: {prices: [{meter: units, pricePerUnit: 0.5}]}}'
    const usage = [day('2026-11-10', {units: '0.25'})]

    expect(invoice(prices, usage)[0]).toBe('acme pro 0.13 EUR')
    expect(invoice(`rounding: half-even\n${prices}`, usage)[0]).toBe('acme pro 0.12 EUR')
  })

  it('bills the part of a month that a range covers, and adjacent ranges come to the whole', () => {
    const file = 'plans: {pro: {prices: [{amount: 30}]}}\ncustomers: {acme: {plan: pro}}'
    const of = (from: string, to: string) => invoice(file, [], {from, to})[0]

    expect(of('2026-11-01', '2026-11-11T15:00:00Z')).toBe('acme pro 11.00 EUR')
    expect(of('2026-11-11T15:00:00Z', '2026-12-01')).toBe('acme pro 19.00 EUR')
  })

  it('counts fees and bounds whole for every part where nothing is prorated', () => {
    const file =
      'proration: none\nplans: {pro: {minimum: 40, prices: [{amount: 30}]}}\ncustomers: {acme: {plan: pro, from: 2026-11-30}}'

    expect(invoice(file, [])).toEqual([
      'acme pro 40.00 EUR',
      '  30.00 Fee: 30 a month',
      '  10.00 Up to the minimum: 40 a month, charges are 30',
    ])
  })

  it('gives usage outside of the dates of a customer no price, and usage before there is one neither', () => {
    const file = `plans: {pro: {prices: [{meter: calls, pricePerUnit: 1, from: 2026-11-10}]}}
customers: {acme: {plan: pro, from: 2026-11-05}}`
    const bills = billFor(`currency: EUR\n${file}`, [
      day('2026-11-04', {units: '3'}),
      day('2026-11-09', {units: '4'}),
      day('2026-11-10', {units: '5'}),
    ])

    expect(bills.map((bill) => [bill.plan, bill.amount, bill.unpriced.map(({units}) => units)])).toEqual([
      ['pro', '1.00', ['4']],
      ['(none)', undefined, ['3']],
    ])
  })

  it('charges corrections that outweigh the usage at the first tier, as an amount below zero', () => {
    const file = `plans:
  pro: {prices: [{meter: units, model: graduated, tiers: [{upTo: 10, pricePerUnit: 2}, {pricePerUnit: 1}], included: 5}]}`

    expect(invoice(file, [day('2026-11-10', {units: '-3'})])).toEqual([
      'acme pro -6.00 EUR',
      '  -6.00 units: -3 less 5 included: -3 at 2',
    ])
  })

  it('spends a credit on the plans of its month and currency alone', () => {
    const file = `plans: {a: {pricePerUnit: 1}, b: {pricePerUnit: 1}, c: {pricePerUnit: 1, currency: USD}}
customers: {acme: {credits: [{date: 2026-12-01, amount: 100, reason: later}, {date: 2026-11-30, amount: 15, reason: now}]}}`
    const usage = ['a', 'b', 'c'].map((plan) => day('2026-11-10', {plan, units: '10'}))

    expect(invoice(file, usage).filter((line) => !line.startsWith('  '))).toEqual([
      'acme a 0.00 EUR',
      'acme b 5.00 EUR',
      'acme c 10.00 USD',
    ])
  })
})
