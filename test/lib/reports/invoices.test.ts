import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Invoice} from '../../../src/lib/core/invoice'
import {parsePricePlan} from '../../../src/lib/pricing/parse-price-plan'
import {invoiceForm} from '../../../src/lib/render/invoice-form'
import {billingFor} from '../../../src/lib/reports/billing'
import type {BillingOptions} from '../../../src/lib/reports/billing'
import {compareBills} from '../../../src/lib/reports/billing/compare'
import {drillFor, lineNumbered} from '../../../src/lib/reports/billing/drill'
import {invoicesOf} from '../../../src/lib/reports/billing/invoices'
import {fileNameOf, writeInvoices} from '../../../src/lib/reports/billing/write-invoices'
import type {ReportResult} from '../../../src/lib/reports/run-report'
import {RawTable} from './_helpers/raw-table'
import type {RawEvent} from './_helpers/raw-table'

const hostile = '<img src=x onerror=alert(1)>'
const pricePlan = parsePricePlan(
  `currency: EUR
meters:
  exports: {aggregate: sum, field: detail.quantity, where: detail.feature = export}
  seats: {aggregate: unique, field: detail.user.id}
plans:
  pro:
    minimum: 10
    prices: [{meter: exports, pricePerUnit: 0.5}, {meter: seats, pricePerUnit: 2}]
  us: {currency: USD, prices: [{amount: 1234.5}]}
customers:
  acme: {name: "Acme & Sons", aliases: [acme-eu], plans: [{plan: pro}, {plan: us, from: 2026-11-16}]}
  staff: {plan: pro, billable: false}
  quiet: {plan: pro}
`,
  'prices.yaml',
)
const event = (more: RawEvent): RawEvent => ({
  time: '2026-11-10T12:00:05Z',
  occurredAt: '2026-11-10T12:00:00Z',
  plan: 'pro',
  feature: 'export',
  ...more,
})
const events: RawEvent[] = [
  event({eventId: '1', customerId: 'acme', quantity: '3', userId: 'ann'}),
  event({eventId: '1', customerId: 'acme', quantity: '3', userId: 'ann', path: 's3://b/z'}),
  event({
    eventId: '2',
    customerId: 'acme-eu',
    quantity: '4',
    userId: 'bob',
    occurredAt: '2026-11-09T00:00:00Z',
  }),
  event({eventId: '3', customerId: 'acme', quantity: '9', feature: 'search', userId: 'ann'}),
  event({eventId: '4', customerId: 'acme', quantity: '5', occurredAt: '2026-11-16T00:00:00Z'}),
  event({eventId: '5', customerId: 'acme', quantity: '7', test: true}),
  event({eventId: '6', customerId: 'staff', quantity: '2'}),
  event({eventId: '7', customerId: hostile, plan: '`x`|y', quantity: '8'}),
]
const month = {from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 11, 1)}

let table: RawTable
beforeAll(async () => {
  table = await RawTable.of(events)
})
afterAll(() => table.close())

async function billBy(more: Partial<BillingOptions>): Promise<ReportResult> {
  const options: BillingOptions = {...month, pricePlan, by: 'line', ...more}
  const report = billingFor(options)
  const content = report.shape(await table.answer(report, options), options)
  const times = {from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z'}
  return {
    ...content,
    ...times,
    completeUntil: '2026-12-01T00:05:00.000Z',
    report: 'billing',
    columns: [],
    source: {},
  } as never
}

async function invoices(customer?: string): Promise<Invoice[]> {
  return invoicesOf(await billBy({customer}), pricePlan, customer).invoices
}

describe('an invoice', () => {
  it('has every line with its reason, and a total for each currency', async () => {
    const [acme] = await invoices('acme-eu')

    expect(acme).toEqual({
      customerId: 'acme',
      name: 'Acme & Sons',
      firstDay: '2026-11-01',
      lastDay: '2026-11-30',
      timezone: 'UTC',
      lines: [
        // 1,234.5 x 15/30.
        {
          line: 1,
          plan: 'us',
          month: '2026-11',
          item: 'Fee',
          amount: '617.25',
          currency: 'USD',
          reason: '1234.5 a month for 15 of 30 days',
        },
        {
          line: 2,
          plan: 'pro',
          month: '2026-11',
          item: 'exports',
          meter: 'exports',
          units: '7',
          amount: '3.50',
          currency: 'EUR',
          reason: '7 at 0.5',
        },
        // Two users x 2 x 15/30; then 5.50 are more than the minimum of 10 x 15/30.
        {
          line: 3,
          plan: 'pro',
          month: '2026-11',
          item: 'seats',
          meter: 'seats',
          units: '2',
          amount: '2.00',
          currency: 'EUR',
          reason: '2 at 2 for 15 of 30 days',
        },
      ],
      totals: [
        {currency: 'USD', amount: '617.25'},
        {currency: 'EUR', amount: '5.50'},
      ],
      hasUnpriced: false,
      completeUntil: '2026-12-01T00:05:00.000Z',
      pricePlan: {file: 'prices.yaml', rounding: 'half-up'},
    })
  })

  it('is made for every customer, with and without usage, with and without a price', async () => {
    const all = await invoices()

    expect(
      all.map(({customerId, totals, hasUnpriced}) => [
        customerId,
        totals.map(({amount}) => amount),
        hasUnpriced,
      ]),
    ).toEqual([
      ['acme', ['617.25', '5.50'], false],
      ['quiet', ['10.00'], false],
      [hostile, [], true],
      ['staff', [], false],
    ])
  })

  it('of somebody who owes nothing is absent', async () => {
    await expect(invoices('nobody')).rejects.toMatchObject({kind: 'absent', code: 'CUSTOMER_ABSENT'})
  })

  it('is Markdown in which nothing of a name is markup', async () => {
    const text = invoiceForm('table').textOf(await invoices(hostile))

    expect(text).toBe(
      [
        '# Invoice for &lt;img src=x onerror=alert(1)&gt;',
        '2026-11-01 to 2026-11-30 (UTC)',
        '| # | month | plan | item | units | amount | currency | how it came about |\n' +
          '| ---: | --- | --- | --- | ---: | ---: | --- | --- |\n' +
          '| 1 | 2026-11 | \\`x\\`\\|y | units | 8 |  |  | no price |',
        'Some of the usage has no price yet. It is not in the total.',
        'Each line is rounded once, half-up; the total is their sum. Complete until 2026-12-01T00:05:00.000Z. Prices of prices.yaml.\n',
      ].join('\n\n'),
    )
  })

  it('is one page of HTML that asks for nothing else and escapes everything', async () => {
    const html = invoiceForm('html').textOf(await invoices())

    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html.match(/<h1>.*<\/h1>/g)).toEqual(['<h1>Invoices</h1>'])
    expect(html).toContain('<h2>Invoice for Acme &amp; Sons (acme)</h2>')
    expect(html).toContain('<td class="number">617.25 USD</td>')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<img|<script|https?:|\bsrc=["']|\bhref=/)
    expect(html.match(/<article>/g)).toHaveLength(4)
    // Every element that is opened is closed, in order.
    const open: string[] = []
    for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)/g)) {
      if (slash && open.at(-1) === name) open.pop()
      else if (name !== 'meta') open.push(`${slash}${name}`)
    }
    expect(open).toEqual([])
  })

  it('is not written as CSV', () => {
    expect(() => invoiceForm('csv')).toThrow('Invoices are not written as csv.')
  })
})

describe('invoices in a folder', () => {
  it('are one file each, whose name cannot lead elsewhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'invoices-'))
    const all = await invoices()

    const paths = writeInvoices(join(folder, 'a', 'b'), invoiceForm('json'), all)

    expect(paths).toHaveLength(4)
    expect(readdirSync(join(folder, 'a', 'b')).sort()).toEqual(
      ['_img_src_x_onerror_alert_1_', 'acme', 'quiet', 'staff'].map((name) =>
        expect.stringMatching(`^${name}(-[0-9a-f]{12})?\\.json$`),
      ),
    )
    expect(JSON.parse(readFileSync(paths[0] ?? '', 'utf8'))).toEqual(all[0])
    rmSync(folder, {recursive: true})
  })

  it('are named apart where ids differ in what a name may not have', () => {
    const names = ['a/b', 'a:b', '../a', 'A', 'a', '', 'x'.repeat(300), 'con'].map(fileNameOf)

    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,100}$/)
  })

  it('say how far they came where a folder cannot be made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'invoices-'))
    writeFileSync(join(folder, 'file'), '')

    expect(() => writeInvoices(join(folder, 'file', 'x'), invoiceForm('html'), [])).toThrow(
      /^0 invoices were written to .*and the next could not be/,
    )
    rmSync(folder, {recursive: true})
  })
})

describe('a line of an invoice', () => {
  const drill = async (number: number, customer = 'acme', more: Partial<BillingOptions> = {}) => {
    const {rows} = await billBy({customer, ...more})
    const report = drillFor(pricePlan, lineNumbered(rows, number), {...month, ...more})
    return report.shape(await table.answer(report, {...month, ...more}), month)
  }

  it('is drilled to the events that its meter measures, each once', async () => {
    const {rows, totals, duplicateCount} = await drill(2)

    expect(
      rows.map(({time, eventId, customerId, measured}) => [time, eventId, customerId, measured]),
    ).toEqual([
      ['2026-11-09T00:00:00.000Z', '2', 'acme-eu', '4'],
      ['2026-11-10T12:00:00.000Z', '1', 'acme', '3'],
    ])
    expect([totals['calls'], duplicateCount]).toEqual([2, 1n])
  })

  it('for distinct values shows the value of each event', async () => {
    const {rows} = await drill(3)

    expect(rows.map(({eventId, measured}) => [eventId, measured])).toEqual([
      ['2', 'bob'],
      ['1', 'ann'],
      ['3', 'ann'],
    ])
  })

  it('for a fee has all events of its plan and days', async () => {
    const {rows} = await drill(1)

    expect(rows.map(({eventId}) => eventId)).toEqual(['4'])
  })

  it('without a price, and of a plan that events name, has those events', async () => {
    const {rows} = await drill(1, hostile)

    expect(rows).toMatchObject([{eventId: '7', customerId: hostile, plan: '`x`|y', quantity: 8}])
  })

  it('has tests where they are counted', async () => {
    const {rows, testCount} = await drill(2, 'acme', {includeTest: true})

    expect([rows.length, testCount]).toEqual([3, 1n])
  })

  it('that is not there is absent', async () => {
    await expect(drill(9)).rejects.toMatchObject({
      kind: 'absent',
      code: 'LINE_ABSENT',
      hint: 'Its lines are 1 to 3.',
    })
  })
})

describe('two price plans', () => {
  it('stand beside each other by customer and currency', async () => {
    const other = parsePricePlan('currency: EUR\ndefault: {pricePerUnit: 1}\nplans: {}', 'b.yaml')
    const result = compareBills(
      await billBy({by: undefined}),
      await billBy({by: undefined, pricePlan: other}),
    )

    expect(result.rows).toEqual([
      // Under the other plan acme and acme-eu are two, and nobody has a minimum.
      {customerId: 'acme', currency: 'EUR', amount: '5.50', otherAmount: '17.00', difference: '11.50'},

      {customerId: 'acme-eu', currency: 'EUR', amount: '0.00', otherAmount: '4.00', difference: '4.00'},
      // What has no price under one of them, or is not billed, is no zero.
      {customerId: hostile, currency: 'EUR', otherAmount: '8.00'},
      {customerId: 'staff', currency: 'EUR', otherAmount: '2.00'},
      {customerId: 'quiet', currency: 'EUR', amount: '10.00', otherAmount: '0.00', difference: '-10.00'},
      {customerId: 'acme', currency: 'USD', amount: '617.25', otherAmount: '0.00', difference: '-617.25'},
    ])
    expect(result.totalsByCurrency).toEqual([
      {currency: 'EUR', amount: '15.50', otherAmount: '31.00', difference: '15.50'},
      {currency: 'USD', amount: '617.25', otherAmount: '0.00', difference: '-617.25'},
    ])
    expect(result.totals).toEqual({calls: 6, units: 31, unpricedUnits: 8})
  })
})
