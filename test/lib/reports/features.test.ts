import type {Row} from '../../../src/lib/core/column'
import type {ReportContent, ReportOptions} from '../../../src/lib/reports/define-report'
import {catalogueOf} from '../../../src/lib/reports/feature-catalogue'
import {featuresFor, featuresReport} from '../../../src/lib/reports/features'
import type {FeaturesOptions} from '../../../src/lib/reports/features'
import {parseSort} from '../../../src/lib/reports/arrange-rows'
import {conditionsOf} from '../../../src/lib/reports/conditions'
import {featureSplits, splits} from '../../../src/lib/reports/features-split'
import type {FeatureSplit} from '../../../src/lib/reports/features-split'
import {RawTable} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const november: ReportOptions = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1)}

async function features(
  events: readonly RawEvent[],
  options: Partial<FeaturesOptions> = {},
): Promise<ReportContent> {
  const table = await RawTable.of(events)
  try {
    const all = {...november, ...options}
    return featuresReport.shape(await table.answer(featuresReport, all), all)
  } finally {
    table.close()
  }
}

/** A row without what follows from it and from the range before. */
function ofRange({feature, calls, customers, users, errors, sharePercent}: Row): Row {
  return {feature, calls, customers, users, errors, sharePercent}
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

    expect(rows.map(ofRange)).toEqual([
      {feature: 'search', calls: 4, customers: 2, users: 3, errors: 2, sharePercent: '40.00'},
      {feature: 'export', calls: 2, customers: 1, users: 1, errors: 0, sharePercent: '20.00'},
      {feature: 'import', calls: 2, customers: 1, users: 1, errors: 1, sharePercent: '20.00'},
      {feature: '(none)', calls: 1, customers: 0, users: 0, errors: 0, sharePercent: '10.00'},
      {feature: 'audit', calls: 1, customers: 1, users: 1, errors: 0, sharePercent: '10.00'},
    ])
    expect(totals).toMatchObject({calls: 10, customers: 3, users: 4, errors: 3})
  })

  it('folds features beyond the limit, each customer and user counted once', async () => {
    const {rows, totals} = await features(events, {limit: 1})

    expect(rows.map(ofRange)).toEqual([
      {feature: 'search', calls: 4, customers: 2, users: 3, errors: 2, sharePercent: '40.00'},
      {feature: '(others)', calls: 6, customers: 3, users: 3, errors: 1, sharePercent: '60.00'},
    ])
    expect(totals).toMatchObject({calls: 10, customers: 3, users: 4, errors: 3})
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

    expect(rows.map(ofRange)[0]).toEqual({
      feature: 'search',
      calls: 5,
      customers: 3,
      users: 4,
      errors: 2,
      sharePercent: '41.67',
    })
    expect(totals).toMatchObject({calls: 12, customers: 4, users: 5, errors: 3})
    expect(testCount).toBe(2n)
  })

  it('does not rank a feature by its tests', async () => {
    const {rows} = await features(
      [call('real', 'a', 'u'), call('probe', 'a', 'u', {test: true}), call('probe', 'a', 'u', {test: true})],
      {limit: 1},
    )

    expect(rows.map(ofRange)).toEqual([
      {feature: 'real', calls: 1, customers: 1, users: 1, errors: 0, sharePercent: '100.00'},
    ])
  })

  it('says who adopted it, how often they use it, and how it grew', async () => {
    const {rows, totals} = await features([
      ...events,
      ...[1, 2, 3].map(() => call('search', 'old', 'old', {time: '2026-10-15T00:00:00Z'})),
      call('gone', 'old', 'old', {time: '2026-10-15T00:00:00Z'}),
      call('search', 'old', 'old', {time: '2026-10-15T00:00:00Z', test: true}),
      call('search', 'old', 'old', {time: '2026-10-01T00:00:00Z'}),
    ])

    expect(rows.slice(0, 2)).toEqual([
      {
        ...{feature: 'search', calls: 4, callsBefore: 3, growthPercent: '33.3', sharePercent: '40.00'},
        ...{customers: 2, adoptionPercent: '66.67', users: 3, callsPerUser: '1.33', errors: 2},
      },
      {
        ...{feature: 'export', calls: 2, callsBefore: 0, sharePercent: '20.00'},
        ...{customers: 1, adoptionPercent: '33.33', users: 1, callsPerUser: '2.00', errors: 0},
      },
    ])
    expect(rows.find(({feature}) => feature === '(none)')).not.toHaveProperty('callsPerUser')
    expect(rows.map(({feature}) => feature)).not.toContain('gone')
    expect(totals).toEqual({
      ...{calls: 10, customers: 3, users: 4, errors: 3},
      ...{callsBefore: 4, growthPercent: '150.0'},
    })
  })

  it('compares usage with the catalogue: other names, and what is unused, retired or unknown', async () => {
    const catalogue = catalogueOf({
      search: {aliases: ['import', 'probe']},
      export: {retired: true},
      reports: null,
      "o'dd ?": {aliases: ['{{odd}}']},
      legacy: {retired: true},
      gone: {},
    })
    const before = call('gone', 'old', 'old', {time: '2026-10-15T00:00:00Z'})
    const all = [...events, before, call("o'dd ?", 'acme', 'ann'), call('{{odd}}', 'acme', 'ann')]
    const {rows, totals} = await features(all, {catalogue})

    expect(
      rows.map(({feature, calls, customers, users, status}) => [feature, calls, customers, users, status]),
    ).toEqual([
      // Customer globex and user cyd used it under both names, and count once.
      ['search', 6, 2, 3, undefined],
      ["o'dd ?", 2, 1, 1, undefined],
      ['export', 2, 1, 1, 'retired'],
      ['(none)', 1, 0, 0, undefined],
      ['audit', 1, 1, 1, 'unknown'],
      ['reports', 0, 0, 0, 'unused'],
      ['gone', 0, 0, 0, 'unused'],
    ])
    expect(rows.at(-1)).toMatchObject({callsBefore: 1, growthPercent: '-100.0'})
    expect(totals).toMatchObject({calls: 12, unusedFeatures: 2})
    const folded = await features(all, {catalogue, limit: 1})
    expect(folded.rows.map(({feature, calls, customers}) => [feature, calls, customers])).toEqual([
      ['search', 6, 2],
      ['(others)', 6, 2],
    ])
  })

  it('stands in the order that is asked for', async () => {
    const sort = {key: 'customers', isNumber: true, isDescending: false}
    const {rows} = await features(events, {sort, limit: 2})

    expect(rows.map(({feature, calls}) => [feature, calls])).toEqual([
      ['(none)', 1],
      ['export', 2],
      ['(others)', 7],
    ])
    expect(rows.at(-1)).not.toHaveProperty('customers')
  })

  it('is empty where nothing happened', async () => {
    expect(await features([])).toEqual({
      rows: [],
      totals: {calls: 0, customers: 0, users: 0, errors: 0, callsBefore: 0},
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

describe('features by something else', () => {
  const part = (row: Row, key: string) => [
    row['feature'],
    row[key],
    row['calls'],
    row['users'],
    row['errors'],
  ]

  it('have a row for each customer, and add up to the same', async () => {
    const whole = await features(events)
    const {rows, totals} = await features(events, {by: 'customer'})

    expect(rows.map((row) => part(row, 'customerId'))).toEqual([
      ['search', 'acme', 3, 2, 1],
      ['export', 'acme', 2, 1, 0],
      ['import', 'globex', 2, 1, 1],
      ['(none)', '(none)', 1, 0, 0],
      ['audit', 'initech', 1, 1, 0],
      ['search', 'globex', 1, 1, 1],
    ])
    expect(totals).toEqual(whole.totals)
    expect(rows[0]).not.toHaveProperty('adoptionPercent')
  })

  it('have a row for each user, and the rest in one that counts each customer once', async () => {
    const {rows, totals} = await features(events, {by: 'user', limit: 2})

    expect(
      rows.map(({feature, userId, calls, customers, users}) => [feature, userId, calls, customers, users]),
    ).toEqual([
      ['import', 'cyd', 2, 1, 1],
      ['search', 'ann', 2, 1, 1],
      ['(others)', '(others)', 6, 3, 4],
    ])
    expect(totals).toMatchObject({calls: 10, users: 4})
  })

  it('have a row for each service of the copy that counts, also beside a condition', async () => {
    const served = [
      call('search', 'acme', 'ann', {service: 'web', eventId: 'copied', path: 's3://b/1'}),
      call('search', 'acme', 'ann', {service: 'late', eventId: 'copied', path: 's3://b/2'}),
      call('search', 'acme', 'bob', {service: 'app'}),
      call('search', 'acme', 'bob', {service: 'app', time: '2026-10-20T00:00:00Z'}),
      call('search', 'acme', 'ann'),
      call('export', 'acme', 'ann', {service: 'web'}),
    ]
    const conditions = conditionsOf({feature: 'search'})

    const {rows} = await features(served, {
      by: 'service',
      conditions,
      sort: parseSort('service', [...columnsBy('service')]),
    })

    expect(
      rows.map(({feature, service, calls, callsBefore}) => [feature, service, calls, callsBefore]),
    ).toEqual([
      ['search', '(none)', 1, 0],
      ['search', 'app', 1, 1],
      ['search', 'web', 1, 0],
    ])
  })

  it('have a row for each day of the time zone, compared with no range before', async () => {
    const at = (time: string) => call('search', 'acme', 'ann', {time})
    const days = [
      at('2026-10-24T21:59:59Z'),
      at('2026-10-24T22:00:00Z'),
      at('2026-10-25T22:59:59Z'),
      at('2026-10-25T23:00:00Z'),
      at('2026-09-20T00:00:00Z'),
    ]
    const range = {from: Date.parse('2026-10-20T22:00:00Z'), to: Date.parse('2026-10-31T23:00:00Z')}

    const {rows, totals} = await features(days, {...range, by: 'day', timezone: 'Europe/Berlin'})

    expect(rows.map(({day, calls}) => [day, calls])).toEqual([
      ['2026-10-24', 1],
      ['2026-10-25', 2],
      ['2026-10-26', 1],
    ])
    expect(totals).toMatchObject({calls: 4})
    expect(Object.keys({...rows[0], ...totals})).not.toContain('callsBefore')
  })

  it('have features of the catalogue that nobody used too, and other names as one', async () => {
    const catalogue = catalogueOf({export: {aliases: ['import']}, fax: null})

    const {rows} = await features(events, {by: 'customer', catalogue})

    expect(rows.filter(({feature}) => feature === 'export').map((row) => part(row, 'customerId'))).toEqual([
      ['export', 'acme', 2, 1, 0],
      ['export', 'globex', 2, 1, 1],
    ])
    expect(rows.at(-1)).toMatchObject({feature: 'fax', calls: 0, status: 'unused'})
  })

  it.each(featureSplits)('by %s are shown in columns that the rows have', async (by) => {
    const {rows} = await features(events, {by})

    const shown = columnsBy(by).map(({key}) => key)
    expect(shown.slice(0, 3)).toEqual(['feature', splits[by].column.key, 'calls'])
    expect(Object.keys(rows[0] ?? {}).filter((key) => !shown.includes(key))).toEqual([])
  })
})

const columnsBy = (by: FeatureSplit) => featuresFor(undefined, by).columns
