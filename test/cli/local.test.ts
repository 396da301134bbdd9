import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {Sandbox} from './run-tool'
import type {Running} from './run-tool'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = new Sandbox()
})
afterEach(() => sandbox.close())

interface Ready {
  type: string
  endpoint: string
  dataDir: string
}

async function serve(): Promise<{running: Running; ready: Ready}> {
  const running = sandbox.start(['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json'])
  return {running, ready: JSON.parse(await running.line) as Ready}
}

const local = (...words: string[]) =>
  sandbox.run(['local', words[0] ?? '', '--data-dir', sandbox.dataDir, '--json', ...words.slice(1)])

describe('local start', () => {
  it('says where it answers, and answers there', async () => {
    const {ready} = await serve()

    const health = await fetch(`${ready.endpoint}/_usage-tracker/health`)

    expect(health.status).toBe(200)
    expect(ready).toEqual({
      type: 'ready',
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      dataDir: sandbox.dataDir,
    })
  })

  it('prints one line for a person', async () => {
    const running = sandbox.start(['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir])
    await expect(running.line).resolves.toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const {running} = await serve()

    running.kill(signal)

    await expect(running.ended).resolves.toMatchObject({exitCode: 0, stderr: ''})
    await expect(local('status')).resolves.toMatchObject({exitCode: 3})
  })

  it('is refused on a folder that is served already, naming the first process', async () => {
    const {running, ready} = await serve()

    const second = await local('start', '--port', '0')

    expect(second.exitCode).toBe(2)
    const {error} = JSON.parse(second.stdout) as {error: {code: string; message: string}}
    expect(error.code).toBe('DATA_FOLDER_IN_USE')
    expect(error.message).toContain(ready.endpoint)
    expect(error.message).toContain(String(running.pid))
  })

  it('names the port that is in use', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo

    const {exitCode, stdout, stderr} = await sandbox.run([
      'local',
      'start',
      '--port',
      String(port),
      '--data-dir',
      sandbox.dataDir,
    ])

    server.close()
    expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
    expect(stderr).toContain(`Error: Port ${port} is already in use.`)
  })

  it('serves in a process of its own with --detach, until it is stopped', async () => {
    const started = await local('start', '--detach', '--port', '0')
    const {endpoint, pid} = JSON.parse(started.stdout) as Ready & {pid: number}

    const status = await local('status')
    const stopped = await local('stop')

    expect(JSON.parse(status.stdout)).toMatchObject({endpoint, pid})
    expect(stopped).toMatchObject({exitCode: 0, stdout: `{"stopped":true,"endpoint":"${endpoint}"}\n`})
    await expect(local('status')).resolves.toMatchObject({exitCode: 3})
  })

  it('reports why a process of its own did not start', async () => {
    await serve()

    const second = await local('start', '--detach', '--port', '0')

    expect(second.exitCode).toBe(2)
    expect(JSON.parse(second.stdout)).toMatchObject({error: {code: 'DATA_FOLDER_IN_USE'}})
  })
})

describe('the other local commands', () => {
  it('find the endpoint by its address too', async () => {
    const {ready} = await serve()
    const {stdout} = await sandbox.run(['local', 'status', '--endpoint-url', ready.endpoint, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({endpoint: ready.endpoint, pending: {count: 0}})
  })

  it('move the clock forward, and back to now with a reset', async () => {
    await serve()
    const timeOf = (stdout: string) => Date.parse((JSON.parse(stdout) as {now: string}).now)

    const before = timeOf((await local('status')).stdout)
    const after = timeOf((await local('advance', '2h')).stdout)
    const reset = timeOf((await local('reset', '--yes')).stdout)

    expect(after - before).toBeGreaterThanOrEqual(7_200_000)
    expect(reset).toBeLessThan(after)
  })

  it('do not forget anything without --yes where nobody can be asked', async () => {
    await serve()
    const {exitCode, stdout} = await local('reset')
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'CONFIRMATION_NEEDED',
        message: `Forget everything in ${sandbox.dataDir}? Nobody can be asked here.`,
        hint: 'Add --yes to go ahead.',
      },
    })
  })
})

describe('a data folder that nobody serves', () => {
  const road = (...words: string[]) =>
    sandbox.run([...words, '--local', '--data-dir', sandbox.dataDir, '--json'])

  it('takes the whole road one command after another, with nothing running between them', async () => {
    const range = ['--from', '2026-03-01', '--to', '2026-04-01']
    const ran = [
      await road('bind-target', '--yes'),
      await road('events', 'send', '--count', '250', ...range),
      await local('flush'),
      await road('report', 'billing', ...range),
    ]

    expect(ran.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 0])
    expect(JSON.parse(ran[2]?.stdout ?? '')).toEqual({
      dataDir: sandbox.dataDir,
      version: expect.any(String) as string,
      now: expect.any(String) as string,
      pending: {count: 0},
    })
    expect(JSON.parse(ran[3]?.stdout ?? '')).toMatchObject({totals: {calls: 250}})
    await expect(local('status')).resolves.toMatchObject({exitCode: 3})
  })

  it('keeps a clock that was moved, and delivers what has become due', async () => {
    const range = ['--from', '2026-03-01', '--to', '2026-04-01']
    await road('bind-target', '--yes')
    await road('events', 'send', '--count', '10', ...range)

    const moved = JSON.parse((await local('advance', '1h')).stdout) as {now: string}
    const report = JSON.parse((await road('report', 'features', ...range)).stdout) as Record<string, unknown>

    expect(report).toMatchObject({totals: {calls: 10}})
    expect(Date.parse(report['completeUntil'] as string)).toBeGreaterThanOrEqual(Date.parse(moved.now))
  })

  it('is emptied by a reset', async () => {
    await road('bind-target', '--yes')
    await local('reset', '--yes')
    await expect(road('bind-target', '--check')).resolves.toMatchObject({exitCode: 9})
  })

  it.each([['flush'], ['advance', '15m'], ['reset', '--yes']])(
    'is not made by "local %s" where there is none',
    async (...words) => {
      const {exitCode, stdout} = await local(...words)

      expect(exitCode).toBe(3)
      expect(JSON.parse(stdout)).toEqual({
        error: {
          code: 'NO_LOCAL_ENDPOINT',
          message: `${sandbox.dataDir} is no data folder of a local endpoint.`,
          hint: `usage-tracker local start --data-dir ${sandbox.dataDir}`,
        },
      })
      expect(existsSync(sandbox.dataDir)).toBe(false)
    },
  )

  it('is left as it is by "reset" where something else is in it', async () => {
    mkdirSync(join(sandbox.dataDir, 'state'), {recursive: true})
    writeFileSync(join(sandbox.dataDir, 'state', 'mine.txt'), 'mine')

    const {exitCode} = await local('reset', '--yes')

    expect(exitCode).toBe(3)
    expect(readdirSync(sandbox.dataDir)).toEqual(['state'])
  })

  it.each([
    ['local', 'flush'],
    ['local', 'start', '--port', '0'],
    ['report', 'billing', '--local'],
  ])('is refused and left as it is by "%s %s" where another version wrote it', async (...words) => {
    mkdirSync(sandbox.dataDir)
    writeFileSync(join(sandbox.dataDir, 'format.json'), '{"format":99}')

    const {exitCode, stdout} = await sandbox.run([...words, '--data-dir', sandbox.dataDir, '--json'])

    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'DATA_FOLDER_VERSION'}})
    expect(readdirSync(sandbox.dataDir)).toEqual(['format.json'])
  })

  it.each([['99999d'], ['-1h'], ['1e9s'], ['']])('does not move its clock by "%s"', async (duration) => {
    const {exitCode, stdout} = await local('advance', '--', duration)
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'BAD_TIME'}})
  })
})

describe('the default data folder', () => {
  it("is the user's, not the current one", async () => {
    const {stderr} = await sandbox.run(['local', 'status'])
    const folder = join(sandbox.home, '.local', 'share', 'usage-tracker', 'local')
    expect(stderr).toBe(`Error: No local endpoint serves ${folder}.\nTry: usage-tracker local start\n`)
  })
})
