import {reportFoot, reportHead} from '../../../src/lib/reports/report-text'
import type {ReportResult} from '../../../src/lib/reports/run-report'

const result: ReportResult = {
  report: 'billing',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
  columns: [],
  rows: [],
  totals: {calls: 9007199254740993n, units: '0.3', amount: '1234.50', currency: 'EUR', unpricedUnits: 7},
  completeUntil: '2026-11-30T12:00:00.000Z',
  duplicateCount: 4,
  conflictCount: 1,
  unkeyedCount: 3,
  testCount: 2000,
  scannedBytes: 4096,
  source: {
    accountId: '000000000000',
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4577',
    database: 'usage',
    table: 'raw_events',
    workgroup: 'usage',
    queryExecutionId: 'q-1',
    pricing: {
      file: 'prices.yaml',
      currency: 'EUR',
      decimals: 2,
      rounding: 'half-even',
      timezone: 'UTC',
      proration: 'days',
    },
  },
}

describe('the text around a report', () => {
  it('names range, account, region and endpoint above the table', () => {
    expect(reportHead(result)).toBe(
      [
        'billing, 2026-11-01T00:00:00.000Z to 2026-12-01T00:00:00.000Z (UTC)',
        'account 000000000000, region eu-west-1, endpoint http://127.0.0.1:4577',
        'database usage, workgroup usage',
      ].join('\n'),
    )
  })

  it("says AWS where there is no endpoint of one's own", () => {
    const {endpoint, ...source} = result.source

    expect(reportHead({...result, source})).toContain('endpoint AWS\n')
    expect(endpoint).toBe('http://127.0.0.1:4577')
  })

  it('has totals, the rounding rule and what was not counted below it', () => {
    expect(reportFoot(result)).toBe(
      [
        'Total: calls 9,007,199,254,740,993, units 0.3, amount 1,234.50 EUR, unpriced units 7',
        'Each line is rounded once, half-even, to 2 decimals (prices.yaml)',
        'Copies left out 4 (in conflict 1), without eventId 3, tests 2,000',
        'Complete until 2026-11-30T12:00:00.000Z, scanned 4,096 bytes',
      ].join('\n'),
    )
  })
})
