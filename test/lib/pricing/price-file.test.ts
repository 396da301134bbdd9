import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {OpError} from '../../../src/lib/core/errors'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {billFor} from './_bill'

const plan = (lines: string[]) => parsePricePlan(lines.join('\n'), 'prices.yaml')

/** What so many units on a plan cost. */
function cost(lines: string[], name: string, units: string): string | undefined {
  return billFor(lines.join('\n'), [{customer: 'acme', plan: name, date: '2026-11-10', units}])[0]?.amount
}

describe('a price plan', () => {
  it('keeps a price exact that stands without quotes', () => {
    const prices = ['currency: EUR', 'decimals: 9', 'plans:', '  pro: {pricePerUnit: 0.000000000100000001}']

    expect(cost(prices, 'pro', '1000000000')).toBe('0.100000001')
  })

  it('prices a plan that it does not name by default', () => {
    const prices = ['currency: EUR', 'plans: {}', 'default: {pricePerUnit: "0.5"}']

    expect(cost(prices, 'whatever', '3')).toBe('1.50')
  })

  it('has no amount for a plan without a price', () => {
    expect(cost(['currency: EUR', 'plans: {}'], 'pro', '3')).toBeUndefined()
  })

  it('rounds to the minor units of the currency, half up unless it says otherwise', () => {
    const half = ['plans: {pro: {pricePerUnit: "0.5"}}']

    expect(cost(['currency: JPY', ...half], 'pro', '5')).toBe('3')
    expect(cost(['currency: JPY', 'rounding: half-even', ...half], 'pro', '5')).toBe('2')
    expect(cost(['currency: BHD', ...half], 'pro', '5')).toBe('2.500')
  })

  it('does not take a name of an object for a plan', () => {
    expect(cost(['currency: EUR', 'plans: {}'], 'constructor', '3')).toBeUndefined()
  })

  it('is shipped as an example that can be read', () => {
    const path = join(__dirname, '../../../docs/examples/prices.yaml')

    const prices = parsePricePlan(readFileSync(path, 'utf8'), path)

    expect([...prices.plans.keys()]).toEqual(['free', 'pro', 'enterprise'])
  })

  it.each([
    [
      ['currency: EUR', 'plans:', '  pro: {pricePerUnit: cheap}'],
      'prices.yaml:3: plans.pro.pricePerUnit must be a decimal number such as "0.0004".',
    ],
    [['currency: EUR', 'plans: {}', 'colour: red'], 'prices.yaml:3: the file may not have "colour".'],
    [['# a', 'currency: EUR'], 'prices.yaml:2: the file lacks "plans".'],
    [['currency: euro', 'plans: {}'], 'prices.yaml:1: currency must be three capital letters such as EUR.'],
    [
      ['currency: EUR', 'rounding: down', 'plans: {}'],
      'prices.yaml:2: rounding must be half-up or half-even.',
    ],
    [
      ['currency: EUR', 'plans:', '  pro: {pricePerUnit: "-1"}'],
      'prices.yaml:3: plans.pro.pricePerUnit must be a decimal number such as "0.0004".',
    ],
    [
      ['currency: EUR', 'currency: USD', 'plans: {}'],
      'prices.yaml:2: Map keys must be unique at line 2, column 1:',
    ],
    [['currency: EUR', 'plans: {'], /^prices\.yaml:2: /],
    [[''], /^prices\.yaml: the file must be a mapping/],
  ])('names the line of a mistake: %j', (lines, message) => {
    expect(() => plan(lines)).toThrow(message)
  })

  it('refuses a currency that does not exist', () => {
    expect(() => plan(['currency: XYZ', 'plans: {}'])).toThrow('"XYZ" is not the code of a currency.')
  })
})

/** The first error of a file with these lines behind a currency and a plan `pro`. */
function mistake(...lines: string[]): string {
  try {
    plan(['currency: EUR', ...lines, 'plans:', '  pro: {pricePerUnit: 1}'])
  } catch (error) {
    if (error instanceof OpError) return error.message
    throw error
  }
  return 'no mistake'
}

/** The same for lines below `pro`, which begin in line 4. */
function planMistake(...lines: string[]): string {
  try {
    plan(['currency: EUR', 'plans:', '  pro:', ...lines.map((line) => `    ${line}`)])
  } catch (error) {
    if (error instanceof OpError) return error.message
    throw error
  }
  return 'no mistake'
}

describe('a mistake in a price plan', () => {
  it.each([
    [
      ['timezone: Europe/Berlim'],
      'prices.yaml:2: timezone must be the name of a time zone, such as Europe/Berlin.',
    ],
    [['proration: monthly'], 'prices.yaml:2: proration must be days or none.'],
    [
      ['meters:', '  seats: {aggregate: average}'],
      'prices.yaml:3: meters.seats.aggregate must be count, sum, max, unique or latest.',
    ],
    [['meters:', '  seats: {aggregate: max}'], 'prices.yaml:3: meters.seats lacks "field", whose max it is.'],
    [
      ['meters:', '  n: {aggregate: count, field: detail.quantity}'],
      'prices.yaml:3: meters.n.field must not be there: a count has no field.',
    ],
    [
      ['meters:', '  n: {aggregate: sum, field: quantity}'],
      'prices.yaml:3: meters.n.field names no field of a usage event: "quantity". Did you mean detail.quantity?',
    ],
    [
      ['meters:', '  n: {aggregate: sum, field: detail.feature}'],
      'prices.yaml:3: meters.n.field has no numbers: a sum needs some.',
    ],
    [
      ['meters:', '  n: {aggregate: unique, field: detail.attributes.a b}'],
      /^prices\.yaml:3: meters\.n\.field names no field/,
    ],
    [
      ['meters:', '  n: {aggregate: sum, field: "detail.attributes.x\') --"}'],
      /names no field of a usage event/,
    ],
    [
      ['meters:', '  n:', '    aggregate: count', '    where: [detail.feature]'],
      /^prices\.yaml:5: meters\.n\.where\.0 is no condition\. .*an operator is missing/,
    ],
    [
      ['meters:', '  n: {aggregate: count, where: detail.durationMs like 5*}'],
      'prices.yaml:3: meters.n.where compares text: detail.durationMs is none.',
    ],
    [
      ['meters:', '  n: {aggregate: count, where: detail.durationMs = slow}'],
      'prices.yaml:3: meters.n.where compares detail.durationMs, a number, with something else.',
    ],
    [
      ['meters:', '  n: {aggregate: count, where: "detail.client.address in 10.0.0.0/8"}'],
      'prices.yaml:3: meters.n.where cannot ask for an address range here.',
    ],
    [
      ['meters:', '  "a b": {aggregate: count}'],
      'prices.yaml:3: meters may not have "a b": a name is a letter and then up to 63 letters, digits, dots, hyphens and underscores.',
    ],
    [
      ['customers:', '  acme: {plan: gold}'],
      'prices.yaml:3: customers.acme.plan names no plan: "gold" is not one of plans.',
    ],
    [
      ['customers:', '  acme: {plan: pro, plans: [{plan: pro}]}'],
      'prices.yaml:3: customers.acme has either "plan" or "plans".',
    ],
    [
      ['customers:', '  acme: {from: 2026-11-01}'],
      'prices.yaml:3: customers.acme has dates without "plan"; in "plans" each plan has its own.',
    ],
    [
      ['customers:', '  acme: {plan: pro, from: 2026-02-30}'],
      'prices.yaml:3: customers.acme.from is a date that does not exist.',
    ],
    [
      ['customers:', '  acme: {plan: pro, from: 2026-2-3}'],
      'prices.yaml:3: customers.acme.from must be a date such as 2026-11-01.',
    ],
    [
      ['customers:', '  acme: {plan: pro, from: 2026-11-02, to: 2026-11-02}'],
      /customers\.acme\.to must be later than "from"/,
    ],
    [
      ['customers:', '  acme: {plans: [{plan: pro}, {plan: pro}]}'],
      'prices.yaml:3: customers.acme.plans.0 overlaps with another plan of the customer.',
    ],
    [
      ['customers:', '  acme: {aliases: [b]}', '  b: {}'],
      'prices.yaml:3: customers.acme.aliases.0 "b" stands for another customer already.',
    ],
    [
      ['customers:', '  acme: {credits: [{date: 2026-11-03, amount: 5}]}'],
      'prices.yaml:3: customers.acme.credits.0 lacks "reason".',
    ],
    [
      ['customers:', '  acme: {bilable: false}'],
      'prices.yaml:3: customers.acme may not have "bilable". Did you mean "billable"?',
    ],
    [
      ['customers:', '  acme: {billable: no}'],
      'prices.yaml:3: customers.acme.billable must be true or false.',
    ],
  ])('is told with its line: %j', (lines, message) => {
    expect(mistake(...lines)).toMatch(message)
  })

  it.each([
    [['minimum: 5'], 'prices.yaml:4: plans.pro has either "pricePerUnit" or "prices".'],
    [['prices: []'], 'prices.yaml:4: plans.pro.prices must not be empty.'],
    [['prices:', '- {meter: calls}'], 'prices.yaml:5: plans.pro.prices.0 lacks "model".'],
    [
      ['prices:', '- {model: flat}'],
      'prices.yaml:5: plans.pro.prices.0 lacks "amount", which flat asks for.',
    ],
    [
      ['prices:', '- {amount: 5, meter: calls}'],
      'prices.yaml:5: plans.pro.prices.0.meter does not go with flat.',
    ],
    [
      ['prices:', '- {meter: seats, pricePerUnit: 5}'],
      'prices.yaml:5: plans.pro.prices.0.meter names no meter. Meters are calls, units.',
    ],
    [
      ['prices:', '- {meter: calls, model: volume, tiers: [{upTo: 5, pricePerUnit: 1}]}'],
      'prices.yaml:5: plans.pro.prices.0.tiers.0.upTo must not be there: the last tier has no bound.',
    ],
    [
      ['prices:', '- {meter: calls, model: volume, tiers: [{pricePerUnit: 1}, {pricePerUnit: 1}]}'],
      'prices.yaml:5: plans.pro.prices.0.tiers.0 lacks "upTo", which only the last tier does without.',
    ],
    [
      [
        'prices:',
        '- {meter: calls, model: volume, tiers: [{upTo: 9, pricePerUnit: 1}, {upTo: 9, pricePerUnit: 1}, {pricePerUnit: 1}]}',
      ],
      'prices.yaml:5: plans.pro.prices.0.tiers.1.upTo must be more than that of the tier before.',
    ],
    [
      ['prices:', '- {meter: calls, model: package, packageSize: 0, pricePerPackage: 1}'],
      'prices.yaml:5: plans.pro.prices.0.packageSize must be a decimal number above zero, with up to nine decimals.',
    ],
    [
      ['pricePerUnit: 1', 'discounts: [{reason: x}]'],
      'prices.yaml:5: plans.pro.discounts.0 has either "percent" or "amount".',
    ],
    [
      ['pricePerUnit: 1', 'discounts: [{reason: x, percent: 101}]'],
      /discounts\.0\.percent must be a percentage from 0 to 100/,
    ],
    [['pricePerUnit: 1', 'minimum: 10', 'cap: 9'], 'prices.yaml:6: plans.pro.cap is less than the minimum.'],
  ])('of a plan is told with its line: %j', (lines, message) => {
    expect(planMistake(...lines)).toMatch(message)
  })
})
