import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

let sandbox: Sandbox
let env: Record<string, string>
beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  const {endpoint} = JSON.parse(await sandbox.start(words).line) as {endpoint: string}
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1'}
  await run('bind-target', '--yes', '--archive-days', '7')
  await run('events', 'send', '--count', '300', '--seed', '1', '--from', '-50m', '--no-test')
  await run('local', 'flush')
})
afterAll(() => sandbox.close())

const run = (...words: string[]) => sandbox.run(words, env)

async function runJson(
  ...words: string[]
): Promise<{exitCode: number | null; answer: Record<string, unknown>}> {
  const {exitCode, stdout} = await run(...words, '--json')
  return {exitCode, answer: JSON.parse(stdout) as Record<string, unknown>}
}

/** What the bill counts, and how many copies it left out. */
async function bill(): Promise<{calls: unknown; duplicates: unknown}> {
  await run('local', 'flush')
  const {answer} = await runJson('report', 'billing', '--from', '-1d')
  return {calls: (answer['totals'] as {calls: unknown}).calls, duplicates: answer['duplicateCount']}
}

describe('events replay', () => {
  it('sends the events of the lake again, which the bill counts once', async () => {
    const before = await bill()

    const {exitCode, answer} = await runJson(
      'events',
      'replay',
      'lake',
      '--from',
      '-1h',
      '--yes',
      '--rate',
      '1000',
    )

    const {readCount, acceptedCount, rejectedCount} = answer
    expect({exitCode, acceptedCount, rejectedCount}).toEqual({
      exitCode: 0,
      acceptedCount: readCount,
      rejectedCount: 0,
    })
    expect(readCount).toBeGreaterThanOrEqual(300)
    expect(await bill()).toEqual({
      calls: before.calls,
      duplicates: Number(before.duplicates) + Number(readCount),
    })
  })

  it('sends those of a part of the time that match', async () => {
    // Whole seconds, to which the time in the envelope is cut.
    const time = (minutesAgo: number) =>
      new Date(Math.floor(Date.now() / 1000 - minutesAgo * 60) * 1000).toISOString()
    const words = ['--from', time(30), '--to', time(10), '--where', 'detail.response.status<300']
    await run('local', 'flush')
    const found = (await run('events', 'find', ...words)).stdout.trim().split('\n')

    const {answer} = await runJson('events', 'replay', 'lake', ...words, '--yes')

    expect(found.length).toBeGreaterThan(50)
    expect(answer['readCount']).toBe(found.length)
  })

  it('replays an archive to one rule to its end', async () => {
    const before = await bill()

    const {exitCode, answer} = await runJson(
      ...['events', 'replay', 'archive', '--from', '-1h', '--rule', 'api-usage', '--name', 'again', '--yes'],
    )

    expect({exitCode, answer}).toMatchObject({
      exitCode: 0,
      answer: {replay: 'again', bus: 'usage', rule: 'api-usage', state: 'COMPLETED'},
    })
    expect((await bill()).calls).toBe(before.calls)
  })

  it('says what it would replay, and asks', async () => {
    const words = ['events', 'replay', 'archive', '--from', '-1h', '--all-rules']

    expect((await runJson(...words, '--dry-run')).answer).toMatchObject({
      archive: 'usage-tracker-usage-api-usage',
    })
    expect((await runJson(...words)).answer).toMatchObject({error: {code: 'CONFIRMATION_NEEDED'}})
  })

  it.each([
    [2, 'BAD_USAGE', ['archive', '--from', '-1h']],
    [2, 'BAD_USAGE', ['archive', '--all-rules']],
    [2, 'BAD_USAGE', ['lake']],
    [2, 'BAD_SPEED', ['lake', '--from', '-1h', '--speed', 'fast']],
    [2, 'BAD_TIME', ['lake', '--from', 'soon']],
    [3, 'ARCHIVE_ABSENT', ['archive', '--from', '-1h', '--all-rules', '--archive', 'nowhere']],
    [
      3,
      'RULE_ABSENT',
      ['archive', '--from', '-1h', '--rule', 'nobody', '--archive', 'usage-tracker-usage-api-usage'],
    ],
    [3, 'REPLAY_ABSENT', ['archive', '--cancel', 'never']],
    [3, 'BUS_ABSENT', ['lake', '--from', '-1h', '--bus', 'nowhere']],
    [3, 'OBJECTS_ABSENT', ['lake', 's3://usage-000000000000-eu-west-1/none/', '--yes']],
  ])('ends with %d and %s on %j', async (exitCode, code, words) => {
    const ended = await runJson('events', 'replay', ...words)

    expect(ended).toMatchObject({exitCode, answer: {error: {code}}})
  })

  it('sends a file of stored events, and keeps what would be counted again', async () => {
    const envelope = {'detail-type': 't', source: 's', time: '2026-11-01T00:00:00Z'}
    const lines = [{eventId: 'a'}, {}].map((detail) => JSON.stringify({...envelope, detail}))
    const file = join(sandbox.folder, 'stored.ndjson')
    writeFileSync(file, `${lines.join('\n')}\n`)

    const {exitCode, answer} = await runJson(
      ...['events', 'replay', 'lake', file, '--yes', '--failures', join(sandbox.folder, 'left.ndjson')],
    )

    expect({exitCode, ...answer}).toMatchObject({exitCode: 6, acceptedCount: 1, rejectedCount: 1})
  })
})
