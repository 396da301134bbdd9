import {spawn} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {FaultyBus} from '../faults/faulty-bus'
import {root, Sandbox} from './run-tool'

const inFlight = 16 * 10
let sandbox: Sandbox
let endpoint: string
let bus: FaultyBus
let env: Record<string, string>

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  endpoint = (JSON.parse(await sandbox.start(words).line) as {endpoint: string}).endpoint
  await sandbox.run(['bind-target', '--yes'], {AWS_ENDPOINT_URL: endpoint})
})
afterAll(() => sandbox.close())

beforeEach(async () => {
  bus = await FaultyBus.start(endpoint)
  env = {AWS_ENDPOINT_URL: bus.url}
})
afterEach(() => bus.close())

interface Counts {
  readCount: number
  acceptedCount: number
  rejectedCount: number
  skippedCount?: number
  leftCount?: number
}

const countsIn = (stdout: string): Counts => JSON.parse(stdout) as Counts

/** How many of the events were acknowledged so often. */
function acknowledgedTimes(truth: {acknowledged: Map<string, number>}, times: number): number {
  return [...truth.acknowledged.values()].filter((count) => count === times).length
}

/** Starts a run that is sent a signal as its 40th request comes in. */
async function cutOff(words: readonly string[], signal: NodeJS.Signals) {
  const running = sandbox.start(words, env)
  bus.onPut = () => {
    if (bus.callCount === 40) running.kill(signal)
  }
  const ended = await running.ended
  bus.onPut = () => undefined
  return ended
}

describe('events send', () => {
  it('ends after Ctrl-C with an account, and goes on from its checkpoint without sending anything twice', async () => {
    const words = ['events', 'send', '--count', '3000', '--checkpoint', 'sigint.checkpoint', '--json']
    const truth = bus.begin({random: () => 0, share: 0})
    const first = await cutOff(words, 'SIGINT')
    const told = countsIn(first.stdout)

    expect(first.exitCode).toBe(130)
    expect(first.stderr).toContain(
      'The checkpoint knows what is dealt with: the same command sends the rest.',
    )
    expect(told.readCount).toBe(told.acceptedCount + told.rejectedCount)
    expect(told.acceptedCount).toBe(truth.acknowledged.size)
    expect(told.acceptedCount).toBeLessThan(3000)

    const second = await sandbox.run(words, env)
    expect(second.exitCode).toBe(0)
    expect(second.stderr).toContain(
      `Going on: ${told.acceptedCount} events of this input were dealt with before`,
    )
    expect(countsIn(second.stdout)).toMatchObject({
      acceptedCount: 3000 - told.acceptedCount,
      skippedCount: told.acceptedCount,
      leftCount: 0,
    })
    expect(acknowledgedTimes(truth, 1)).toBe(3000)

    const third = await sandbox.run(words, env)
    expect(countsIn(third.stdout)).toMatchObject({readCount: 0, skippedCount: 3000})
  })

  it('goes on after kill -9, and sends at most what was in flight twice', async () => {
    const file = join(sandbox.project, 'events.ndjson')
    const line = (i: number) =>
      JSON.stringify({eventId: `k-${i}`, service: {name: 's'}, api: {operation: 'o'}})
    writeFileSync(file, Array.from({length: 3000}, (_, i) => `${line(i)}\n`).join(''))
    const words = ['events', 'send', file, '--checkpoint', 'kill.checkpoint', '--json']
    const truth = bus.begin({random: () => 0, share: 0})
    expect((await cutOff(words, 'SIGKILL')).exitCode).toBeNull()

    const {exitCode, stdout} = await sandbox.run(words, env)
    const {acceptedCount, skippedCount = 0} = countsIn(stdout)
    expect(exitCode).toBe(0)
    expect(acceptedCount + skippedCount).toBe(3000)
    expect(skippedCount).toBeGreaterThan(0)
    expect(truth.arrived.size).toBe(3000)
    expect(acknowledgedTimes(truth, 1)).toBeGreaterThanOrEqual(3000 - inFlight)

    writeFileSync(file, readFileSync(file, 'utf8').replace('k-0', 'other'))
    const other = await sandbox.run(words, env)
    expect(other.exitCode).toBe(2)
    expect(other.stdout).toContain('OTHER_INPUT')
  })

  it('takes a pipe that breaks in the middle of an event for unfinished, and goes on when it is piped again', async () => {
    const text = Array.from({length: 50}, (_, i) => `{"eventId":"p-${i}"}\n`).join('')
    const words = ['events', 'send', '-', '--checkpoint', 'pipe.checkpoint', '--json']
    const truth = bus.begin({random: () => 0, share: 0})
    const first = await piped(words, text.slice(0, -5))

    expect(first.exitCode).toBe(6)
    expect(countsIn(first.stdout)).toMatchObject({acceptedCount: 49, rejectedCount: 1, leftCount: 1})

    const second = await piped(words, text)
    expect(second.exitCode).toBe(0)
    expect(countsIn(second.stdout)).toMatchObject({readCount: 1, acceptedCount: 1, skippedCount: 49})
    expect(acknowledgedTimes(truth, 1)).toBe(50)
  })

  it('ends with its account where nobody reads the answer', async () => {
    bus.begin({random: () => 0, share: 0})
    const {stderr} = await piped(['events', 'send', '-'], '{"eventId":"e"}\n{"eventId":\n', true)

    expect(stderr).toContain('NOT_JSON: 1 event')
    expect(stderr).not.toContain('EPIPE')
  })

  it('takes an event as an argument, and sees it in the lake', async () => {
    const event = '{"eventId":"inline-1","service":{"name":"s"},"api":{"operation":"o"}}'
    const place = {AWS_ENDPOINT_URL: endpoint}
    const {exitCode, stdout} = await sandbox.run(['events', 'send', event, '--confirm', '--json'], place)

    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      acceptedCount: 1,
      confirmation: {followedCount: 1, foundCount: 1},
    })
  })

  it('says with exit code 7 that events do not come into the lake', async () => {
    const event = '{"source":"nobody-listens","detail-type":"t","detail":{"eventId":"x"}}'
    const words = ['events', 'send', event, '--confirm', '--timeout', '1']
    const {exitCode, stdout} = await sandbox.run(words, env)

    expect(exitCode).toBe(7)
    expect(stdout).toContain('0 of the 1 event that were followed')
  })

  it('generates events after a template', async () => {
    writeFileSync(join(sandbox.project, 'template.json'), '{"eventId":"t-{{seq}}","n":"{{number 1 3}}"}')
    const truth = bus.begin({random: () => 0, share: 0})
    const {exitCode} = await sandbox.run(
      ['events', 'send', '--count', '12', '--template', 'template.json'],
      env,
    )

    expect(exitCode).toBe(0)
    expect([...truth.arrived].sort()).toEqual(Array.from({length: 12}, (_, i) => `t-${i + 1}`).sort())
  })
})

/** Runs the tool on what is piped in; with `isDeaf` nobody reads its stdout. */
function piped(words: readonly string[], text: string, isDeaf = false) {
  const child = spawn(process.execPath, [join(root, 'bin', 'run.js'), ...words], {
    cwd: sandbox.project,
    env: {PATH: process.env['PATH'], HOME: sandbox.home, ...env},
  })
  let stdout = ''
  let stderr = ''
  if (isDeaf) child.stdout.destroy()
  else child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  child.stdin.end(text)
  return new Promise<{exitCode: number | null; stdout: string; stderr: string}>((resolve) =>
    child.on('close', (exitCode) => resolve({exitCode, stdout, stderr})),
  )
}
