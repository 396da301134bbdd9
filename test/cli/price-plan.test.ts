import {copyFileSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox, root} from './run-tool'

// The example of docs/price-plans.md, from events on the bus of a local endpoint to invoices in a folder.

const region = 'eu-west-1'
const hostile = '<img src=x onerror=alert(1)>'
let sandbox: Sandbox
let env: Record<string, string>
const billing = (...words: string[]) =>
  sandbox.run(['report', 'billing', '--month', '2026-11', ...words], env)

beforeAll(async () => {
  sandbox = new Sandbox()
  const {dataDir, project} = sandbox
  const ready = await sandbox.start(['local', 'start', '--port', '0', '--data-dir', dataDir, '--json']).line
  env = {AWS_ENDPOINT_URL: (JSON.parse(ready) as {endpoint: string}).endpoint, AWS_REGION: region}
  const event = (eventId: string, customer: string, more: object) => ({
    ...{eventId, occurredAt: '2026-11-15T22:59:59.999Z', service: {name: 'shop'}, api: {}},
    ...{customer: {id: customer, plan: 'pro'}, feature: 'export', user: {id: 'ann'}},
    ...more,
  })
  const events = [
    // The last millisecond of the 15th in Berlin, and the first of the 16th, when the price of a user changes.
    event('1', 'acme', {quantity: 60}),
    event('1', 'acme', {quantity: 60}),
    event('2', 'acme-eu', {quantity: 60, user: {id: 'bob'}}),
    event('3', 'acme', {occurredAt: '2026-11-15T23:00:00Z', feature: 'search'}),
    event('4', hostile, {customer: {id: hostile, plan: 'gold'}, quantity: 3}),
    event('5', 'staff', {quantity: 7}),
  ]
  writeFileSync(join(project, 'events.ndjson'), events.map((one) => `${JSON.stringify(one)}\n`).join(''))
  copyFileSync(join(root, 'docs', 'examples', 'price-plan.yaml'), join(project, 'prices.yaml'))
  writeFileSync(join(project, 'flat.yaml'), 'currency: EUR\ndefault: {prices: [{amount: 30}]}\nplans: {}\n')
  writeFileSync(
    join(project, 'wrong.yaml'),
    'currency: EUR\nplans:\n  pro: {prices: [{meter: seats, pricePerUnit: 1}]}\n',
  )
  writeFileSync(join(project, 'usage-tracker.yaml'), 'pricePlan: prices.yaml\n')
  await sandbox.run(['bind-target', '--yes'], env)
  await sandbox.run(['events', 'send', 'events.ndjson'], env)
  await sandbox.run(['local', 'flush'], env)
}, 120_000)
afterAll(() => sandbox.close())

describe('report billing with a price plan', () => {
  it('has one row per customer and plan, priced in the time zone of the plan', async () => {
    const {stdout} = await billing('--json')
    const {rows, totals, from, to} = JSON.parse(stdout) as Record<string, unknown>

    expect([from, to]).toEqual(['2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'])
    // Fee 4.50, exports 50 x 0.05 + 70 x 0.03 = 4.60, users 2 x 4 / 2 = 4.00, less 1.31; fee 4.50, users 1 x 5 / 2 = 2.50, less 0.70: 18.09.
    // Up to the minimum of 20; then the credit of 5.
    expect(rows).toEqual([
      {customerId: 'acme', plan: 'pro', calls: 3, units: 121, amount: '15.00', currency: 'EUR'},
      {customerId: 'staff', plan: 'internal', calls: 1, units: 7, currency: 'EUR'},
      {customerId: hostile, plan: 'gold', calls: 1, units: 3, currency: 'EUR'},
    ])
    expect(totals).toEqual({
      ...{calls: 5, units: 131, amount: '15.00', currency: 'EUR'},
      ...{unpricedUnits: 3, notBillableUnits: 7},
    })
  })

  it('prints an invoice by any name of the customer, and the events of its lines', async () => {
    const invoice = await billing('--invoice', 'acme-eu')
    const drilled = await billing('--invoice', 'acme', '--drill', '3', '--json')

    expect(invoice.stdout).toContain(
      '# Invoice for Acme Ltd (acme)\n\n2026-11-01 to 2026-11-30 (Europe/Berlin)\n',
    )
    expect(invoice.stdout).toContain(
      '| 3 | 2026-11 | pro | exports | 120 | 4.60 | EUR | 50 at 0.05 + 70 at 0.03, bounds for 15 of 30 days |',
    )
    expect(invoice.stdout).toContain('**Total: 15.00 EUR**')
    expect(invoice.stdout).toMatch(/Prices of prices\.yaml\.\n$/)
    const {rows, duplicateCount} = JSON.parse(drilled.stdout) as {
      rows: {eventId: string}[]
      duplicateCount: number
    }
    // Events of one second lie in an object in the order of ids that the bus makes up.
    expect([...rows].sort((a, b) => a.eventId.localeCompare(b.eventId))).toMatchObject([
      {eventId: '1', customerId: 'acme', measured: '60'},
      {eventId: '2', customerId: 'acme-eu', measured: '60'},
    ])
    expect(duplicateCount).toBe(1)
  })

  it('writes the invoice of every customer into a folder', async () => {
    const {stdout, stderr, exitCode} = await billing(
      '--invoice',
      'all',
      '--format',
      'html',
      '--output',
      'invoices',
    )
    const files = readdirSync(join(sandbox.project, 'invoices')).sort()

    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 0})
    expect(stderr).toContain('3 invoices written to invoices.\n')
    expect(files).toEqual([
      expect.stringMatching(/^_img_src_x_onerror_alert_1_-[0-9a-f]{12}\.html$/),
      'acme.html',
      'staff.html',
    ])
    const html = readFileSync(join(sandbox.project, 'invoices', files[0] ?? ''), 'utf8')
    expect(html).toContain('<h1>Invoice for &lt;img src=x onerror=alert(1)&gt;</h1>')
    expect(html).not.toContain('<img')
  })

  it('gives one object under --json, with an invoice for each customer', async () => {
    const {stdout} = await billing('--invoice', 'all', '--json')
    const answer = JSON.parse(stdout) as {invoices: {customerId: string}[]; totals: object}

    expect(answer.invoices.map(({customerId}) => customerId)).toEqual(['acme', 'staff', hostile])
    expect(Object.keys(answer)).not.toContain('rows')
    expect(answer.totals).toMatchObject({amount: '15.00'})
  })

  it('shows another price plan beside this one', async () => {
    const {stdout} = await billing('--compare', 'flat.yaml', '--format', 'csv')

    expect(stdout).toBe(
      [
        'customerId,currency,amount,otherAmount,difference',
        // The other one says nothing of aliases.
        'acme-eu,EUR,0.00,30.00,30.00',
        'acme,EUR,15.00,30.00,15.00',
        `${hostile},EUR,,30.00,`,
        'staff,EUR,,30.00,',
        '',
      ].join('\r\n'),
    )
  })

  it.each([
    [
      ['--prices', 'wrong.yaml'],
      2,
      'wrong.yaml:3: plans.pro.prices.0.meter names no meter. Meters are calls, units.',
    ],
    [['--invoice', 'nobody'], 3, 'There is nothing to invoice: customer "nobody" owes nothing'],
    [['--invoice', 'acme', '--drill', '99'], 3, 'The invoice has no line 99.'],
    [['--invoice', 'all', '--drill', '1'], 2, 'Lines are numbered on the invoice of one customer.'],
    [['--invoice', 'all', '--format', 'csv'], 2, 'Invoices are not written as csv.'],
    [['--chart', '--format', 'csv'], 2, '--chart'],
    [['--output', 'x'], 2, '--invoice'],
    [['--invoice', 'acme', '--by', 'day'], 2, '--by'],
  ])('refuses %j with %d', async (words, exitCode, message) => {
    const outcome = await billing(...words)

    expect(outcome.stdout).toBe('')
    expect(outcome.stderr).toContain(message)
    expect(outcome.exitCode).toBe(exitCode)
  })
})
