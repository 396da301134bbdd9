import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

jest.setTimeout(180_000)

let sandbox: Sandbox
let env: Record<string, string>
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

const event = (eventId: string, more: object = {}) => ({
  eventId,
  occurredAt: `${day}T10:00:00Z`,
  service: {name: 'shop'},
  api: {operation: 'buy'},
  customer: {id: 'acme', plan: 'pro'},
  user: {id: 'acme/u-1'},
  ...more,
})

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  const {endpoint} = JSON.parse(await sandbox.start(words).line) as {endpoint: string}
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1'}
})
afterAll(() => sandbox.close())

async function json<T>(...words: string[]): Promise<T & {exitCode: number | null}> {
  const {exitCode, stdout} = await sandbox.run([...words, '--json'], env)
  return {...(JSON.parse(stdout) as T), exitCode}
}

const bill = () => json<{rows: object[]; totals: object}>('report', 'billing', '--from', '-3d')

async function sendAndFlush(events: readonly object[]): Promise<void> {
  const file = join(sandbox.folder, 'events.ndjson')
  writeFileSync(file, events.map((one) => JSON.stringify(one)).join('\n'))
  await sandbox.run(['events', 'send', file], env)
  await sandbox.run(['local', 'flush'], env)
}

describe('a lake', () => {
  it('is made, compacted, looked at, and rid of a person', async () => {
    // It needs a binding.
    expect(await json('lake', 'init')).toMatchObject({exitCode: 3, error: {code: 'NOT_BOUND'}})
    expect(await json('lake', 'status')).toMatchObject({exitCode: 3, error: {code: 'NOT_BOUND'}})
    await sandbox.run(['bind-target', '--yes'], env)
    expect(await json('lake', 'compact')).toMatchObject({
      exitCode: 3,
      error: {code: 'LAKE_NOT_READY', hint: 'usage-tracker lake init makes it.'},
    })

    // It is made once.
    const made = [
      {action: 'create', resource: 'table', name: 'events'},
      {action: 'create', resource: 'view', name: 'usage_events'},
      {action: 'keep', resource: 'workgroup', name: 'usage'},
    ]
    expect(await json('lake', 'init', '--dry-run')).toMatchObject({changed: true, changes: made})
    expect(await json('lake', 'init', '--yes')).toMatchObject({exitCode: 0, changed: true, changes: made})
    expect(await json('lake', 'init', '--yes')).toMatchObject({exitCode: 0, changed: false})
    expect(await json('lake', 'init', '--yes', '--scan-limit-gb', '10')).toMatchObject({
      changes: [{action: 'keep'}, {action: 'keep'}, {action: 'update', fields: ['scanLimitBytes']}],
    })
    const {stdout: ddl} = await sandbox.run(['lake', 'init', '--print'], env)
    expect(ddl).toContain('CREATE EXTERNAL TABLE IF NOT EXISTS `usage`.`events` (')
    expect(ddl).toContain('CREATE OR REPLACE VIEW "usage_events" AS')

    // Compacted, it says the same, and a field that no column had has one.
    await sendAndFlush([
      event('a', {retryCount: 2, 'x-\u001b[31m': 1}),
      event('a'),
      event('b', {quantity: 2.5}),
      event('c', {customer: {id: 'zoo'}}),
    ])
    const {rows, totals} = await bill()
    expect(rows).toHaveLength(2)
    const dry = ['lake', 'compact', '--to', 'now', '--dry-run']
    const newColumns = [{field: 'retryCount', column: 'retry_count', type: 'bigint', events: 1}]
    const planned = await sandbox.run([...dry, '--json'], env)
    expect(planned.exitCode).toBe(0)
    expect(JSON.parse(planned.stdout)).toMatchObject({
      ...{engine: 'athena', batchCount: 1, objectCount: 1, newColumns},
    })
    expect(planned.stderr).toMatch(/Warning: x-\[31m: number in 1 of 4 events looked at, no column has it: a/)
    expect(await json('lake', 'compact', '--to', 'now')).toMatchObject({
      ...{exitCode: 0, batchCount: 1, rowCount: 4, firstDay: day, newColumns, lookedAt: 4},
    })
    expect(await json('bind-target', '--check')).toMatchObject({exitCode: 0, changed: false})
    const query = join(sandbox.folder, 'retries.sql')
    writeFileSync(query, 'SELECT event_id FROM {{events}} WHERE retry_count = 2')
    expect(await json('report', 'run', query, '--from', '-3d')).toMatchObject({rows: [{event_id: 'a'}]})
    expect(await bill()).toMatchObject({rows, totals})
    expect(await json('lake', 'compact', '--to', 'now')).toMatchObject({batchCount: 0})
    expect(await json(...dry)).toMatchObject({batchCount: 0, objectCount: 0, sizeBytes: 0})

    expect(await json('lake', 'status')).toMatchObject({
      exitCode: 0,
      raw: {objectCount: 1},
      open: {objectCount: 0},
      curated: {objectCount: 1, firstDay: day, lastDay: day},
      ...{batchCount: 1, lostCount: 0, findings: []},
    })
    expect(await json('lake', 'status', '--sample', '100')).toMatchObject({
      sample: {fields: [{field: 'x-\u001b[31m'}]},
    })
    const {queries} = await json<{queries: object[]}>('lake', 'status', '--queries', '2')
    expect(queries).toMatchObject([{state: 'SUCCEEDED', cost: '0.000050', currency: 'USD'}, {}])
    const {stdout} = await sandbox.run(['lake', 'status'], env)
    expect(stdout).toMatch(/^raw {9}1 object, /)

    // A person's data goes, and nothing else.
    const erase = ['lake', 'erase', '--user', 'acme/u-1']
    expect(await json(...erase, '--dry-run')).toMatchObject({changed: true, rowCount: 8})
    expect(await json(...erase, '--yes')).toMatchObject({exitCode: 0, receipt: {kind: 'user', rowCount: 8}})
    expect(await json(...erase, '--yes')).toMatchObject({changed: false})
    expect(await bill()).toMatchObject({rows, totals})
  })

  it.each([
    [['lake', 'erase'], 'BAD_USAGE'],
    [['lake', 'erase', '--user', ''], 'BAD_USAGE'],
    [['lake', 'compact', '--to', 'soon'], 'BAD_TIME'],
  ])('refuses %j', async (words, code) => {
    expect(await json(...words)).toMatchObject({exitCode: 2, error: {code}})
  })
})
