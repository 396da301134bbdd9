import fc, {runs} from '../../_helpers/properties'
import {billingFor, billingReport} from '../../../src/lib/reports/billing'
import type {BillingOptions} from '../../../src/lib/reports/billing'
import type {ReportContent} from '../../../src/lib/reports/define-report'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {RawTable} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const november: BillingOptions = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1)}
const pricePlan = parsePricePlan(
  'currency: EUR\nplans: {free: {pricePerUnit: "0"}, pro: {pricePerUnit: "0.0004"}}\n',
  'prices.yaml',
)

/** An event of November, by acme on pro, unless told otherwise. */
function event(more: RawEvent): RawEvent {
  return {
    time: '2026-11-10T12:00:05Z',
    occurredAt: '2026-11-10T12:00:00Z',
    customerId: 'acme',
    plan: 'pro',
    ...more,
  }
}

async function bill(
  events: readonly RawEvent[],
  options: Partial<BillingOptions> = {},
): Promise<ReportContent> {
  const table = await RawTable.of(events)
  try {
    const all = {...november, ...options}
    const report = billingFor(all)
    return report.shape(await table.answer(report, all), all)
  } finally {
    table.close()
  }
}

describe('the bill of hand-made events', () => {
  const events: RawEvent[] = [
    // Borders of the range, by billing time.
    event({eventId: 'b1', occurredAt: '2026-10-31T23:59:59.999Z', quantity: '1000'}),
    event({eventId: 'b2', occurredAt: '2026-11-01T00:00:00.000Z', quantity: '1'}),
    event({
      eventId: 'b3',
      occurredAt: '2026-11-30T23:59:59.999Z',
      quantity: '2',
      dt: '2026-12-01',
      time: '2026-12-01T00:00:03Z',
    }),
    event({eventId: 'b4', occurredAt: '2026-12-01T00:00:00.000Z', quantity: '1000'}),
    // 00:30 at +02:00 is still October in UTC; 23:30 at -02:00 is already December.
    event({eventId: 'b5', occurredAt: '2026-11-01T00:30:00+02:00', quantity: '1000'}),
    event({eventId: 'b6', occurredAt: '2026-11-30T23:30:00-02:00', quantity: '1000'}),
    event({eventId: 'b7', occurredAt: '2026-11-01T02:30:00+02:00', quantity: '4'}),
    // A late arrival: five weeks after it happened.
    event({eventId: 'late', dt: '2026-12-20', time: '2026-12-20T00:00:00Z', quantity: '8'}),
    // Without a time of its own, and with a malformed one: the envelope's.
    {eventId: 't1', time: '2026-11-10T12:00:05Z', customerId: 'acme', plan: 'pro', quantity: '16'},
    event({eventId: 't2', occurredAt: 'last tuesday', quantity: '32'}),
    event({eventId: 't3', occurredAt: '2026-10-45T00:00:00Z', quantity: '64'}),
    // A copy in the same object, and one that a retry brought an hour later.
    event({eventId: 'd1', customerId: 'globex', plan: 'free', quantity: '0.1'}),
    event({eventId: 'd1', customerId: 'globex', plan: 'free', quantity: '0.1', id: 'again'}),
    event({eventId: 'd2', customerId: 'globex', plan: 'free', quantity: '0.2', path: 's3://b/1'}),
    event({eventId: 'd2', customerId: 'globex', plan: 'free', quantity: '0.2', path: 's3://b/2'}),
    // The same id of another source is another event.
    event({eventId: 'd2', source: 'elsewhere', customerId: 'globex', plan: 'free'}),
    // Without an eventId the envelope's id counts.
    event({id: 'e1', customerId: 'initech', plan: 'gold', quantity: '7'}),
    event({id: 'e1', customerId: 'initech', plan: 'gold', quantity: '7', path: 's3://b/2'}),
    event({id: 'e2', eventId: '', customerId: 'initech', plan: 'gold', quantity: '7'}),
    // Copies that differ: the first to arrive counts, though it lies later in the table.
    event({eventId: 'c1', customerId: 'late-copy', path: 's3://b/9', quantity: '5'}),
    event({eventId: 'c1', customerId: 'hooli', path: 's3://b/3', quantity: '9007199254740993'}),
    // A copy across the border: the first one is October's, so November has nothing of it.
    event({eventId: 'c2', occurredAt: '2026-11-01T00:00:01Z', path: 's3://b/5', quantity: '500'}),
    event({eventId: 'c2', occurredAt: '2026-10-31T23:59:58Z', path: 's3://b/4', quantity: '500'}),
    // Tests.
    event({eventId: 'x1', test: true, quantity: '300'}),
    event({eventId: 'x1', test: true, quantity: '300', path: 's3://b/8'}),
    event({eventId: 'x2', test: true, customerId: 'canary', plan: 'pro'}),
    event({eventId: 'x3', test: false, customerId: 'hooli', quantity: '1'}),
    // Nothing said.
    {time: '2026-11-05T00:00:00Z', id: 'n1'},
    event({eventId: 'n2', customerId: '', plan: '', quantity: 'many'}),
  ]

  it('counts every identity once, in the range of its billing time', async () => {
    const {rows, totals} = await bill(events, {pricePlan})

    expect(rows).toEqual([
      {
        customerId: 'hooli',
        plan: 'pro',
        calls: 2,
        units: 9007199254740994n,
        amount: '3602879701896.40',
        currency: 'EUR',
      },
      {customerId: 'acme', plan: 'pro', calls: 7, units: 127, amount: '0.05', currency: 'EUR'},
      {customerId: 'initech', plan: 'gold', calls: 2, units: 14, currency: 'EUR'},
      {customerId: '(none)', plan: '(none)', calls: 2, units: 2, currency: 'EUR'},
      {customerId: 'globex', plan: 'free', calls: 3, units: '1.3', amount: '0.00', currency: 'EUR'},
    ])
    expect(totals).toEqual({
      calls: 16,
      units: '9007199254741138.3',
      amount: '3602879701896.45',
      currency: 'EUR',
      unpricedUnits: 16,
    })
  })

  it('says what was copied, in conflict, without an id, and a test', async () => {
    const {duplicateCount, conflictCount, unkeyedCount, testCount} = await bill(events)

    expect({duplicateCount, conflictCount, unkeyedCount, testCount}).toEqual({
      duplicateCount: 4n,
      conflictCount: 1n,
      unkeyedCount: 3n,
      testCount: 2n,
    })
  })

  it('counts tests with the rest of their customer and plan when asked to', async () => {
    const {rows, testCount, duplicateCount} = await bill(events, {pricePlan, includeTest: true})

    expect(rows.filter((row) => row['customerId'] === 'acme' || row['customerId'] === 'canary')).toEqual([
      {customerId: 'acme', plan: 'pro', calls: 8, units: 427, amount: '0.17', currency: 'EUR'},
      {customerId: 'canary', plan: 'pro', calls: 1, units: 1, amount: '0.00', currency: 'EUR'},
    ])
    expect([testCount, duplicateCount]).toEqual([2n, 5n])
  })

  it('folds what is beyond the limit into one row, so that rows still add up', async () => {
    const {rows, totals} = await bill(events, {pricePlan, limit: 1})

    expect(rows).toEqual([
      {
        customerId: 'hooli',
        plan: 'pro',
        calls: 2,
        units: 9007199254740994n,
        amount: '3602879701896.40',
        currency: 'EUR',
      },
      {customerId: '(others)', plan: '(others)', calls: 14, units: '144.3', amount: '0.05', currency: 'EUR'},
    ])
    expect(totals['calls']).toBe(16)
  })

  it('counts a record that stands twice in its object once', async () => {
    const record = event({eventId: 'a', id: 'i', path: 's3://b/1', quantity: '3'})
    const content = await bill([record, record])

    expect(content.rows).toEqual([{customerId: 'acme', plan: 'pro', calls: 1, units: 3}])
    expect(content).toMatchObject({duplicateCount: 1n, conflictCount: 0n})
  })

  it('names the plans that have no price', async () => {
    const {warnings} = await bill(events, {pricePlan})

    expect(warnings).toEqual([
      '16 units have no price: prices.yaml has none for (none), gold. Add it under plans, or a default.',
    ])
  })

  it('has no amounts, and says how to get some, without a price plan', async () => {
    const {rows, totals, warnings} = await bill([event({eventId: 'a'})])

    expect(rows).toEqual([{customerId: 'acme', plan: 'pro', calls: 1, units: 1}])
    expect(totals).toEqual({calls: 1, units: 1, unpricedUnits: 1})
    expect(warnings).toEqual([
      'Nothing has a price: 1 units stand without an amount. Give a price plan with --prices FILE.',
    ])
  })

  it('is empty, without a warning, where nothing happened', async () => {
    const content = await bill([event({eventId: 'a', occurredAt: '2026-09-01T00:00:00Z'})], {pricePlan})

    expect(content).toEqual({
      rows: [],
      totals: {calls: 0, units: 0, currency: 'EUR'},
      duplicateCount: 0n,
      conflictCount: 0n,
      unkeyedCount: 0n,
      testCount: 0n,
      warnings: [],
      pricing: {
        file: 'prices.yaml',
        currency: 'EUR',
        decimals: 2,
        rounding: 'half-up',
        timezone: 'UTC',
        proration: 'days',
      },
    })
  })
})

describe('the query of the bill', () => {
  it('answers with the columns that the report reads, and has as many parameters as are bound', async () => {
    const table = await RawTable.of([])

    expect(await table.columnsOf(billingReport, november)).toEqual(billingReport.answerColumns)

    table.close()
  })

  it('reads arrivals from eight days before the range', () => {
    expect(billingReport.bind(november)).toEqual([
      '2026-10-24',
      '2026-12-08',
      '2026-10-25 00:00:00.000',
      '2026-12-08 00:00:00.000',
      ...['2026-11-01 00:00:00.000', '2026-12-01 00:00:00.000'],
      ...['2026-11-01 00:00:00.000', '2026-12-01 00:00:00.000'],
    ])
  })

  it('agrees with a plain count in memory, whatever events there are', async () => {
    const anyEvent = fc.record({
      eventId: fc.constantFrom('1', '2', '3', '4', undefined),
      id: fc.constantFrom('p', 'q', 'r', 's'),
      path: fc.constantFrom('s3://b/1', 's3://b/2', 's3://b/3'),
      occurredAt: fc.constantFrom(
        '2026-10-31T23:00:00Z',
        '2026-11-01T00:00:00Z',
        '2026-11-15T00:00:00Z',
        '2026-12-01T00:00:00Z',
        undefined,
      ),
      time: fc.constantFrom('2026-11-02T00:00:00Z', '2026-11-29T00:00:00Z', '2026-12-01T00:00:01Z'),
      customerId: fc.constantFrom('a', 'b', undefined),
      plan: fc.constantFrom('pro', 'free'),
      quantity: fc.constantFrom('1', '0.1', '9007199254740993', undefined),
      test: fc.constantFrom(true, false, undefined),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, {maxLength: 12}), async (made) => {
        const events = oneOfEachRecord(
          made.map(
            (one) => Object.fromEntries(Object.entries(one).filter(([, v]) => v !== undefined)) as RawEvent,
          ),
        )
        const {rows, ...content} = await bill(events)

        expect({
          rows: Object.fromEntries(
            rows.map((row) => [`${row['customerId']} ${row['plan']}`, `${row['calls']} ${row['units']}`]),
          ),
          duplicates: content.duplicateCount,
          conflicts: content.conflictCount,
          unkeyed: content.unkeyedCount,
          tests: content.testCount,
        }).toEqual(naiveBill(events))
      }),
      {numRuns: runs(6, 25)},
    )
  }, 30_000)
})

/** What an object has of one event is the same, however often it stands there: the first of such, as often. */
function oneOfEachRecord(events: readonly RawEvent[]): RawEvent[] {
  const records = new Map<string, RawEvent>()
  return events.map((event) => {
    const key = JSON.stringify([event.path, event.time, event.id, event.eventId])
    const record = records.get(key) ?? event
    records.set(key, record)
    return record
  })
}

/** The same bill by sorting, grouping and adding in memory; quantities in tenths, so that `bigint` holds them. */
function naiveBill(events: readonly RawEvent[]) {
  const timeOf = (e: RawEvent) => Date.parse(e.occurredAt ?? e.time ?? '')
  const day = 86_400_000
  const near = events.filter((e) => timeOf(e) >= november.from - 7 * day && timeOf(e) < november.to + 7 * day)
  const arrival = (e: RawEvent) => `${e.path} ${e.time} ${e.id}`
  const first = new Map<string, RawEvent[]>()
  for (const e of [...near].sort((a, b) =>
    arrival(a) < arrival(b) ? -1 : arrival(a) > arrival(b) ? 1 : 0,
  )) {
    const key = e.eventId === undefined ? `id ${e.id}` : `event ${e.eventId}`
    first.set(key, [...(first.get(key) ?? []), e])
  }
  const found = [...first.values()].filter(
    ([e]) => e && timeOf(e) >= november.from && timeOf(e) < november.to,
  )
  const counted = found.filter(([e]) => e?.test !== true)
  const facts = (e: RawEvent) => JSON.stringify([timeOf(e), e.customerId, e.plan, e.quantity ?? '1'])
  const sums = new Map<string, [number, bigint]>()
  for (const [e] of counted) {
    const key = `${e?.customerId ?? '(none)'} ${e?.plan}`
    const [calls, tenths] = sums.get(key) ?? [0, 0n]
    const more = e?.quantity === '0.1' ? 1n : BigInt(e?.quantity ?? '1') * 10n
    sums.set(key, [calls + 1, tenths + more])
  }
  return {
    rows: Object.fromEntries(
      [...sums].map(([key, [calls, tenths]]) => [
        key,
        `${calls} ${tenths / 10n}${tenths % 10n === 0n ? '' : `.${tenths % 10n}`}`,
      ]),
    ),
    duplicates: BigInt(counted.reduce((sum, copies) => sum + copies.length - 1, 0)),
    conflicts: BigInt(counted.filter((copies) => new Set(copies.map(facts)).size > 1).length),
    unkeyed: BigInt(counted.filter(([e]) => e?.eventId === undefined).length),
    tests: BigInt(found.length - counted.length),
  }
}
