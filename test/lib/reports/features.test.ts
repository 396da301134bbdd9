import type {ReportContent, ReportOptions} from '../../../src/lib/reports/define-report'
import {featuresReport} from '../../../src/lib/reports/features'
import {RawTable} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const november: ReportOptions = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1)}

async function features(
  events: readonly RawEvent[],
  options: Partial<ReportOptions> = {},
): Promise<ReportContent> {
  const table = await RawTable.of(events)
  try {
    const all = {...november, ...options}
    return featuresReport.shape(await table.answer(featuresReport, all), all)
  } finally {
    table.close()
  }
}

let made = 0
function call(
  feature: string | undefined,
  customerId: string | undefined,
  userId: string | undefined,
  more: RawEvent = {},
): RawEvent {
  made += 1
  const named = {
    ...(feature !== undefined && {feature}),
    ...(customerId !== undefined && {customerId}),
    ...(userId !== undefined && {userId}),
  }
  return {time: '2026-11-10T12:00:05Z', eventId: `call-${made}`, ...named, ...more}
}

const events: RawEvent[] = [
  call('search', 'acme', 'ann', {status: 200}),
  call('search', 'acme', 'ann', {status: 399}),
  call('search', 'acme', 'bob', {status: 400}),
  call('search', 'globex', 'cyd', {status: 503}),
  call('export', 'acme', 'ann'),
  call('export', 'acme', undefined),
  call('import', 'globex', 'cyd', {status: 404}),
  call('import', 'globex', 'cyd', {eventId: 'twice', path: 's3://b/1'}),
  call('export', 'acme', 'cyd', {eventId: 'twice', path: 's3://b/2'}),
  call('audit', 'initech', 'dee'),
  call(undefined, undefined, undefined, {eventId: ''}),
  call('search', 'acme', 'ann', {time: '2026-12-01T00:00:00Z'}),
  call('search', 'canary', 'robot', {test: true}),
  call('probe', 'canary', 'robot', {test: true}),
]

describe('the report of features', () => {
  it('counts calls and distinct customers and users, most calls first', async () => {
    const {rows, totals} = await features(events)

    expect(rows).toEqual([
      {feature: 'search', calls: 4, customers: 2, users: 3, errors: 2, sharePercent: '40.00'},
      {feature: 'export', calls: 2, customers: 1, users: 1, errors: 0, sharePercent: '20.00'},
      {feature: 'import', calls: 2, customers: 1, users: 1, errors: 1, sharePercent: '20.00'},
      {feature: '(none)', calls: 1, customers: 0, users: 0, errors: 0, sharePercent: '10.00'},
      {feature: 'audit', calls: 1, customers: 1, users: 1, errors: 0, sharePercent: '10.00'},
    ])
    expect(totals).toEqual({calls: 10, customers: 3, users: 4, errors: 3})
  })

  it('folds features beyond the limit, each customer and user counted once', async () => {
    const {rows, totals} = await features(events, {limit: 1})

    expect(rows).toEqual([
      {feature: 'search', calls: 4, customers: 2, users: 3, errors: 2, sharePercent: '40.00'},
      {feature: '(others)', calls: 6, customers: 3, users: 3, errors: 1, sharePercent: '60.00'},
    ])
    expect(totals).toEqual({calls: 10, customers: 3, users: 4, errors: 3})
  })

  it('says what was copied, in conflict, without an id, and a test', async () => {
    const {duplicateCount, conflictCount, unkeyedCount, testCount} = await features(events)

    expect({duplicateCount, conflictCount, unkeyedCount, testCount}).toEqual({
      duplicateCount: 1n,
      conflictCount: 1n,
      unkeyedCount: 1n,
      testCount: 2n,
    })
  })

  it('counts tests too when asked to', async () => {
    const {rows, totals, testCount} = await features(events, {includeTest: true, limit: 2})

    expect(rows[0]).toEqual({
      feature: 'search',
      calls: 5,
      customers: 3,
      users: 4,
      errors: 2,
      sharePercent: '41.67',
    })
    expect(totals).toEqual({calls: 12, customers: 4, users: 5, errors: 3})
    expect(testCount).toBe(2n)
  })

  it('does not rank a feature by its tests', async () => {
    const {rows} = await features(
      [call('real', 'a', 'u'), call('probe', 'a', 'u', {test: true}), call('probe', 'a', 'u', {test: true})],
      {limit: 1},
    )

    expect(rows).toEqual([
      {feature: 'real', calls: 1, customers: 1, users: 1, errors: 0, sharePercent: '100.00'},
    ])
  })

  it('is empty where nothing happened', async () => {
    expect(await features([])).toEqual({
      rows: [],
      totals: {calls: 0, customers: 0, users: 0, errors: 0},
      duplicateCount: 0n,
      conflictCount: 0n,
      unkeyedCount: 0n,
      testCount: 0n,
      warnings: [],
    })
  })

  it('answers with the columns that it reads, and has as many parameters as are bound', async () => {
    const table = await RawTable.of([])

    expect(await table.columnsOf(featuresReport, november)).toEqual(featuresReport.answerColumns)

    table.close()
  })
})
