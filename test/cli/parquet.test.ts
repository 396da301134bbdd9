import {Sandbox} from './run-tool'

jest.setTimeout(180_000)

interface Bill {
  rows: unknown[]
  totals: unknown
  duplicateCount: number
  conflictCount: number
  unkeyedCount: number
  testCount: number
  source: {table: string}
}

describe('a road whose stream writes Parquet', () => {
  let sandbox: Sandbox
  let endpoint: string

  beforeAll(async () => {
    sandbox = new Sandbox()
    const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
    endpoint = (JSON.parse(await sandbox.start(words).line) as {endpoint: string}).endpoint
  })
  afterAll(() => sandbox.close())

  /** Runs with `--json` in a region, which has a road of its own. */
  async function run(region: string, ...words: string[]) {
    const env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: region}
    const {exitCode, stdout} = await sandbox.run([...words, '--json'], env)
    return {exitCode, answer: JSON.parse(stdout) as Record<string, unknown>}
  }

  async function send(region: string, seed: string): Promise<void> {
    const range = ['--from', '2026-11-01', '--to', '2026-11-08']
    await run(region, 'events', 'send', '--count', '300', '--seed', seed, ...range)
    await run(region, 'local', 'flush')
  }

  async function bill(region: string): Promise<Bill> {
    const range = ['--from', '2026-11-01', '--to', '2026-11-08', '--include-test']
    const {answer} = await run(region, 'report', 'billing', ...range)
    return answer as unknown as Bill
  }

  const shown = ({rows, totals, duplicateCount, conflictCount, unkeyedCount, testCount}: Bill) => ({
    ...{rows, totals, duplicateCount, conflictCount, unkeyedCount, testCount},
  })

  it('bills what one that writes JSON bills, and so does one that changed its form', async () => {
    const [json, parquet, changed] = ['eu-west-1', 'eu-west-2', 'eu-west-3'] as const
    await run(json, 'bind-target', '--yes')
    await run(parquet, 'bind-target', '--yes', '--record-format', 'parquet')
    await run(changed, 'bind-target', '--yes')
    for (const region of [json, parquet, changed]) await send(region, '1')
    await run(changed, 'bind-target', '--yes', '--record-format', 'parquet')
    for (const region of [json, parquet, changed]) {
      // The first events once more: copies of what came in the other form.
      await send(region, '1')
      await send(region, '2')
    }

    const bills = {json: await bill(json), parquet: await bill(parquet), changed: await bill(changed)}

    expect(bills.json).toMatchObject({totals: {calls: 600}, duplicateCount: 300, conflictCount: 0})
    expect(shown(bills.parquet)).toEqual(shown(bills.json))
    expect(shown(bills.changed)).toEqual(shown(bills.json))
    expect([bills.json, bills.parquet, bills.changed].map(({source}) => source.table)).toEqual([
      'raw_events',
      'raw_events_parquet',
      'raw_events, raw_events_parquet',
    ])
    const usage = await run(parquet, 'report', 'features', '--from', '2026-11-01', '--to', '2026-11-08')
    expect(usage.exitCode).toBe(0)

    const again = await run(parquet, 'bind-target', '--yes')
    const healthy = await run(parquet, 'doctor')
    expect([again.exitCode, again.answer['changed'], healthy.exitCode]).toEqual([0, false, 0])
  })
})
