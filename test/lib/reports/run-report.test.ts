import type {FirehoseClient} from '@aws-sdk/client-firehose'
import {billingReport} from '../../../src/lib/reports/billing'
import {rawSource} from '../../../src/lib/reports/lake-source'
import {runReport} from '../../../src/lib/reports/run-report'
import type {ReportDeps} from '../../../src/lib/reports/run-report'
import {fakeAthena} from './_helpers/fake-athena'
import {sqlFolder} from './_helpers/raw-table'

const now = Date.UTC(2026, 10, 22, 12)
const place = {accountId: '111122223333', region: 'eu-west-1', database: 'usage', workgroup: 'usage'}
const range = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 22)}

function depsOf(more: Partial<ReportDeps>) {
  const athena = fakeAthena({
    states: ['SUCCEEDED'],
    columns: billingReport.answerColumns,
    pages: [[['acme', 'pro', 'false', '9007199254740993', '0.300000000', '2', '1', '3']]],
  })
  const deps: ReportDeps = {
    athena: athena.client,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    now: () => now,
    sqlFolder,
    lakeSource: async () => ({...rawSource(['json']), warnings: []}),
    stream: 'usage-events',
    firehose: async () => firehoseWith({IntervalInSeconds: 300}),
    ...more,
  }
  return {deps, athena}
}

function firehoseWith(BufferingHints: {IntervalInSeconds: number} | Error): FirehoseClient {
  const send = async () => {
    if (BufferingHints instanceof Error) throw BufferingHints
    return {DeliveryStreamDescription: {Destinations: [{ExtendedS3DestinationDescription: {BufferingHints}}]}}
  }
  return {send} as unknown as FirehoseClient
}

describe('runReport', () => {
  it('answers in the form that scripts rely on', async () => {
    const {result} = await runReport(depsOf({}).deps, billingReport, range, place)

    expect(result).toEqual({
      report: 'billing',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      columns: [
        {key: 'customerId', header: 'customer'},
        {key: 'plan', header: 'plan'},
        {key: 'calls', header: 'calls'},
        {key: 'units', header: 'units'},
        {key: 'amount', header: 'amount'},
        {key: 'currency', header: 'currency'},
      ],
      rows: [{customerId: 'acme', plan: 'pro', calls: 9007199254740993n, units: '0.3'}],
      totals: {calls: 9007199254740993n, units: '0.3', unpricedUnits: '0.3'},
      completeUntil: '2026-11-22T11:54:00.000Z',
      duplicateCount: 2,
      conflictCount: 1,
      unkeyedCount: 3,
      testCount: 0,
      scannedBytes: 4096,
      source: {...place, table: 'raw_events', queryExecutionId: 'q-1'},
    })
  })

  it('hands values over as literals', async () => {
    const {deps, athena} = depsOf({})

    await runReport(deps, billingReport, range, place)

    expect(athena.started[0]?.ExecutionParameters).toEqual([
      "'2026-10-24'",
      "'2026-11-29'",
      "'2026-10-25 00:00:00.000'",
      "'2026-11-29 00:00:00.000'",
      ...["'2026-11-01 00:00:00.000'", "'2026-11-22 00:00:00.000'"],
      ...["'2026-11-01 00:00:00.000'", "'2026-11-22 00:00:00.000'"],
    ])
  })

  it('warns of a range that ends after the lake is complete', async () => {
    const {warnings} = await runReport(depsOf({}).deps, billingReport, {...range, to: now}, place)

    expect(warnings[0]).toBe(
      'The range ends after 2026-11-22T11:54:00.000Z, up to which the lake is complete: events that arrive later are not counted yet.',
    )
  })

  it('takes the longest buffer where the stream may not be read', async () => {
    const denied = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400},
    })
    const {deps} = depsOf({firehose: async () => firehoseWith(denied)})

    const {result} = await runReport(deps, billingReport, range, place)

    expect(result.completeUntil).toBe('2026-11-22T11:44:00.000Z')
  })

  it('is complete until now where a local endpoint has delivered everything', async () => {
    const {deps} = depsOf({undelivered: async () => ({count: 0})})

    const {result, warnings} = await runReport(deps, billingReport, {...range, to: now}, place)

    expect(result.completeUntil).toBe('2026-11-22T12:00:00.000Z')
    expect(warnings).toEqual([expect.stringContaining('--prices FILE')])
  })

  it('names local flush while events wait on a local endpoint', async () => {
    const {deps} = depsOf({undelivered: async () => ({count: 3, oldestAt: now - 5000})})

    const {result, warnings} = await runReport(deps, billingReport, range, place)

    expect(result.completeUntil).toBe('2026-11-22T11:59:55.000Z')
    expect(warnings[0]).toBe(
      '3 events wait for delivery and may be missing. "usage-tracker local flush" delivers them now.',
    )
  })
})
