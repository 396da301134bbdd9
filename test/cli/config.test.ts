import {readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = new Sandbox()
})
afterEach(() => sandbox.close())

const write = (...lines: string[]) =>
  writeFileSync(join(sandbox.project, 'usage-tracker.yaml'), lines.join('\n'))

/** The address that "local status" looks at: nothing answers there, and the error names it. */
async function addressAsked(words: string[], env: Record<string, string> = {}): Promise<string | undefined> {
  const {stderr} = await sandbox.run(['local', 'status', ...words], env)
  return /answers at (\S+)\./.exec(stderr)?.[1]
}

describe('a setting', () => {
  it('comes from flag, then variable, then environment of the file, then file, then AWS variable', async () => {
    write('endpointUrl: http://127.0.0.1:4', 'environments:', '  e: {endpointUrl: "http://127.0.0.1:3"}')
    const flag = ['--endpoint-url', 'http://127.0.0.1:1']
    const variable = {USAGE_TRACKER_ENDPOINT_URL: 'http://127.0.0.1:2'}
    const aws = {AWS_ENDPOINT_URL: 'http://127.0.0.1:5'}

    expect(await addressAsked(['--env', 'e', ...flag], {...variable, ...aws})).toBe('http://127.0.0.1:1')
    expect(await addressAsked(['--env', 'e'], {...variable, ...aws})).toBe('http://127.0.0.1:2')
    expect(await addressAsked(['--env', 'e'], aws)).toBe('http://127.0.0.1:3')
    expect(await addressAsked([], aws)).toBe('http://127.0.0.1:4')
    write('')
    expect(await addressAsked([], aws)).toBe('http://127.0.0.1:5')
  })
})

describe('a broken configuration file', () => {
  it('stops a command with the place of the mistake, in both forms', async () => {
    write('bus: orders', 'regoin: eu-west-1')

    const plain = await sandbox.run(['local', 'status'])
    const json = await sandbox.run(['local', 'status', '--json'])

    const message = 'usage-tracker.yaml:2:1: there is no key "regoin". Did you mean "region"?'
    const hint = 'Correct the file; "usage-tracker init" writes a valid one.'
    expect(plain).toEqual({exitCode: 2, stdout: '', stderr: `Error: ${message}\nTry: ${hint}\n`})
    expect(json.exitCode).toBe(2)
    expect(JSON.parse(json.stdout)).toEqual({error: {code: 'BAD_CONFIG', message, hint}})
  })

  it('lists the environments where an unknown one is chosen', async () => {
    write('environments: {prod: {}, dev: {}}')

    const {exitCode, stderr} = await sandbox.run(['local', 'status'], {USAGE_TRACKER_ENV: 'test'})

    expect(exitCode).toBe(2)
    expect(stderr).toContain(
      `There is no environment "test"; ${join(sandbox.project, 'usage-tracker.yaml')} has: dev, prod.`,
    )
  })
})

describe('a pinned account', () => {
  it.each([[[]], [['--json']]])(
    'stops a command on any other account before it does anything %j',
    async (form) => {
      write('environments:', '  prod: {account: "111122223333", region: eu-west-1}')

      const outcome = await sandbox.run([
        ...['events', 'send', '--count', '1', '--env', 'prod', '--local', '--data-dir', sandbox.dataDir],
        ...form,
      ])

      expect(outcome.exitCode).toBe(4)
      expect(outcome.stdout + outcome.stderr).toContain('pins account 111122223333, but the caller')
    },
  )
})

describe('init', () => {
  it('writes what flags say, and commands read it', async () => {
    const wrote = await sandbox.run([
      'init',
      '--env',
      'moto',
      '--endpoint-url',
      'http://127.0.0.1:9',
      '--json',
    ])

    const file = join(sandbox.project, 'usage-tracker.yaml')
    expect(wrote).toEqual({exitCode: 0, stdout: `{"file":"${file}","created":true}\n`, stderr: ''})
    expect(await addressAsked(['--env', 'moto'])).toBe('http://127.0.0.1:9')
  })

  it('does not write over a file without --yes', async () => {
    write('bus: mine')

    const refused = await sandbox.run(['init', '--bus', 'other', '--json'])
    const taken = await sandbox.run(['init', '--bus', 'other', '--yes', '--json'])

    expect(refused.exitCode).toBe(2)
    expect(JSON.parse(refused.stdout)).toMatchObject({error: {code: 'CONFIRMATION_NEEDED'}})
    expect(JSON.parse(taken.stdout)).toMatchObject({created: false})
  })

  it('refuses a value that no command would take', async () => {
    const {exitCode, stderr} = await sandbox.run(['init', '--account', '12'])
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      'Error: "environments.dev.account" must be 12 digits, in quotes, not "12". Nothing was written.\n' +
        'Try: Give another value: usage-tracker init --help names the flags.\n',
    )
    expect(readdirSync(sandbox.project)).toEqual([])
  })
})
