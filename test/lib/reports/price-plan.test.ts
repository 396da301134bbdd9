import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parsePricePlan} from '../../../src/lib/reports/parse-price-plan'
import {priceUsage} from '../../../src/lib/reports/price-plan'

const plan = (lines: string[]) => parsePricePlan(lines.join('\n'), 'prices.yaml')

describe('a price plan', () => {
  it('keeps a price exact that stands without quotes', () => {
    const prices = plan([
      'currency: EUR',
      'decimals: 9',
      'plans:',
      '  pro: {pricePerUnit: 0.000000000100000001}',
    ])

    expect(priceUsage(prices, 'pro', '1000000000')).toBe('0.100000001')
  })

  it('prices a plan that it does not name by default', () => {
    const prices = plan(['currency: EUR', 'plans: {}', 'default: {pricePerUnit: "0.5"}'])

    expect(priceUsage(prices, 'whatever', '3')).toBe('1.50')
  })

  it('has no amount for a plan without a price', () => {
    expect(priceUsage(plan(['currency: EUR', 'plans: {}']), 'pro', '3')).toBeUndefined()
  })

  it('rounds to the minor units of the currency, half up unless it says otherwise', () => {
    const half = ['plans: {pro: {pricePerUnit: "0.5"}}']

    expect(priceUsage(plan(['currency: JPY', ...half]), 'pro', '5')).toBe('3')
    expect(priceUsage(plan(['currency: JPY', 'rounding: half-even', ...half]), 'pro', '5')).toBe('2')
    expect(priceUsage(plan(['currency: BHD', ...half]), 'pro', '5')).toBe('2.500')
  })

  it('does not take a name of an object for a plan', () => {
    expect(priceUsage(plan(['currency: EUR', 'plans: {}']), 'constructor', '3')).toBeUndefined()
  })

  it('is shipped as an example that can be read', () => {
    const path = join(__dirname, '../../../docs/examples/prices.yaml')

    const prices = parsePricePlan(readFileSync(path, 'utf8'), path)

    expect(Object.fromEntries(prices.plans)).toEqual({free: '0', pro: '0.0004', enterprise: '0.00025'})
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
    [[''], /^prices\.yaml: the file must be object/],
  ])('names the line of a mistake: %j', (lines, message) => {
    expect(() => plan(lines)).toThrow(message)
  })

  it('refuses a currency that does not exist', () => {
    expect(() => plan(['currency: XYZ', 'plans: {}'])).toThrow('"XYZ" is not the code of a currency.')
  })
})
