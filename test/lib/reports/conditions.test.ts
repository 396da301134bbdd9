import fc, {runs} from '../../_helpers/properties'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {billingFor, billingReport} from '../../../src/lib/reports/billing'
import {bottlenecksReport} from '../../../src/lib/reports/bottlenecks'
import {conditionsOf} from '../../../src/lib/reports/conditions'
import type {ConditionFlags} from '../../../src/lib/reports/conditions'
import {customersReport} from '../../../src/lib/reports/customers'
import type {ReportDefinition} from '../../../src/lib/reports/define-report'
import {featuresReport} from '../../../src/lib/reports/features'
import {loadSql} from '../../../src/lib/reports/load-sql'
import {reconcileReport, sequencesReport} from '../../../src/lib/reports/reconcile/reconcile-report'
import {reportQuery} from '../../../src/lib/reports/report-query'
import {trendingReport} from '../../../src/lib/reports/trending'
import {RawTable, sqlFolder} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const range = {from: Date.UTC(2026, 10, 8), to: Date.UTC(2026, 10, 15)}
const more = {by: 'service', minCalls: 1, atRiskPercent: 50, lateMs: 1, lookbackMs: 1}
const metered = billingFor({
  ...range,
  pricePlan: parsePricePlan(
    'currency: EUR\nmeters: {m: {aggregate: max, field: detail.quantity}}\nplans: {}\ndefault: {prices: [{meter: m, pricePerUnit: 1}]}',
    'prices.yaml',
  ),
})
const reports = [
  ...[billingReport, metered, featuresReport, bottlenecksReport],
  ...[customersReport, trendingReport],
] as unknown as ReportDefinition[]

async function callsOf(events: readonly RawEvent[], flags: ConditionFlags): Promise<unknown[]> {
  const table = await RawTable.of(events)
  try {
    const calls = []
    for (const report of reports) {
      const options = {...range, ...more, conditions: conditionsOf(flags)}
      const {totals} = report.shape(await table.answer(report, options), options)
      calls.push(totals['calls'])
    }
    return calls
  } finally {
    table.close()
  }
}

const event = (given: RawEvent): RawEvent => ({
  ...{time: '2026-11-10T12:00:05Z', occurredAt: '2026-11-10T12:00:00Z', customerId: 'acme'},
  ...given,
})
const everywhere = (count: number) => reports.map(() => count)

describe('conditions on any report', () => {
  const events = [
    event({eventId: '1', feature: 'export', service: 'shop', status: 200, quantity: '2.5'}),
    event({eventId: '2', feature: 'export', service: 'pay', status: 503, attributes: {Tier: 'gold'}}),
    event({eventId: '3', feature: 'search', service: 'pay', status: 404, customerId: "o'hara"}),
    event({eventId: '4', service: 'pay', test: true}),
    {eventId: '5', time: '2026-11-10T12:00:05Z', occurredAt: '2026-11-10T12:00:00Z'},
    // Copies that differ: the first one counts, and the other decides nothing.
    event({eventId: '6', feature: 'first', path: 's3://b/1'}),
    event({eventId: '6', feature: 'second', path: 's3://b/2'}),
  ]

  it.each<[ConditionFlags, number]>([
    [{}, 5],
    [{feature: 'export'}, 2],
    [{feature: 'export', service: 'pay'}, 1],
    [{customer: "o'hara"}, 1],
    [{customer: '(none)'}, 1],
    [{feature: '(none)'}, 1],
    [{feature: 'first'}, 1],
    [{feature: 'second'}, 0],
    [{where: ['detail.response.status >= 404']}, 2],
    [{where: ['detail.response.status >= 404', 'detail.feature = search']}, 1],
    [{where: ['detail.attributes.Tier = gold, silver']}, 1],
    [{where: ['detail.quantity > 1']}, 1],
    [{where: ['detail.feature != export']}, 2],
    [{where: ['detail.feature like *x*ort'], customer: 'acme'}, 2],
  ])('%j', async (flags, count) => {
    expect(await callsOf(events, flags)).toEqual(everywhere(count))
  })

  it('bind their values, whatever these are', async () => {
    const hostile = fc.stringMatching(/^['"?;:%_!a-z{}\\-]{1,12}$/)
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (text, other) => {
        const named = [event({eventId: '1', feature: text}), event({eventId: '2', feature: `${other}!`})]
        expect(await callsOf(named, {feature: text})).toEqual(everywhere(text === `${other}!` ? 2 : 1))
      }),
      {numRuns: runs(3, 10)},
    )
  })

  const ofArrival = [reconcileReport, sequencesReport] as unknown as ReportDefinition[]

  it.each([...reports, ...ofArrival])('of $name are parameters, in WHERE alone', async (report) => {
    const conditions = conditionsOf({customer: 'a', where: ['detail.response.status = 1, 2']})
    const options = {...range, ...more, conditions, asOf: range.to}
    const {names, values} = reportQuery(report, options, {sql: '"usage_events"'})
    const text = await loadSql(sqlFolder, report.sqlFile, names)

    expect(text.split('?').length - 1).toBe(values.length)
    const clauses = [...text.matchAll(/\?/g)].map(({index}) =>
      text
        .slice(0, index)
        .match(/\b(SELECT|WHERE|FROM|GROUP|ORDER)\b/g)
        ?.at(-1),
    )
    expect(new Set(clauses)).toEqual(new Set(['WHERE']))
    expect(text.split('FROM "usage_events"').length - 1).toBe(1)
  })

  it.each([
    ['feature = export', 'Did you mean detail.feature?'],
    ['detail.customer.id', 'an operator is missing'],
    ['detail.response.status = many', 'a integer, with something else'],
    ['detail.client.address in 10.0.0.0/8', 'address range'],
    ['detail.attributes.a"b = 1', 'is no condition'],
  ])('are refused: %j', (where, words) => {
    expect(() => conditionsOf({where: [where]})).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_WHERE', message: expect.stringContaining(words)}),
    )
  })
})

describe('what was known then', () => {
  it('is what lay in objects that had arrived', async () => {
    const folder = 's3://b/events/dt=2026-11-10/hour=12'
    const events = [
      event({eventId: '1', path: `${folder}/usage-events-1-2026-11-10-12-30-00-0a1b2c3d.gz`}),
      event({eventId: '2', path: `${folder}/usage-events-1-2026-11-10-12-30-01-0a1b2c3d.gz`}),
      event({eventId: '3', path: `${folder}/another-name.gz`}),
      event({eventId: '4', path: 's3://b/events/dt=2026-11-10/hour=13/another-name.gz'}),
      event({eventId: '5', path: 's3://elsewhere/unnamed'}),
    ]
    const table = await RawTable.of(events)
    const counts = []
    for (const time of ['12:00:00', '12:30:00', '12:30:01', '12:59:59', '13:00:00']) {
      const options = {...range, asOf: Date.parse(`2026-11-10T${time}Z`)}
      counts.push(billingReport.shape(await table.answer(billingReport, options), options).totals['calls'])
    }
    table.close()
    expect(counts).toEqual([2, 3, 4, 4, 5])
  })
})
