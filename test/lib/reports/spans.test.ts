import {bottlenecksReport} from '../../../src/lib/reports/bottlenecks'
import {customersReport} from '../../../src/lib/reports/customers'
import {growthPercent, rangeBefore} from '../../../src/lib/reports/spans'
import {trendingReport, type TrendKey} from '../../../src/lib/reports/trending'
import {RawTable, type RawEvent} from './_helpers/raw-table'

const range = {from: Date.UTC(2026, 10, 8), to: Date.UTC(2026, 10, 15)}
let table: RawTable | undefined
afterEach(() => table?.close())

let count = 0
const event = (occurredAt: string, more: Partial<RawEvent> = {}): RawEvent => ({
  eventId: `e-${(count += 1)}`,
  occurredAt: `2026-11-${occurredAt}T10:00:00Z`,
  time: `2026-11-${occurredAt}T10:00:01Z`,
  ...more,
})
const times = (n: number, ...of: Parameters<typeof event>) => Array.from({length: n}, () => event(...of))

describe('the range before', () => {
  it('is as long and ends where the range begins', () => {
    expect(rangeBefore(range)).toEqual({from: Date.UTC(2026, 10, 1), to: range.from})
  })

  it.each([
    ['150', '100', '50.0'],
    ['0', '3', '-100.0'],
    ['2', '3', '-33.3'],
    ['100', '100', '0.0'],
    ['1', '0', undefined],
  ])('from %s after %s is growth of %s', (now, before, growth) => {
    expect(growthPercent(now, before)).toBe(growth)
  })
})

describe('what is trending', () => {
  const trend = async (events: RawEvent[], more: {by?: TrendKey; minCalls?: number; limit?: number} = {}) => {
    table = await RawTable.of(events)
    const options = {...range, by: 'feature' as const, minCalls: 1, ...more}
    return trendingReport.shape(await table.answer(trendingReport, options), options)
  }

  it('is what is new, then what grew most; copies, tests and other times are left out', async () => {
    const copy = event('09', {feature: 'steady'})
    const {rows, totals, duplicateCount, testCount} = await trend([
      ...times(3, '09', {feature: 'risen', customerId: 'a'}),
      ...times(1, '02', {feature: 'risen'}),
      ...times(1, '09', {feature: 'fresh', customerId: 'b'}),
      copy,
      {...copy, id: 'again'},
      ...times(1, '07', {feature: 'steady'}),
      ...times(2, '03', {feature: 'gone'}),
      ...times(5, '15', {feature: 'later'}),
      event('09', {feature: 'risen', test: true}),
    ])

    expect(rows).toEqual([
      {name: 'fresh', calls: 1, callsBefore: 0, isNew: true, customers: 1},
      {name: 'risen', calls: 3, callsBefore: 1, growthPercent: '200.0', customers: 1},
      {name: 'steady', calls: 1, callsBefore: 1, growthPercent: '0.0', customers: 0},
      {name: 'gone', calls: 0, callsBefore: 2, growthPercent: '-100.0', customers: 0},
    ])
    expect(totals).toEqual({calls: 5, callsBefore: 4, growthPercent: '25.0'})
    expect([duplicateCount, testCount]).toEqual([1n, 1n])
  })

  it('says what it does not list', async () => {
    const events = [
      ...times(5, '09', {feature: 'a'}),
      ...times(4, '09', {feature: 'b'}),
      event('09', {feature: 'c'}),
    ]
    const {rows, warnings} = await trend(events, {minCalls: 2, limit: 1})

    expect(rows).toMatchObject([
      {name: 'a', calls: 5},
      {name: '(others)', calls: 4, callsBefore: 0},
    ])
    expect(warnings).toEqual(['1 with fewer than 2 calls in both ranges are not listed (--min-calls).'])
  })

  it('compares customers, too', async () => {
    const {rows} = await trend([event('09', {customerId: 'a'}), event('09')], {by: 'customer'})
    expect(rows.map((row) => row['name'])).toEqual(['(none)', 'a'])
  })
})

describe('bottlenecks', () => {
  const look = async (events: RawEvent[], limit?: number) => {
    table = await RawTable.of(events)
    return bottlenecksReport.shape(await table.answer(bottlenecksReport, range), {...range, limit})
  }

  it('are routes, slowest first, with latencies that a call had', async () => {
    const slow = Array.from({length: 100}, (_, i) =>
      event('09', {
        service: 'pay',
        method: 'GET',
        route: '/slow',
        durationMs: i + 1,
        status: i < 5 ? 500 : 200,
      }),
    )
    const {rows, totals} = await look([
      ...slow,
      ...times(2, '02', {service: 'pay', method: 'GET', route: '/slow', durationMs: 50}),
      ...times(3, '09', {service: 'pay', method: 'POST', route: '/fast', durationMs: 1.25}),
      event('09', {service: 'pay', route: '/untimed'}),
      event('02', {service: 'pay', route: '/only-before', durationMs: 9}),
    ])

    expect(rows).toEqual([
      {
        ...{service: 'pay', method: 'GET', route: '/slow', calls: 100, errors: 5, errorPercent: '5.00'},
        ...{p50Ms: '50', p95Ms: '95', p99Ms: '99', p95GrowthPercent: '90.0'},
      },
      {
        ...{service: 'pay', method: 'POST', route: '/fast', calls: 3, errors: 0, errorPercent: '0.00'},
        ...{p50Ms: '1.25', p95Ms: '1.25', p99Ms: '1.25'},
      },
      {service: 'pay', method: '', route: '/untimed', calls: 1, errors: 0, errorPercent: '0.00'},
    ])
    expect(totals).toEqual({calls: 104, errors: 5, errorPercent: '4.81'})
  })
})

describe('customers', () => {
  const look = async (events: RawEvent[]) => {
    table = await RawTable.of(events)
    const options = {...range, atRiskPercent: 50}
    return customersReport.shape(await table.answer(customersReport, options), options)
  }

  it('are told with what they use, when they were seen last, and whether they leave', async () => {
    const {rows, totals} = await look([
      ...times(2, '09', {customerId: 'a', feature: 'f', userId: 'u', quantity: '0.5'}),
      event('10', {customerId: 'a', feature: 'g', userId: 'v'}),
      ...times(4, '03', {customerId: 'b'}),
      event('09', {customerId: 'b'}),
      event('04', {customerId: 'left'}),
      event('09'),
    ])

    expect(rows).toEqual([
      {
        ...{customerId: 'a', calls: 3, units: 2, features: 2, users: 2, callsBefore: 0},
        lastSeen: '2026-11-10T10:00:00.000Z',
      },
      {
        ...{
          customerId: 'b',
          calls: 1,
          units: 1,
          features: 1,
          users: 0,
          callsBefore: 4,
          growthPercent: '-75.0',
        },
        ...{lastSeen: '2026-11-09T10:00:00.000Z', atRisk: true},
      },
      {
        ...{customerId: '(none)', calls: 1, units: 1, features: 1, users: 0, callsBefore: 0},
        lastSeen: '2026-11-09T10:00:00.000Z',
      },
      {
        ...{
          customerId: 'left',
          calls: 0,
          units: 0,
          features: 0,
          users: 0,
          callsBefore: 1,
          growthPercent: '-100.0',
        },
        ...{lastSeen: '2026-11-04T10:00:00.000Z', atRisk: true},
      },
    ])
    expect(totals).toEqual({calls: 5, units: 4, callsBefore: 5, customers: 2})
  })
})
