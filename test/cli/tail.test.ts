import {EventBridgeClient, ListRulesCommand} from '@aws-sdk/client-eventbridge'
import {ListQueuesCommand, SQSClient} from '@aws-sdk/client-sqs'
import {type Running, Sandbox} from './run-tool'

const client = {region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}}
let sandbox: Sandbox
let endpoint: string
let env: Record<string, string>
beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  endpoint = (JSON.parse(await sandbox.start(words).line) as {endpoint: string}).endpoint
  env = {AWS_ENDPOINT_URL: endpoint}
  await sandbox.run(['bind-target', '--yes'], env)
})
afterAll(() => sandbox.close())

/** Names of the rules and queues of tails that are there. */
async function listeners(): Promise<string[]> {
  const events = new EventBridgeClient({endpoint, ...client})
  const sqs = new SQSClient({endpoint, ...client})
  const NamePrefix = 'usage-tracker-tail-'
  const {Rules: rules = []} = await events.send(new ListRulesCommand({EventBusName: 'usage', NamePrefix}))
  const {QueueUrls: urls = []} = await sqs.send(new ListQueuesCommand({QueueNamePrefix: NamePrefix}))
  events.destroy()
  sqs.destroy()
  return [
    ...rules.map(({Name: name}) => `rule ${name}`),
    ...urls.map((url) => `queue ${url.split('/').at(-1)}`),
  ]
}

/** A tail that listens: its rule and queue are there. */
async function tail(...words: string[]): Promise<Running> {
  const running = sandbox.start(['events', 'tail', ...words], env)
  await running.said('Listening')
  return running
}
const send = (count: number) =>
  sandbox.run(['events', 'send', '--count', String(count), '--seed', '1', '--test'], env)

describe('events tail', () => {
  it('prints the events that come, ends after as many as asked, and leaves nothing', async () => {
    const running = await tail('--count', '3', '--json')
    await send(3)
    const {exitCode, stdout} = await running.ended
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as {source: string})
    expect({exitCode, sources: lines.map(({source}) => source)}).toEqual({
      exitCode: 0,
      sources: ['my-applications', 'my-applications', 'my-applications'],
    })
    expect(await listeners()).toEqual([])
  })

  it('shows events that meet the conditions alone', async () => {
    const running = await tail(
      '--where',
      'detail.test=true',
      '--where',
      'detail.customer.id=nobody',
      '--timeout',
      '3',
    )
    await send(5)
    expect(await running.ended).toMatchObject({exitCode: 0, stdout: ''})
  })

  it.each([
    ['{"detail":{"test":[true]}}', '30', 0],
    ['{"source":["another"]}', '2', 7],
  ])('waits for %s', async (expected, timeout, exitCode) => {
    const running = await tail('--expect', expected, '--timeout', timeout)
    await send(2)
    expect((await running.ended).exitCode).toBe(exitCode)
    expect(await listeners()).toEqual([])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('removes its rule and queue on %s', async (signal) => {
    const running = await tail()
    expect(await listeners()).toHaveLength(2)
    running.kill(signal)
    expect((await running.ended).exitCode).toBe(130)
    expect(await listeners()).toEqual([])
  })

  it('is swept up after a kill, once its time is over and not before', async () => {
    const running = await tail()
    running.kill('SIGKILL')
    await running.ended
    await sandbox.run(['events', 'tail', '--sweep'], env)
    expect(await listeners()).toHaveLength(2)
    await sandbox.run(['local', 'advance', '16m'], env)
    const swept = await sandbox.run(['events', 'tail', '--sweep', '--json'], env)
    expect((JSON.parse(swept.stdout) as {removed: string[]}).removed).toHaveLength(1)
    expect(await listeners()).toEqual([])
  })

  it('refuses a bus that is not there, and makes nothing', async () => {
    const ran = await sandbox.run(['events', 'tail', '--bus', 'nowhere'], env)
    expect(ran).toMatchObject({exitCode: 3, stdout: ''})
    expect(await listeners()).toEqual([])
  })
})
