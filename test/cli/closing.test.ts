import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

// A month is closed by the built tool, and what comes late is billed in the next one.

jest.setTimeout(600_000)

let sandbox: Sandbox
let env: Record<string, string>
const thisMonth = new Date().toISOString().slice(0, 7)
const lastMonth = new Date(Date.parse(`${thisMonth}-01`) - 86_400_000).toISOString().slice(0, 7)

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  const {endpoint} = JSON.parse(await sandbox.start(words).line) as {endpoint: string}
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1'}
  const prices = 'currency: EUR\nplans: {pro: {prices: [{amount: 10}, {meter: calls, pricePerUnit: 0.5}]}}\n'
  writeFileSync(join(sandbox.project, 'prices.yaml'), prices)
  writeFileSync(join(sandbox.project, 'usage-tracker.yaml'), 'pricePlan: prices.yaml\n')
  await sandbox.run(['bind-target', '--yes'], env)
})
afterAll(() => sandbox.close())

async function send(ids: readonly string[]): Promise<void> {
  const event = {
    occurredAt: `${lastMonth}-10T10:00:00Z`,
    service: {name: 's'},
    customer: {id: 'acme', plan: 'pro'},
  }
  const lines = ids.map((eventId) => `${JSON.stringify({eventId, ...event})}\n`)
  writeFileSync(join(sandbox.project, 'events.ndjson'), lines.join(''))
  await sandbox.run(['events', 'send', 'events.ndjson'], env)
  await sandbox.run(['local', 'flush'], env)
}

const billing = (...words: string[]) => sandbox.run(['report', 'billing', ...words], env)
const json = async (...words: string[]) => {
  const {exitCode, stdout} = await billing(...words, '--json')
  return {...(JSON.parse(stdout) as Record<string, unknown>), exitCode}
}

async function someForms(): Promise<string[]> {
  const forms = [
    ['--format', 'table'],
    ['--format', 'json'],
    ['--by', 'line', '--format', 'csv'],
    ['--invoice', 'acme', '--format', 'html'],
  ]
  const printed: string[] = []
  for (const form of forms) printed.push((await billing('--month', lastMonth, ...form)).stdout)
  return printed
}

describe('report billing --close', () => {
  it('closes a month once, which then prints the same bytes, and bills what comes late in the next', async () => {
    await send(['1', '2', '3'])
    const close = ['--month', 'last', '--close']
    expect(await json(...close)).toMatchObject({exitCode: 2, error: {code: 'CONFIRMATION_NEEDED'}})
    const planned = await billing(...close, '--dry-run')
    expect(planned.stdout).toContain(`Close ${lastMonth} (${lastMonth}-01T00:00:00.000Z to `)
    expect(planned.stdout).toContain('billed        11.50 EUR')
    expect(await json(...close, '--yes')).toMatchObject({
      ...{exitCode: 0, changed: true, month: lastMonth, timezone: 'UTC', rowCount: 1, invoiceCount: 1},
      ...{totals: {amount: '11.50', currency: 'EUR'}, adjusts: []},
      location: `s3://usage-000000000000-eu-west-1/statements/${lastMonth}.json`,
    })
    const printed = await someForms()
    expect(printed[0]).toContain(`statement of ${lastMonth}, closed `)
    expect(await json(...close, '--yes')).toMatchObject({exitCode: 9, error: {code: 'MONTH_CLOSED'}})
    expect(await json('--month', 'this', '--close')).toMatchObject({
      ...{exitCode: 9, error: {code: 'MONTH_NOT_COMPLETE'}},
    })

    await send(['3', '4', '5'])
    expect(await someForms()).toEqual(printed)
    expect(await json('--month', 'this')).toMatchObject({
      rows: [{customerId: 'acme', calls: 2, amount: '1.00', adjusts: lastMonth}],
      totals: {calls: 2, amount: '1.00', currency: 'EUR'},
    })
    expect(await json('--month', 'last', '--as-of', 'now')).toMatchObject({
      rows: [{calls: 5, amount: '12.50'}],
      duplicateCount: 1,
    })
    expect(await json('--month', 'last', '--include-test')).toMatchObject({
      ...{exitCode: 2, error: {code: 'MONTH_IS_CLOSED'}},
    })
  })

  it.each([
    [['--close'], 'BAD_USAGE'],
    [['--month', 'last', '--dry-run'], 'BAD_USAGE'],
    [['--month', 'last', '--close', '--by', 'day'], 'BAD_USAGE'],
    [['--as-of', 'soon'], 'BAD_TIME'],
  ])('refuses %j', async (words, code) => {
    expect(await json(...words)).toMatchObject({exitCode: 2, error: {code}})
  })
})
