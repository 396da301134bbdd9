import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = new Sandbox()
})
afterAll(() => sandbox.close())

const build = (...args: string[]) => sandbox.run(['pattern', 'build', ...args])

describe('pattern build', () => {
  it('prints the pattern alone', async () => {
    const ran = await build(
      ...['--source', 'my-applications,"a, b"', '--source', 'orders', '--account', '111122223333'],
      ...['--where', 'detail.response.status>=500', '--where', 'detail.customer.plan = pro, enterprise'],
    )

    expect(ran).toEqual({
      exitCode: 0,
      stdout: `{
  "source": ["my-applications", "a, b", "orders"],
  "account": ["111122223333"],
  "detail": {
    "response": {
      "status": [{"numeric": [">=", 500]}]
    },
    "customer": {
      "plan": ["pro", "enterprise"]
    }
  }
}
`,
      stderr: '',
    })
  })

  it('prints the pattern as one JSON object with --json, and remarks apart from it', async () => {
    const ran = await build(
      '--json',
      '--where',
      'detail.quantity=9007199254740993',
      '--where',
      'detail.feature!=a',
    )

    expect(ran).toEqual({
      exitCode: 0,
      stdout: '{"detail":{"quantity":[9007199254740993],"feature":[{"anything-but":["a"]}]}}\n',
      stderr: 'detail.feature!=a holds only for events that have the field detail.feature.\n',
    })
  })

  it('warns of a field that usage events do not have, and writes it all the same', async () => {
    const ran = await build('--quiet', '--where', 'detail.customer.plann=pro')

    expect(ran.exitCode).toBe(0)
    expect(JSON.parse(ran.stdout)).toEqual({detail: {customer: {plann: ['pro']}}})
    expect(ran.stderr).toContain('Did you mean detail.customer.plan?')
  })

  it('has no contract for other detail-types, and the configured one for its own', async () => {
    writeFileSync(join(sandbox.project, 'usage.yaml'), 'detailType: call\n')
    const own = await build('--config', 'usage.yaml', '--detail-type', 'call', '--where', 'detail.user.id=42')
    const other = await build('--detail-type', 'call', '--where', 'detail.user.id=42')

    expect(JSON.parse(own.stdout)).toEqual({'detail-type': ['call'], detail: {user: {id: ['42']}}})
    expect(JSON.parse(other.stdout)).toEqual({'detail-type': ['call'], detail: {user: {id: [42]}}})
  })

  it('names its flags where nothing is asked for and nobody can be asked', async () => {
    const ran = await build()

    expect(ran).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'Error: Nothing says what the pattern is to match.\n' +
        "Try: Give --source, --detail-type, --account, --resource or --where 'detail.response.status>=500'.\n",
    })
  })

  it('does not take the source that a variable names for a wish', async () => {
    const ran = await sandbox.run(['pattern', 'build', '--json'], {USAGE_TRACKER_SOURCE: 'orders'})

    expect(ran.exitCode).toBe(2)
    expect(JSON.parse(ran.stdout)).toMatchObject({error: {code: 'PATTERN_EMPTY'}})
  })

  it.each([
    ['a condition without an operator', 'BAD_WHERE', ['--where', 'detail.response.status']],
    [
      'conditions that do not go together',
      'BAD_WHERE',
      ['--where', 'detail.api.route like a*', '--where', 'detail.api.route like *b'],
    ],
    ['an empty member of a list', 'BAD_LIST', ['--source', 'a,,b']],
    [
      'too many sources',
      'PATTERN_TOO_LONG',
      ['--source', Array.from({length: 300}, (_, index) => `service-${index}`).join()],
    ],
  ])('refuses %s with %s', async (_, code, args) => {
    const ran = await build('--json', ...args)

    expect(ran.exitCode).toBe(2)
    expect(JSON.parse(ran.stdout)).toMatchObject({error: {code}})
  })

  it('writes what "pattern test" reads', async () => {
    const events = [
      {eventId: '1', service: {name: 'a'}, api: {}, response: {status: 503}},
      {eventId: '2', service: {name: 'a'}, api: {}, response: {status: 404}},
    ]
    writeFileSync(
      join(sandbox.project, 'events.ndjson'),
      events.map((event) => JSON.stringify(event)).join('\n'),
    )
    const {stdout: pattern} = await build('--where', 'detail.response.status>=500')
    const ran = await sandbox.run(['pattern', 'test', 'events.ndjson', '--json', '--pattern', pattern.trim()])

    expect(ran.exitCode).toBe(9)
    expect(JSON.parse(ran.stdout)).toMatchObject({matchedCount: 1, missedCount: 1})
  })
})
