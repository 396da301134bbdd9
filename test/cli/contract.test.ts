import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox, root} from './run-tool'
import type {Outcome} from './run-tool'

// What scripts rely on: names, keys, exit codes. Every row of it is a promise; to change one is a breaking change.

type Json = Record<string, unknown>

const region = 'eu-west-1'
const longName = `customer-${'x'.repeat(200)}`

const base = {service: {name: 'shop'}, api: {operation: 'Checkout'}}
const call = (eventId: string, more: object = {}) => ({
  ...base,
  eventId,
  occurredAt: '2026-03-10T10:00:00Z',
  feature: 'checkout',
  customer: {id: 'acme', plan: 'pro'},
  user: {id: 'u1'},
  response: {status: 200},
  quantity: 2,
  ...more,
})
const events = [
  call('a'),
  call('a'),
  call('b'),
  call('c', {user: {id: 'u2'}, response: {status: 503}}),
  {...base, occurredAt: '2026-03-11T00:00:00Z', customer: {id: longName}},
  call('d', {test: true}),
  call('before', {occurredAt: '2026-02-28T23:59:59.999Z'}),
  call('at the end', {occurredAt: '2026-04-01T00:00:00Z'}),
]

const later = [call('b', {quantity: 5})]
const lines = (list: object[]) => list.map((event) => `${JSON.stringify(event)}\n`).join('')

let sandbox: Sandbox
let ready: string
let endpoint: string
let bound: Outcome
let sent: Outcome
let env: Record<string, string>

const run = (...words: string[]) => sandbox.run(words, env)
const parsed = (outcome: Outcome) => JSON.parse(outcome.stdout) as Json
const keysOf = (value: unknown) => Object.keys(value as object).sort()

beforeAll(async () => {
  sandbox = new Sandbox()
  const {dataDir, project} = sandbox
  ready = await sandbox.start(['local', 'start', '--port', '0', '--data-dir', dataDir, '--json']).line
  endpoint = (JSON.parse(ready) as {endpoint: string}).endpoint
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: region}
  writeFileSync(join(project, 'events.ndjson'), lines(events))
  writeFileSync(join(project, 'later.ndjson'), lines(later))
  writeFileSync(join(project, 'broken.ndjson'), '{"eventId":1}\n{broken\n')
  writeFileSync(
    join(project, 'prices.yaml'),
    'currency: EUR\nrounding: half-up\nplans:\n  pro: {pricePerUnit: "0.125"}\n',
  )
  bound = await run('bind-target', '--yes', '--json')
  sent = await run('events', 'send', 'events.ndjson', '--json')
  await run('local', 'advance', '20m')
  await run('events', 'send', 'later.ndjson')
  await run('local', 'flush')
})
afterAll(() => sandbox.close())

describe('local start', () => {
  it('says {type, endpoint, dataDir} in its first line, and nothing else', () => {
    expect(JSON.parse(ready)).toEqual({type: 'ready', endpoint, dataDir: sandbox.dataDir})
  })

  it('answers GET /_usage-tracker/health with 200', async () => {
    const health = await fetch(`${endpoint}/_usage-tracker/health`)
    expect(health.status).toBe(200)
  })

  it('has port 4577 when nothing is said, in the help and in the command reference', async () => {
    const help = await run('local', 'start', '--help')

    expect(help.stdout).toMatch(/--port=N +\[default: 4577/)
    expect(readFileSync(join(root, 'docs', 'commands.md'), 'utf8')).toMatch(/--port N.*\[default: 4577\]/)
  })
})

describe('bind-target', () => {
  it('answers {changed, changes} with the default names', () => {
    const result = parsed(bound)
    const changes = result['changes'] as {action: string; resource: string; name: string}[]

    expect({exitCode: bound.exitCode, keys: keysOf(result)}).toEqual({
      exitCode: 0,
      keys: ['changed', 'changes'],
    })
    expect(changes.map(({resource, name}) => `${resource} ${name}`)).toEqual(
      expect.arrayContaining([
        'bus usage',
        'rule api-usage',
        'stream usage-events',
        `bucket usage-000000000000-${region}`,
        'database usage',
        'table usage.raw_events',
        'workgroup usage',
      ]),
    )
    expect(new Set(changes.map(({action}) => action))).toEqual(new Set(['create']))
    expect(new Set(changes.flatMap(keysOf))).toEqual(new Set(['action', 'name', 'resource']))
  })

  it('says {changed: false} and only "keep" the second time', async () => {
    const result = parsed(await run('bind-target', '--yes', '--json'))
    expect(result['changed']).toBe(false)
    expect(new Set((result['changes'] as {action: string}[]).map(({action}) => action))).toEqual(
      new Set(['keep']),
    )
  })

  it('tells a person that there is nothing to change the second time, and asks nothing', async () => {
    const {exitCode, stdout, stderr} = await run('bind-target')
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
    expect(stdout).toMatch(/\nNothing to change\.\n$/)
  })
})

describe('unbind-target', () => {
  it('answers with {changed, changes}: what would be deleted, and what is kept and why', async () => {
    const outcome = await run('unbind-target', '--dry-run', '--yes', '--json')
    expect(outcome.exitCode).toBe(0)
    const {changed, changes, ...others} = parsed(outcome)
    expect(changed).toBe(true)
    expect(others).toEqual({})
    expect(changes).toEqual(
      expect.arrayContaining([
        {action: 'delete', resource: 'target', name: 'usage-tracker-firehose'},
        {action: 'delete', resource: 'rule', name: 'api-usage'},
        {action: 'keep', resource: 'bucket', name: `usage-000000000000-${region}`, note: 'holds data'},
        {action: 'delete', resource: 'bus', name: 'usage'},
      ]),
    )
  })
})

describe('events send', () => {
  it('answers with the counts', () => {
    expect(sent.exitCode).toBe(0)
    expect(parsed(sent)).toEqual({
      readCount: 8,
      acceptedCount: 8,
      rejectedCount: 0,
      retriedCount: 0,
      durationMs: expect.any(Number) as number,
    })
  })

  it('names the file of what was rejected, and exits with 6', async () => {
    const failed = await run(
      ...['events', 'send', 'broken.ndjson', '--validate', '--failures', 'failed.ndjson', '--json'],
    )
    expect(failed.exitCode).toBe(6)
    expect(parsed(failed)).toEqual({
      readCount: 2,
      acceptedCount: 0,
      rejectedCount: 2,
      retriedCount: 0,
      durationMs: expect.any(Number) as number,
      failuresFile: 'failed.ndjson',
    })
  })
})

describe('events import', () => {
  it('answers with the same counts, and keeps lines that cannot be read', async () => {
    writeFileSync(join(sandbox.project, 'access.log'), 'no line of a log\n')

    const imported = await run('events', 'import', 'access.log', '--json')

    expect(imported.exitCode).toBe(6)
    expect(parsed(imported)).toEqual({
      readCount: 1,
      acceptedCount: 0,
      rejectedCount: 1,
      retriedCount: 0,
      durationMs: expect.any(Number) as number,
      badLineCount: 1,
      badLinesFile: 'access.log.bad-lines',
    })
  })
})

const reportKeys = [
  ...['columns', 'completeUntil', 'conflictCount', 'duplicateCount', 'from', 'report', 'rows'],
  ...['scanCost', 'scannedBytes', 'source', 'testCount', 'to', 'totals', 'unkeyedCount'],
]
const sourceKeys = [
  ...['accountId', 'database', 'endpoint', 'queryExecutionId', 'region', 'table', 'workgroup'],
]
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('report billing', () => {
  const billing = (...words: string[]) => run('report', 'billing', '--month', '2026-03', ...words)

  it('answers with every key, and rows that add up', async () => {
    const outcome = await billing('--prices', 'prices.yaml', '--json')
    const report = parsed(outcome)

    expect({exitCode: outcome.exitCode, keys: keysOf(report)}).toEqual({exitCode: 0, keys: reportKeys})
    expect(keysOf(report['source'])).toEqual([...sourceKeys, 'pricing'].sort())
    expect(report).toMatchObject({
      report: 'billing',
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-04-01T00:00:00.000Z',
      rows: [
        {customerId: 'acme', plan: 'pro', calls: 3, units: 6, amount: '0.75', currency: 'EUR'},
        {customerId: longName, plan: '(none)', calls: 1, units: 1, currency: 'EUR'},
      ],
      totals: {calls: 4, units: 7, amount: '0.75', currency: 'EUR', unpricedUnits: 1},
      completeUntil: expect.stringMatching(isoTime) as string,
      duplicateCount: 2,
      conflictCount: 1,
      unkeyedCount: 1,
      testCount: 1,
      source: {accountId: '000000000000', region, endpoint, database: 'usage', workgroup: 'usage'},
    })
    expect(report['scannedBytes']).toEqual(expect.any(Number))
    expect((report['rows'] as Json[])[1]).not.toHaveProperty('amount')
    expect((report['columns'] as {key: string}[]).map(({key}) => key)).toEqual([
      ...['customerId', 'plan', 'calls', 'units', 'amount', 'currency'],
    ])
  })

  it('counts tests with --include-test, and folds with --limit without losing a call', async () => {
    const report = parsed(await billing('--include-test', '--limit', '1', '--json'))
    expect(report['rows']).toEqual([
      {customerId: 'acme', plan: 'pro', calls: 4, units: 8},
      {customerId: '(others)', plan: '(others)', calls: 1, units: 1},
    ])
    expect(report['totals']).toEqual({calls: 5, units: 9, unpricedUnits: 9})
  })

  it('exits with 9 under --strict where usage has no price, with the whole result', async () => {
    const [plain, json] = await Promise.all([
      billing('--strict', '--prices', 'prices.yaml'),
      billing('--strict', '--prices', 'prices.yaml', '--json'),
    ])
    expect([plain.exitCode, json.exitCode]).toEqual([9, 9])
    expect(keysOf(parsed(json))).toEqual(reportKeys)
  })

  it('writes a table without colour, and cuts nothing where there is no terminal', async () => {
    const {stdout} = await billing('--prices', 'prices.yaml')
    expect(stdout).toContain(longName)
    expect(stdout).toContain(`account 000000000000, region ${region}, endpoint ${endpoint}\ndatabase usage`)

    expect(stdout).not.toMatch(/\u001b/)
  })

  it('writes CSV with exact figures', async () => {
    const {stdout} = await billing('--prices', 'prices.yaml', '--format', 'csv')
    expect(stdout.split(/\r?\n/)).toEqual([
      'customerId,plan,calls,units,amount,currency',
      'acme,pro,3,6,0.75,EUR',
      `${longName},(none),1,1,,EUR`,
      '',
    ])
  })

  it('takes --format json for --json', async () => {
    const report = parsed(await billing('--format', 'json'))
    expect(keysOf(report)).toEqual(reportKeys)
  })
})

describe('report features', () => {
  it('answers with every key', async () => {
    const outcome = await run('report', 'features', '--month', '2026-03', '--json')
    const report = parsed(outcome)

    expect({exitCode: outcome.exitCode, keys: keysOf(report)}).toEqual({exitCode: 0, keys: reportKeys})
    expect(keysOf(report['source'])).toEqual(sourceKeys)
    const rows = report['rows'] as object[]
    expect(rows).toMatchObject([
      {feature: 'checkout', calls: 3, sharePercent: '75.00', customers: 1, users: 2, errors: 1},
      {feature: '(none)', calls: 1, sharePercent: '25.00', customers: 1, users: 0, errors: 0},
    ])
    expect(keysOf(rows[0])).toEqual([
      ...['adoptionPercent', 'calls', 'callsBefore', 'callsPerUser', 'customers', 'errors', 'feature'],
      ...['growthPercent', 'sharePercent', 'users'],
    ])
    expect(report).toMatchObject({duplicateCount: 2, conflictCount: 1, unkeyedCount: 1, testCount: 1})
  })
})

describe('schemas', () => {
  it('are listed with the discovered one among them', async () => {
    const {schemas} = parsed(await run('schemas', 'list', '--json')) as {schemas: Json[]}
    expect(schemas.map(({name, registry}) => ({name, registry}))).toEqual([
      {name: 'my-applications@ApiUsageEvent', registry: 'discovered-schemas'},
    ])
  })

  const discovered = 'my-applications@ApiUsageEvent'
  const ofRegistry = {name: discovered, version: '1', registry: 'discovered-schemas'}

  it('are shown with their fields', async () => {
    const answer = parsed(await run('schemas', 'show', discovered, '--detail-only', '--json'))
    const {fields, ...about} = answer as {fields: Json[]}
    expect(about).toEqual({
      ...{...ofRegistry, title: 'ApiUsageEvent', type: 'OpenApi3', versions: ['1']},
      ...{source: 'my-applications', detailType: 'api-usage-event'},
    })
    expect(fields).toContainEqual({path: 'eventId', type: 'string', required: false})
    for (const field of fields) {
      expect(['path', 'type', 'format', 'required', 'rules', 'description', 'like']).toEqual(
        expect.arrayContaining(keysOf(field)),
      )
    }
  })

  it('are compared: 0 where nothing breaks, 9 where something may', async () => {
    const [same, other] = await Promise.all([
      run('schemas', 'diff', discovered, discovered, '--json'),
      run('schemas', 'diff', discovered, 'usage-event', '--json'),
    ])
    expect([same.exitCode, other.exitCode]).toEqual([0, 9])
    expect(parsed(same)).toEqual({
      ...{from: ofRegistry, to: ofRegistry, for: 'both', compatible: true},
      ...{breakingCount: 0, mayBreakCount: 0, safeCount: 0, changes: []},
    })
    const {changes} = parsed(other) as {changes: Json[]}
    expect(changes[0]).toEqual({
      ...{path: expect.any(String) as string, kind: expect.any(String) as string},
      message: expect.any(String) as string,
      ...{producers: expect.any(String) as string, consumers: 'breaking'},
    })
  })

  it('check events: 0 where all conform, 9 where one does not', async () => {
    const {samples} = parsed(
      await run('schemas', 'sample', discovered, '--count', '3', '--seed', '1', '--json'),
    )
    const [file, broken] = [join(sandbox.project, 'good.json'), join(sandbox.project, 'bad.json')]
    writeFileSync(file, JSON.stringify(samples))
    writeFileSync(broken, '{"eventId":7}')
    const [good, bad] = await Promise.all([
      run('schemas', 'validate', discovered, file, '--json'),
      run('schemas', 'validate', 'usage-event', broken, '--json'),
    ])
    expect([good.exitCode, bad.exitCode]).toEqual([0, 9])
    expect(parsed(good)).toEqual({
      ...{schema: ofRegistry, valid: true, readCount: 3, validCount: 3, invalidCount: 0, otherCount: 0},
      errors: [],
    })
    expect((parsed(bad) as {errors: Json[]}).errors[0]).toEqual({
      ...{path: 'service', rule: 'required', message: 'is missing', count: 1},
      examples: [{position: 'line 1'}],
    })
  })

  it('are sampled, the same for one seed', async () => {
    const words = ['schemas', 'sample', 'usage-event', '--count', '2', '--seed', '3']
    const [plain, json] = await Promise.all([run(...words), run(...words, '--json')])
    const answer = parsed(json)
    expect(keysOf(answer)).toEqual(['samples', 'schema', 'seed'])
    expect(
      plain.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(answer['samples'])
  })

  it('are exported as one document, the same with and without --json', async () => {
    const name = 'my-applications@ApiUsageEvent'
    const [plain, json] = await Promise.all([
      run('schemas', 'export', name),
      run('schemas', 'export', name, '--json'),
    ])
    expect([plain.exitCode, json.exitCode]).toEqual([0, 0])
    expect(parsed(json)).toMatchObject({openapi: expect.stringMatching(/^3\.0\./) as string})
    expect(parsed(plain)).toEqual(parsed(json))
  })
})

describe('an error', () => {
  it.each([
    ['bad usage', 2, 'BAD_USAGE', ['report', 'billing', '--limit', 'many']],
    ['bad input', 2, 'BAD_PATTERN', ['bind-target', '--pattern', '{']],
    ['a missing verb', 2, 'INCOMPLETE_COMMAND', ['report']],
    ['an absent bus', 3, 'BUS_ABSENT', ['events', 'send', '--count', '1', '--bus', 'nope']],
    ['an absent table', 3, 'NOT_BOUND', ['report', 'billing', '--database', 'elsewhere']],
    ['an absent schema', 3, 'SCHEMA_NOT_FOUND', ['schemas', 'export', 'nope']],
    ['a lack of credentials', 4, 'CREDENTIALS', ['schemas', 'list', '--profile', 'nope']],
    ['nobody there', 5, 'ENDPOINT_UNREACHABLE', ['schemas', 'list', '--endpoint-url', 'http://127.0.0.1:1']],
  ])('of %s has one exit code and one object in both forms', async (_, exitCode, code, words) => {
    const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true'}
    const onAws = code === 'CREDENTIALS' ? {AWS_REGION: region} : {...env, ...keys}

    const [plain, json] = await Promise.all([
      sandbox.run(words, onAws),
      sandbox.run([...words, '--json'], onAws),
    ])

    expect({plain: plain.exitCode, json: json.exitCode}).toEqual({plain: exitCode, json: exitCode})
    const {error, ...others} = parsed(json)
    expect(others).toEqual({})
    expect(error).toMatchObject({code, message: expect.any(String) as string})
    expect(['code', 'message', 'hint', 'requestId']).toEqual(expect.arrayContaining(keysOf(error)))
    expect(plain.stdout).toBe('')
    expect(plain.stderr).toContain(`Error: ${(error as {message: string}).message.split('\n')[0]}`)
  })
})
