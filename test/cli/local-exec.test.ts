import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {root, Sandbox} from './run-tool'

const tool = [process.execPath, join(root, 'bin', 'run.js')]

let sandbox: Sandbox
beforeEach(() => (sandbox = new Sandbox()))
afterEach(() => sandbox.close())

/** Runs `local exec -- COMMAND`, and `local events` on what it left. */
const exec = (flags: string[], command: string[], env = {}) =>
  sandbox.run(['local', 'exec', ...flags, '--', ...command], env)
const listed = async (...words: string[]) => {
  const ran = await sandbox.run(['local', 'events', '--data-dir', sandbox.dataDir, '--json', ...words])
  return {
    ...ran,
    answer: JSON.parse(ran.stdout) as {receivedCount: number; events: {fate: string; rules: string[]}[]},
  }
}

describe('local exec', () => {
  it('ends with the code of the program, whose output is all of stdout', async () => {
    const ran = await exec(
      [],
      ['sh', '-c', 'echo "$AWS_ENDPOINT_URL $AWS_REGION $AWS_DEFAULT_REGION"; exit 5'],
    )
    expect(ran.exitCode).toBe(5)
    expect(ran.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+ us-east-1 us-east-1\n$/)
  })

  it('keeps what would lead a client elsewhere from the program', async () => {
    const env = {
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'secret',
      AWS_ENDPOINT_URL_SQS: 'http://elsewhere',
      NO_PROXY: 'internal',
      AWS_CONFIG_FILE: 'kept',
    }
    const {stdout} = await exec(['--region', 'eu-west-1'], ['sh', '-c', 'env'], env)
    expect(stdout).not.toMatch(/production|secret|elsewhere/)
    expect(stdout).toContain('NO_PROXY=internal,127.0.0.1,localhost\n')
    expect(stdout).toContain('AWS_CONFIG_FILE=kept\n')
    expect(stdout).toContain('AWS_REGION=eu-west-1\n')
  })

  it('binds first, and leaves what came in for local events', async () => {
    const flags = ['--bind', '--data-dir', sandbox.dataDir]
    const ran = await exec(flags, [...tool, 'events', 'send', '--count', '7', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(JSON.parse(ran.stdout)).toMatchObject({acceptedCount: 7})
    const all = await listed('--unmatched', '--invalid', '--expect', '{"source":["my-applications"]}')
    expect(all).toMatchObject({exitCode: 0, answer: {receivedCount: 7, events: []}})
    expect((await listed('--expect', '{"source":["another"]}')).exitCode).toBe(9)
    expect((await listed('--limit', '1')).answer.events).toMatchObject([
      {fate: 'matched', rules: ['api-usage']},
    ])
  })

  it('finds what no rule takes, and what breaks the contract', async () => {
    const send = `printf '%s' '{"eventId":"broken"}' | "$0" "$1" events send -`
    await exec(['--bind', '--data-dir', sandbox.dataDir], ['sh', '-c', send, ...tool])
    const invalid = await listed('--invalid')
    expect(invalid.exitCode).toBe(9)
    expect(invalid.answer.events).toMatchObject([
      {fate: 'matched', problems: expect.arrayContaining([expect.stringContaining('service')])},
    ])
    expect((await listed('--unmatched')).exitCode).toBe(0)
  })

  it('removes a folder of its own', async () => {
    const {stdout, exitCode} = await exec([], ['sh', '-c', 'ls -d "$TMPDIR"/usage-tracker-exec-*'], {
      TMPDIR: sandbox.project,
    })
    expect(exitCode).toBe(0)
    expect(existsSync(stdout.trim())).toBe(false)
  })

  it('answers the signal that ended the program as a shell does', async () => {
    expect((await exec([], ['sh', '-c', 'kill -TERM $$'])).exitCode).toBe(143)
  })

  it('passes a signal on to the program, however early', async () => {
    const program = 'trap "exit 3" TERM; echo up; while :; do sleep 0.1; done'
    // Several at once, so that a program speaks before the tool has its next turn.
    const all = Array.from({length: 4}, async () => {
      const running = sandbox.start(['local', 'exec', '--', 'sh', '-c', program])
      expect(await running.line).toBe('up')
      running.kill('SIGTERM')
      return (await running.ended).exitCode
    })
    expect(await Promise.all(all)).toEqual([3, 3, 3, 3])
  })

  it.each([
    [[], 'nothing to run'],
    [['no-such-program'], 'no program "no-such-program"'],
  ])('refuses to run %j', async (command, words) => {
    const ran = await exec([], command)
    expect(ran).toMatchObject({exitCode: 2, stdout: '', stderr: expect.stringContaining(words)})
  })
})
