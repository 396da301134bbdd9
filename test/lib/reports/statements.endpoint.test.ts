import type {Row} from '../../../src/lib/core/column'
import {stringifyExact} from '../../../src/lib/core/json'
import {parseMonth} from '../../../src/lib/core/time'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import type {BillDeps, BillRequest} from '../../../src/lib/reports/billing/month-bill'
import {runBilling, runInvoices} from '../../../src/lib/reports/billing/run-billing'
import {billingSplits} from '../../../src/lib/reports/billing/billing-options'
import type {BillingOptions} from '../../../src/lib/reports/billing/billing-options'
import {readLakeSource} from '../../../src/lib/reports/lake-source'
import {closeMonth} from '../../../src/lib/reports/statements/close-month'
import {planClose} from '../../../src/lib/reports/statements/plan-close'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, TestLake} from '../lake/_helpers/test-lake'
import {sqlFolder} from './_helpers/raw-table'

jest.setTimeout(900_000)

const prices = `currency: EUR
timezone: Europe/Berlin
meters:
  exports: {aggregate: sum, field: detail.quantity, where: detail.feature = export}
  seats: {aggregate: unique, field: detail.user.id}
plans:
  tiered:
    minimum: 20
    prices:
      - {amount: 3.5}
      - meter: calls
        model: graduated
        included: 10
        tiers: [{upTo: 100, pricePerUnit: 0.05}, {upTo: 1000, pricePerUnit: 0.03}, {pricePerUnit: 0.011}]
  volume: {prices: [{meter: units, model: volume, tiers: [{upTo: 50, pricePerUnit: 1}, {pricePerUnit: 0.333}]}]}
  packed: {cap: 60, prices: [{meter: exports, model: package, packageSize: 7, pricePerPackage: 1.1}, {meter: seats, pricePerUnit: 2}]}
  us: {currency: USD, pricePerUnit: 0.007}
customers:
  acme: {aliases: [acme-eu], plan: tiered, credits: [{date: 2026-10-05, amount: 4, reason: Outage}]}
  quiet: {plan: tiered}
  staff: {plan: us, billable: false}
`
const pricePlan = parsePricePlan(prices, 'prices.yaml')
const place = {accountId: '000000000000', region: 'eu-west-1', database: 'usage', workgroup: 'usage'}

let endpoint: TestEndpoint
let lake: TestLake
let clock = Date.UTC(2026, 10, 3, 12)

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 3, 12)
  endpoint = await testEndpoint(undefined, () => clock)
  lake = new TestLake(endpoint)
  await lake.make()
})
afterEach(async () => {
  lake.close()
  await discard(endpoint)
})

function deps(more: Partial<BillDeps> = {}): BillDeps {
  return {
    ...lake.deps({now: () => clock}),
    lakeSource: () => readLakeSource(lake.glue, lake.place.database),
    stream: 'usage-events',
    undelivered: async () => ({count: 0}),
    firehose: () => Promise.reject(new Error('not asked')),
    sqlFolder,
    statements: {s3: async () => lake.s3, bucket: lake.place.bucket},
    ...more,
  }
}

let number = 0

/** Events of the customers in turn, some of them copies, spread over a month. */
function events(count: number, month: string, customers: readonly [string, string][]): object[] {
  return Array.from({length: count}, (_, i) => {
    const [id, plan] = customers[i % customers.length] ?? ['', '']
    const day = String(1 + ((i * 7) % 28)).padStart(2, '0')
    const occurredAt = `${month}-${day}T${String(i % 24).padStart(2, '0')}:30:00Z`
    number += i % 50 === 49 ? 0 : 1
    const detail = {
      ...{eventId: `e-${number}`, occurredAt, customer: {id, plan}, quantity: i % 3 === 0 ? 1.25 : 1},
      ...{feature: i % 2 === 0 ? 'export' : 'search', user: {id: `u-${i % 11}`}},
      ...{service: {name: 's'}, api: {}},
    }
    // The envelope's time is what a producer says: nothing follows from it.
    return envelope(`m-${number}-${i}`, occurredAt, detail)
  })
}

const october: [string, string][] = [
  ['acme', 'other'],
  ['acme-eu', 'other'],
  ['v', 'volume'],
  ['p', 'packed'],
  ['usa', 'us'],
  ['staff', 'us'],
]

/** An object as Firehose names it, after the arrival of its oldest record. */
async function arrive(at: string, list: readonly object[]): Promise<void> {
  const stamp = at.replace(/[T:]/g, '-')
  await lake.put(
    at.slice(0, 13),
    list,
    `usage-events-1-${stamp}-0a1b2c3d-0000-1111-2222-${stamp.replace(/\D/g, '').slice(-12)}`,
  )
}

function request(month: string, more: Partial<BillingOptions> = {}): BillRequest {
  return {month, options: {...parseMonth(month, clock, 'Europe/Berlin'), pricePlan, ...more}}
}

async function rowsOf(month: string, more: Partial<BillingOptions> = {}): Promise<Row[]> {
  return (await runBilling(deps(), request(month, more), place)).result.rows
}

async function close(month: string): Promise<void> {
  const range = parseMonth(month, clock, 'Europe/Berlin')
  const plan = await planClose(deps(), {month, range, pricePlan}, place)
  await closeMonth(deps().statements, plan)
}

/** All that a closed month prints, as one text. */
async function printed(month: string): Promise<string> {
  const bills = []
  for (const by of [undefined, ...billingSplits]) {
    bills.push(await runBilling(deps(), request(month, {by}), place))
  }
  return stringifyExact([bills, await runInvoices(deps(), request(month), place)])
}

/** Whole parts of 10^-9: what a decimal is in a whole number. */
function parts(value: unknown): bigint {
  if (value === undefined) return 0n
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
  const all = BigInt(whole + fraction.padEnd(9, '0'))
  return sign === '-' ? -all : all
}

/** Sums of rows by customer, plan, meter, day and currency; what comes to nothing is left out. */
function sums(rows: readonly Row[]): Record<string, string> {
  const all = new Map<string, [bigint, bigint, bigint]>()
  for (const {customerId, plan, meter, day, currency, calls, units, amount} of rows) {
    const key = [customerId, plan, meter, day, currency].join(' ')
    const [a, b, c] = all.get(key) ?? [0n, 0n, 0n]
    all.set(key, [a + parts(calls), b + parts(units), c + parts(amount)])
  }
  const some = [...all].filter(([, values]) => values.some((value) => value !== 0n))
  return Object.fromEntries(some.map(([key, values]) => [key, values.join(' ')]).sort())
}

const adjusting = (rows: readonly Row[], month: string) => rows.filter(({adjusts}) => adjusts === month)

describe('a closed month', () => {
  it('stays as it is to the byte, and 4,000 late events are billed exactly in the next one', async () => {
    await arrive('2026-10-20T10:00:00', events(900, '2026-10', october))
    await arrive('2026-11-02T10:00:00', events(90, '2026-11', october))
    const open = await rowsOf('2026-10')
    await close('2026-10')
    const statement = await printed('2026-10')
    expect(await rowsOf('2026-10')).toEqual(open)
    expect(JSON.parse(statement)[0][0].result.statement).toMatchObject({
      ...{month: '2026-10', closedAt: '2026-11-03T12:00:00.000Z'},
      pricesSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    // Nothing came since.
    expect(adjusting(await rowsOf('2026-11'), '2026-10')).toEqual([])

    const late: [string, string][] = [...october, ['new', 'volume'], ['v', 'us']]
    await arrive('2026-11-10T10:00:00', events(4000, '2026-10', late))
    clock = Date.UTC(2026, 10, 11)
    expect(await printed('2026-10')).toBe(statement)

    await lake.init()
    await lake.compact({to: clock}, {now: () => clock})
    expect(await printed('2026-10')).toBe(statement)
    for (const by of ['meter', 'day'] as const) {
      const [billed, next] = [await rowsOf('2026-10', {by}), await rowsOf('2026-11', {by})]
      const known = await rowsOf('2026-10', {by, asOf: clock})
      expect(adjusting(next, '2026-10').length).toBeGreaterThan(4)
      expect(sums([...billed, ...adjusting(next, '2026-10')])).toEqual(sums(known))
    }
    // What was known then can be seen at any time.
    expect(adjusting(await rowsOf('2026-11', {asOf: Date.UTC(2026, 10, 3)}), '2026-10')).toEqual([])
    expect(await rowsOf('2026-10', {asOf: Date.UTC(2026, 10, 3, 12)})).toEqual(open)

    // The next month is closed with its adjustments, and what comes later still is the month's after it.
    clock = Date.UTC(2026, 11, 2)
    await close('2026-11')
    const november = await printed('2026-11')
    await arrive('2026-12-03T10:00:00', events(55, '2026-10', late))
    await arrive('2026-12-03T11:00:00', events(44, '2026-11', late))
    clock = Date.UTC(2026, 11, 4)
    const december = await rowsOf('2026-12')
    for (const month of ['2026-10', '2026-11']) {
      const own = (await rowsOf(month)).filter(({adjusts}) => adjusts === undefined)
      const billed = [...own, ...adjusting(await rowsOf('2026-11'), month), ...adjusting(december, month)]
      const known = await rowsOf(month, {asOf: clock})
      expect(sums(billed)).toEqual(sums(known))
    }
    expect(await printed('2026-10')).toBe(statement)
    expect(await printed('2026-11')).toBe(november)
  })

  it('has adjustments in totals, invoices and lines of the next one', async () => {
    await arrive('2026-10-20T10:00:00', events(60, '2026-10', october))
    await close('2026-10')
    await arrive('2026-11-10T10:00:00', events(12, '2026-10', [['usa', 'us']]))
    clock = Date.UTC(2026, 10, 11)

    const {result} = await runBilling(deps(), request('2026-11'), place)
    const [adjustment] = adjusting(result.rows, '2026-10')
    expect(adjustment).toEqual({
      ...{customerId: 'usa', plan: 'us', currency: 'USD', calls: 12, units: 13},
      ...{amount: '0.09', adjusts: '2026-10'},
    })
    expect(result.columns.at(-1)).toEqual({key: 'adjusts', header: 'adjusts'})
    expect(result.totalsByCurrency).toEqual([
      {currency: 'EUR', amount: '40.00'},
      {currency: 'USD', amount: '0.09'},
    ])
    expect(result.totals).toEqual({calls: 12, units: 13})
    const {result: one} = await runInvoices(deps(), request('2026-11', {customer: 'usa'}), place)
    expect(one.invoices).toMatchObject([
      {
        customerId: 'usa',
        totals: [{currency: 'USD', amount: '0.09'}],
        lines: [
          {
            ...{
              line: 1,
              plan: 'us',
              month: '2026-10',
              item: 'Adjustment of 2026-10',
              units: '13',
              amount: '0.09',
            },
            reason: '0.16 as known on 2026-11-11T00:00:00.000Z, 0.07 billed so far, 12 calls more',
          },
        ],
      },
    ])
    await expect(
      runBilling(deps(), {...request('2026-11', {customer: 'usa'}), drill: 1}, place),
    ).rejects.toMatchObject({kind: 'usage', code: 'LINE_ADJUSTS'})

    // A line of a statement is drilled to what was known when it was written.
    const drilled = await runBilling(deps(), {...request('2026-10', {customer: 'usa'}), drill: 1}, place)
    expect(drilled.result.rows).toHaveLength(10)
  })

  it('is asked nothing that its statement does not say', async () => {
    await arrive('2026-10-20T10:00:00', events(6, '2026-10', october))
    await close('2026-10')
    const other = parsePricePlan(`${prices}# changed`, 'other.yaml')
    const closed = {
      code: 'MONTH_IS_CLOSED',
      message: expect.stringContaining('(--'),
      hint: expect.stringContaining('--as-of now'),
    }

    const asked = request('2026-10', {pricePlan: other})
    await expect(runBilling(deps(), {...asked, arePricesGiven: true}, place)).rejects.toMatchObject(closed)
    await expect(runBilling(deps(), {...asked, other}, place)).rejects.toMatchObject(closed)
    await expect(rowsOf('2026-10', {includeTest: true})).rejects.toMatchObject(closed)
    // The configuration's prices may have changed since.
    expect((await runBilling(deps(), asked, place)).result.rows).toEqual(await rowsOf('2026-10'))
    await expect(runInvoices(deps(), request('2026-10', {customer: 'nobody'}), place)).rejects.toMatchObject({
      code: 'CUSTOMER_ABSENT',
    })
  })
})

describe('closing', () => {
  const differs = (code: string) => ({kind: 'differs', code})

  it('is done once, by one, and in order', async () => {
    await arrive('2026-10-20T10:00:00', events(12, '2026-10', october))
    const range = parseMonth('2026-10', clock, 'Europe/Berlin')
    const plan = await planClose(deps(), {month: '2026-10', range, pricePlan}, place)
    await close('2026-10')
    const before = await lake.bytesOf('statements/2026-10.json')

    await expect(closeMonth(deps().statements, plan)).rejects.toMatchObject(differs('MONTH_CLOSED'))
    await expect(close('2026-10')).rejects.toMatchObject(differs('MONTH_CLOSED'))
    await expect(close('2026-08')).rejects.toMatchObject(differs('MONTH_NOT_NEXT'))
    expect(await lake.bytesOf('statements/2026-10.json')).toEqual(before)
  })

  it('waits until everything is in the lake that arrived before the end of the month', async () => {
    await expect(close('2026-11')).rejects.toMatchObject(differs('MONTH_NOT_COMPLETE'))
    const undelivered = async () => ({count: 1, oldestAt: Date.UTC(2026, 9, 31, 12)})
    const asked = {month: '2026-10', range: parseMonth('2026-10', clock, 'Europe/Berlin'), pricePlan}
    await expect(planClose(deps({undelivered}), asked, place)).rejects.toMatchObject({
      ...differs('MONTH_NOT_COMPLETE'),
      hint: expect.stringContaining('local flush'),
    })
  })

  it('takes no usage without a price', async () => {
    await arrive('2026-10-20T10:00:00', events(3, '2026-10', [['x', 'unknown']]))
    await expect(close('2026-10')).rejects.toMatchObject(differs('USAGE_UNPRICED'))
    expect(await lake.keys('statements/')).toEqual([])
  })

  it('keeps what it was made of, and says so when that was changed', async () => {
    await arrive('2026-10-20T10:00:00', events(12, '2026-10', october))
    await close('2026-10')
    const keys = await lake.keys('statements/')
    const names = keys.map((key) => key.split('/').at(-1))
    expect(names.sort()).toEqual([
      ...['2026-10.json', 'bill.json', 'by-day.json', 'by-line.json', 'by-meter.json'],
      ...['invoices.json', 'prices.yaml', 'queries.sql'],
    ])
    const textOf = async (name: string) =>
      String(await lake.bytesOf(keys.find((key) => key.endsWith(name)) ?? ''))
    expect(await textOf('prices.yaml')).toBe(prices)
    expect(await textOf('queries.sql')).toContain('WITH arrivals AS (')

    await lake.replace(keys.find((key) => key.endsWith('/bill.json')) ?? '', '{"rows":[]}')
    await expect(rowsOf('2026-10')).rejects.toMatchObject({kind: 'absent', code: 'STATEMENT_LOST'})
  })
})
