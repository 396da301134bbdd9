import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {billingFor} from '../../../src/lib/reports/billing'
import type {BillingOptions} from '../../../src/lib/reports/billing'
import {RawTable} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const month = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1)}
const event = (eventId: string, more: RawEvent = {}): RawEvent => ({
  time: '2026-11-10T12:00:05Z',
  occurredAt: '2026-11-10T12:00:00Z',
  customerId: 'acme',
  plan: 'pro',
  ...more,
  eventId,
})

/** What meters measure of events of acme on plan `pro`, by name. */
async function measure(meters: string, events: readonly RawEvent[]): Promise<Record<string, unknown>> {
  const names = [...meters.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  const prices = names.map((name) => `{meter: ${name}, pricePerUnit: 1}`).join(', ')
  const pricePlan = parsePricePlan(
    `currency: EUR\nmeters:\n${meters}\nplans: {pro: {prices: [{amount: 1}, ${prices}]}}`,
    'prices.yaml',
  )
  const options: BillingOptions = {...month, pricePlan, by: 'meter'}
  const report = billingFor(options)
  const table = await RawTable.of(events)
  try {
    const {rows} = report.shape(await table.answer(report, options), options)
    return Object.fromEntries(
      rows.filter(({units}) => units !== undefined).map(({meter, units}) => [meter, units]),
    )
  } finally {
    table.close()
  }
}

describe('a condition of a meter', () => {
  const events = [
    event('1', {feature: 'Export', status: 200, durationMs: 20.5, attributes: {tier: '5', note: '100%_!'}}),
    event('2', {feature: 'export', status: 404, durationMs: 7, attributes: {tier: '5.0'}}),
    event('3', {feature: 'search', status: 500, attributes: {tier: 'gold', note: '100 of'}}),
    event('4', {durationMs: 100}),
    event('5', {feature: "it's", test: false}),
  ]

  it.each([
    ['detail.feature = export', 1],
    ['detail.feature = export, search', 2],
    [`detail.feature = "it's"`, 1],
    ['detail.feature != export', 3],
    ['detail.feature ~= EXPORT', 2],
    ['detail.feature ^= ex', 1],
    ['detail.feature $= rch', 1],
    ['detail.feature like *e*', 2],
    ['detail.feature missing', 1],
    ['detail.feature exists', 4],
    ['detail.attributes.note ^= 100%_', 1],
    ['detail.attributes.note like 100*', 2],
    ['detail.response.status = 200', 1],
    ['detail.response.status != 200, 404', 1],
    ['detail.response.status >= 404', 2],
    ['detail.response.status < 404', 1],
    ['detail.response.status missing', 2],
    ['detail.durationMs > 7', 2],
    ['detail.durationMs <= 20.5', 2],
    ['detail.durationMs = 20.50', 1],
    // Attributes are text: they are equal as text, and larger as numbers where they are some.
    ['detail.attributes.tier = 5', 1],
    ['detail.attributes.tier >= 5', 2],
    ['detail.quantity = 1', 5],
    ['detail.test = false', 1],
  ])('%s holds for %d events', async (where, calls) => {
    const measured = await measure(`  n: {aggregate: count, where: [${JSON.stringify(where)}]}`, events)

    expect(measured).toEqual(calls === 0 ? {} : {n: calls})
  })

  it('must hold with all the others', async () => {
    const where = ['detail.feature exists', 'detail.response.status >= 404', 'detail.durationMs exists']

    expect(await measure(`  n: {aggregate: count, where: ${JSON.stringify(where)}}`, events)).toEqual({n: 1})
  })
})

describe('a meter', () => {
  const events = [
    event('1', {
      quantity: '9007199254740993',
      userId: 'ann',
      attributes: {gb: '2.5'},
      occurredAt: '2026-11-10T12:00:00.5Z',
    }),
    event('2', {
      quantity: '0.000000001',
      userId: 'bob',
      attributes: {gb: '10'},
      occurredAt: '2026-11-10T12:00:00Z',
    }),
    event('3', {userId: 'ann', attributes: {gb: 'much'}, occurredAt: '2026-11-12T12:00:00Z'}),
    event('4', {userId: '', occurredAt: '2026-11-12T12:00:00Z'}),
    // A copy that arrived later has no say, whatever it holds.
    event('4', {userId: 'eve', attributes: {gb: '99'}, path: 's3://b/z'}),
  ]

  it('counts, adds, and finds the highest, the distinct and the latest, exactly', async () => {
    const meters = [
      '  calls2: {aggregate: count}',
      '  sum: {aggregate: sum, field: detail.quantity}',
      '  max: {aggregate: max, field: detail.attributes.gb}',
      '  latest: {aggregate: latest, field: detail.attributes.gb}',
      '  users: {aggregate: unique, field: detail.user.id}',
    ].join('\n')

    expect(await measure(meters, events)).toEqual({
      calls2: 4,
      sum: '9007199254740995.000000001',
      max: 10,
      // Of half a second past twelve; the later ones hold no number.
      latest: '2.5',
      users: 2,
    })
  })

  it('may be called like a built-in one, and then is what the file says', async () => {
    expect(await measure('  calls: {aggregate: count, where: detail.user.id = ann}', events)).toEqual({
      calls: 2,
    })
  })

  it('reads attributes that Parquet has in lower case', async () => {
    const stored = [event('1', {attributes: {storedgb: '3'}}), event('2', {attributes: {storedGb: '4'}})]

    expect(await measure('  gb: {aggregate: sum, field: detail.attributes.storedGb}', stored)).toEqual({
      gb: 7,
    })
  })
})
