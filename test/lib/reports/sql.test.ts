import {readdirSync} from 'node:fs'
import {DuckDBInstance} from '@duckdb/node-api'
import fc from '../../_helpers/properties'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {billingFor, billingReport} from '../../../src/lib/reports/billing'
import {bottlenecksReport} from '../../../src/lib/reports/bottlenecks'
import {customersReport} from '../../../src/lib/reports/customers'
import type {ReportDefinition} from '../../../src/lib/reports/define-report'
import {featuresReport} from '../../../src/lib/reports/features'
import type {FeaturesOptions} from '../../../src/lib/reports/features'
import type {FeatureSplit} from '../../../src/lib/reports/features-split'
import {reportQuery} from '../../../src/lib/reports/report-query'
import {loadSql} from '../../../src/lib/reports/load-sql'
import {sqlLiteral} from '../../../src/lib/reports/sql-literal'
import {reconcileReport, sequencesReport} from '../../../src/lib/reports/reconcile/reconcile-report'
import {trendingReport} from '../../../src/lib/reports/trending'
import {sqlFolder} from './_helpers/raw-table'

const metered = billingFor({
  from: 0,
  to: 1,
  pricePlan: parsePricePlan(
    `currency: EUR
meters:
  seats: {aggregate: unique, field: detail.user.id, where: [detail.service.name = a, detail.response.status >= 400]}
  stored: {aggregate: max, field: detail.attributes.storedGb}
plans:
  pro: {prices: [{meter: seats, pricePerUnit: 1}, {meter: stored, pricePerUnit: 1}]}`,
    'prices.yaml',
  ),
})
/** The report of features with its rows split. */
const featuresBy = (by: FeatureSplit): ReportDefinition<FeaturesOptions> => ({
  ...featuresReport,
  names: (options) => featuresReport.names?.({...options, by}) ?? {},
  fields: (options) => featuresReport.fields?.({...options, by}) ?? [],
  bind: (options) => featuresReport.bind({...options, by, timezone: 'Europe/Berlin'}),
})
const reports = [
  billingReport,
  metered,
  featuresReport,
  featuresBy('service'),
  featuresBy('day'),
  bottlenecksReport,
  customersReport,
  trendingReport,
  reconcileReport,
  sequencesReport,
] as unknown as ReportDefinition[]
const range = {from: 0, to: 1, by: 'customer', minCalls: 1, atRiskPercent: 50, lateMs: 1, lookbackMs: 1}
const textOf = (report: ReportDefinition) =>
  loadSql(sqlFolder, report.sqlFile, reportQuery(report, range, {sql: '"usage_events"'}).names)

describe('canned queries', () => {
  it('each belong to a report, or to a command that asks the lake', () => {
    const files = [...reports.map((report) => report.sqlFile), 'find.sql', 'drill.sql', 'late.sql']
    expect(readdirSync(sqlFolder).sort()).toEqual([...new Set(files)].sort())
  })

  it.each(reports)('of $name have as many question marks as values are bound', async (report) => {
    const text = await textOf(report)

    expect(text.split('?').length - 1).toBe(report.bind(range).length)
  })

  it.each(reports)('of $name have parameters in WHERE alone, where Athena documents them', async (report) => {
    const text = await textOf(report)

    const clauses = [...text.matchAll(/\?/g)].map(({index}) =>
      text
        .slice(0, index)
        .match(/\b(SELECT|WHERE|FROM|GROUP|ORDER)\b/g)
        ?.at(-1),
    )
    expect(new Set(clauses)).toEqual(new Set(['WHERE']))
  })

  it.each(reports)(
    'of $name mention the events once, so that what is asked of them stands in one place',
    async (report) => {
      const text = await textOf(report)

      expect(text.split('FROM "usage_events"').length - 1).toBe(1)
      expect(text).not.toContain('{{')
      expect(text).not.toContain('--')
    },
  )

  it.each(['raw"; DROP TABLE x', 'Raw', 'a.b', ''])('take no table named %j', async (events) => {
    await expect(loadSql(sqlFolder, 'billing.sql', {events})).rejects.toMatchObject({
      kind: 'usage',
      code: 'BAD_NAME',
    })
  })

  it('that are not there are said to be absent', async () => {
    await expect(loadSql(sqlFolder, 'nothing.sql', {})).rejects.toMatchObject({
      kind: 'absent',
      code: 'NO_SUCH_QUERY',
    })
  })
})

describe('a literal', () => {
  it('is quoted, its quotes doubled', () => {
    expect(sqlLiteral("it's ''")).toBe("'it''s '''''")
  })

  it('of an integer stands bare', () => {
    expect(sqlLiteral(9007199254740993n)).toBe('9007199254740993')
  })

  it('means the text that it was made from, whatever that is', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const hostile = fc.stringMatching(/^['"\\;?\-\n a-z]{0,20}$/)

    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const reader = await connection.runAndReadAll(`SELECT ${sqlLiteral(text)}`)
        expect(reader.getRowsJson()).toEqual([[text]])
      }),
    )
    connection.closeSync()
    instance.closeSync()
  })

  it.each(['a\0b', 'x'.repeat(1023)])('is refused where Athena would refuse it', (text) => {
    expect(() => sqlLiteral(text)).toThrow('too long or has a NUL character')
  })
})
