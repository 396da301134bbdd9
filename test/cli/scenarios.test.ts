import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {Sandbox} from './run-tool'

let sandbox: Sandbox
let endpoint: string
beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  endpoint = (JSON.parse(await sandbox.start(words).line) as {endpoint: string}).endpoint
})
afterAll(() => sandbox.close())

/** Runs with `--json` on the endpoint, in a region of its own where one is named. */
async function run(words: string[], env: Record<string, string> = {}) {
  const {exitCode, stdout, stderr} = await sandbox.run([...words, '--json'], {
    AWS_ENDPOINT_URL: endpoint,
    ...env,
  })
  return {exitCode, stderr, answer: JSON.parse(stdout) as Record<string, unknown>}
}

describe('a role that may not put record batches', () => {
  const region = 'eu-central-1'
  const role = `usage-tracker-${region}-usage-api-usage-target`
  const inRegion = {AWS_REGION: region}

  const send = async (count: number) => {
    await run(
      ['events', 'send', '--count', String(count), '--from', '2026-03-01', '--to', '2026-03-02'],
      inRegion,
    )
    await run(['local', 'flush'])
  }

  it('delivers nothing, is seen by bind-target, and delivers again once it is mended', async () => {
    await run(['bind-target', '--yes'], inRegion)
    const iam = new IAMClient({endpoint, region, credentials: {accessKeyId: 'test', secretAccessKey: 'test'}})
    const {PolicyNames: names} = await iam.send(new ListRolePoliciesCommand({RoleName: role}))
    const name = {RoleName: role, PolicyName: names?.[0]}
    const {PolicyDocument: text = ''} = await iam.send(new GetRolePolicyCommand(name))
    const allowed = decodeURIComponent(text)
    const PolicyDocument = allowed.replace(/,\s*"firehose:PutRecordBatch"/, '')
    expect(PolicyDocument.length).toBeLessThan(allowed.length)

    await iam.send(new PutRolePolicyCommand({...name, PolicyDocument}))
    iam.destroy()
    await send(20)
    const {answer: bill} = await run(['report', 'billing', '--month', '2026-03'], inRegion)
    const check = await run(['bind-target', '--check'], inRegion)
    await run(['bind-target', '--yes'], inRegion)
    await send(30)
    const {exitCode, answer} = await run(['report', 'reconcile', '--strict'], inRegion)

    expect(bill['totals']).toMatchObject({calls: 0})
    expect(exitCode).toBe(9)
    expect(answer).toMatchObject({
      ...{by: 'arrival', isWhole: false, totals: {arrived: 30, billed: 30, missing: 20}},
      rows: [
        {hop: 'bus', count: 50},
        {hop: 'stream', count: 30, difference: -20, missing: 20, status: 'differs'},
        {hop: 'raw', count: 30, status: 'ok'},
        {hop: 'quarantine', count: 0},
        {hop: 'curated', status: 'unknown'},
        {hop: 'billed', count: 30, status: 'ok'},
      ],
    })
    expect(check.exitCode).toBe(9)
    expect((check.answer['changes'] as {action: string}[]).filter(({action}) => action !== 'keep')).toEqual([
      {action: 'update', resource: 'policy', name: role, fields: expect.any(Array) as string[]},
    ])
  })
})

describe('a setting', () => {
  /** Bus and region that a command would work with. */
  async function chosen(words: string[], env: Record<string, string>): Promise<string> {
    const {answer} = await run(['bind-target', '--dry-run', ...words], env)
    const changes = answer['changes'] as {resource: string; name: string}[]
    const nameOf = (kind: string) => changes.find(({resource}) => resource === kind)?.name ?? ''
    return `${nameOf('bus')} ${nameOf('bucket').replace('usage-000000000000-', '')}`
  }

  it('comes from flag, then variable, then file, then AWS variable, then default', async () => {
    const file = join(sandbox.project, 'settings.yaml')
    writeFileSync(file, 'bus: of-file\nregion: sa-east-1\n')
    const flags = ['--bus', 'of-flag', '--region', 'ap-south-1']
    const ours = {USAGE_TRACKER_BUS: 'of-variable', USAGE_TRACKER_REGION: 'ca-west-1'}
    const aws = {AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-south-1'}
    const all = {...ours, ...aws}

    expect(await chosen(['--config', file, ...flags], all)).toBe('of-flag ap-south-1')
    expect(await chosen(['--config', file], all)).toBe('of-variable ca-west-1')
    expect(await chosen(['--config', file], aws)).toBe('of-file sa-east-1')
    expect(await chosen([], aws)).toBe('usage eu-north-1')
    expect(await chosen([], {AWS_DEFAULT_REGION: 'eu-south-1'})).toBe('usage eu-south-1')
    expect(await chosen([], {})).toBe('usage us-east-1')
  })
})

describe('a profile that is not there', () => {
  it.each([
    ['report', 'billing'],
    ['events', 'send', '--count', '1'],
  ])('is named by "%s %s"', async (...words) => {
    const env = {AWS_PROFILE: 'nope', AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true'}

    const {exitCode, stdout} = await sandbox.run([...words, '--json'], env)

    expect(exitCode).toBe(4)
    expect(JSON.parse(stdout)).toMatchObject({
      error: {code: 'CREDENTIALS', message: expect.stringContaining('profile nope: ') as string},
    })
  })
})

describe('bad input', () => {
  const place = {AWS_REGION: 'eu-west-3'}

  it('of an event over the size limit rejects that event alone, and says how large it is', async () => {
    await run(['bind-target', '--yes'], place)
    const event = (eventId: string, text: string) =>
      JSON.stringify({eventId, service: {name: 's'}, api: {operation: 'o'}, attributes: {text}})
    writeFileSync(
      join(sandbox.project, 'large.ndjson'),
      `${event('small', 'x')}\n${event('large', 'x'.repeat(1_048_576))}\n`,
    )

    const {exitCode, answer, stderr} = await run(['events', 'send', 'large.ndjson'], place)

    expect(exitCode).toBe(6)
    expect(answer).toMatchObject({readCount: 2, acceptedCount: 1, rejectedCount: 1})
    expect(stderr).toMatch(/ENTRY_TOO_LARGE: 1 event, first line 2: .*at most 1048576\./)
  })

  it.each([
    ['a pattern that is no JSON', ['bind-target', '--yes', '--pattern', '{source'], 'BAD_PATTERN'],
    ['a name that no bus can have', ['bind-target', '--yes', '--bus', 'a b'], 'BAD_NAME'],
    [
      'a target of another kind',
      ['bind-target', '--yes', '--target', 'arn:aws:sns:x:0:y'],
      'TARGET_UNSUPPORTED',
    ],
  ])('of %s stops bind-target before anything is made', async (_, words, code) => {
    const elsewhere = {AWS_REGION: 'ap-east-1'}

    const {exitCode, answer} = await run(words, elsewhere)
    const after = await run(['bind-target', '--dry-run'], elsewhere)

    expect({exitCode, answer}).toMatchObject({exitCode: 2, answer: {error: {code}}})
    const actions = (after.answer['changes'] as {action: string}[]).map(({action}) => action)
    expect(new Set(actions)).toEqual(new Set(['create']))
  })
})
