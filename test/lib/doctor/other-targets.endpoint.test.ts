import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  DeleteMessageCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import {PutEventsCommand, EventBridgeClient} from '@aws-sdk/client-eventbridge'
import type {DoctorResult} from '../../../src/lib/doctor/doctor-result'
import {discard, temporaryFolder, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {runRemedy, runWords} from './_helpers/run-words'
import {brokenHops} from './_helpers/test-road'

jest.setTimeout(60_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

describe('a rule that sends to a queue', () => {
  const arn = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  const flags = (bus = 'orders') => [
    ...['--bus', bus, '--rule', 'to-queue', '--target', arn],
    ...['--endpoint-url', endpoint.url, '--region', 'eu-west-1'],
  ]
  let sqs: SQSClient
  let eventBridge: EventBridgeClient
  let QueueUrl: string | undefined
  beforeAll(async () => {
    sqs = new SQSClient({...endpoint.client, useQueueUrlAsEndpoint: false})
    eventBridge = new EventBridgeClient(endpoint.client)
    QueueUrl = (await sqs.send(new CreateQueueCommand({QueueName: 'orders'}))).QueueUrl
    await runWords(['bind-target', '--yes', ...flags()])
  })
  afterAll(() => {
    sqs.destroy()
    eventBridge.destroy()
  })

  async function doctor(): Promise<DoctorResult> {
    return (await runWords(['doctor', '--json', ...flags()])).answer as DoctorResult
  }

  /** Whether an event that is sent comes out of the queue. */
  async function arrives(): Promise<boolean> {
    const detail = {eventId: 'a', service: {name: 's'}, api: {operation: 'o'}}
    const entry = {EventBusName: 'orders', Source: 'my-applications', DetailType: 'api-usage-event'}
    await eventBridge.send(new PutEventsCommand({Entries: [{...entry, Detail: JSON.stringify(detail)}]}))
    await endpoint.flush()
    const {Messages} = await sqs.send(new ReceiveMessageCommand({QueueUrl}))
    for (const {ReceiptHandle} of Messages ?? [])
      await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle}))
    return (Messages ?? []).length > 0
  }

  it('is healthy with an input that the configuration asks for, and broken without it', async () => {
    const folder = temporaryFolder()
    const config = join(folder, 'usage-tracker.yaml')
    const binding = `  - {name: orders, bus: orders, rule: to-queue, target: '${arn}'`
    writeFileSync(config, `bindings:\n${binding}, inputPath: $.detail}\n`)
    const place = ['--config', config, '--endpoint-url', endpoint.url, '--region', 'eu-west-1']
    const diagnosed = async () =>
      brokenHops((await runWords(['doctor', 'orders', '--json', ...place])).answer as DoctorResult)

    const before = (await diagnosed()).map(({hop}) => hop)
    await runWords(['bind-target', 'orders', '--yes', ...place])
    const after = await diagnosed()
    await runWords(['bind-target', '--yes', ...flags()])
    rmSync(folder, {recursive: true})

    expect({before, after}).toEqual({before: ['target'], after: []})
  })

  it('is healthy without a lake, of which nothing is looked at', async () => {
    // A rule of its own: what other tests have broken on purpose is in the last hour's metrics of theirs.
    await runWords(['bind-target', '--yes', ...flags('calm')])
    const words = ['doctor', '--json', ...flags('calm'), '--canary']
    const {healthy, hops} = (await runWords(words)).answer as DoctorResult
    expect(healthy).toBe(true)
    expect(hops.map(({hop, status}) => `${hop} ${status}`)).toEqual([
      ...['credentials ok', 'bus ok', 'rule ok', 'pattern ok', 'quota ok', 'target ok', 'target-state ok'],
      ...['dead-letters skipped', 'archive skipped', 'metrics skipped'],
      ...['canary-accepted ok', 'canary-matched ok', 'canary-stored skipped', 'canary-queryable skipped'],
    ])
    const {Messages: canaries} = await sqs.send(new ReceiveMessageCommand({QueueUrl}))
    expect(canaries).toHaveLength(1)
    await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle: canaries?.[0]?.ReceiptHandle}))
  })

  it('is broken where the policy of the queue does not let it in, and is mended', async () => {
    await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy: ''}}))
    expect(await arrives()).toBe(false)

    const found = brokenHops(await doctor())
    expect(found.map(({hop}) => hop)).toEqual(['target-state'])
    expect(found[0]?.reason).toMatch(/does not let rule to-queue in/)
    expect(await runRemedy(found[0]?.remedy ?? '')).toBe(0)

    expect(await arrives()).toBe(true)
  })

  it('is broken where the queue is not there, with the command that makes it', async () => {
    await sqs.send(new DeleteQueueCommand({QueueUrl}))

    const found = brokenHops(await doctor())

    expect(found.map(({hop}) => hop)).toEqual(['target-state'])
    expect(found[0]?.remedy).toMatch(
      /^aws sqs create-queue --queue-name orders --region eu-west-1 --endpoint-url \S+ && usage-tracker bind-target --yes /,
    )
    expect(await runRemedy(found[0]?.remedy ?? '')).toBe(0)
    expect(await arrives()).toBe(true)
  })
})
