import {join} from 'node:path'
import {DisableRuleCommand} from '@aws-sdk/client-eventbridge'
import {GetQueueUrlCommand, ReceiveMessageCommand, SetQueueAttributesCommand} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../src/lib/aws/clients'
import type {Change} from '../../src/lib/binding/change'
import type {DoctorResult} from '../../src/lib/doctor/doctor-result'
import {targetKinds} from '../../src/lib/road/targets/find-kind'
import {serveOther, type OtherEndpoint} from './other-endpoint/serve'
import {accountOf, makeTarget} from './other-endpoint/targets'
import {hopsThatAre, ToolAt} from './other-endpoint/tool-at'

// Each test runs the tool up to six times, each a process of its own.
jest.setTimeout(120_000)

const asRole = ['create role', 'create policy']
/** What is made between the bus and the rule, by kind of target. */
const parts: Readonly<Record<string, readonly string[]>> = {
  firehose: [
    ...['create bucket', 'create database', 'create table'],
    ...[...asRole, 'create stream', ...asRole, 'create workgroup'],
  ],
  sqs: ['create queue-policy'],
  'event-bus': asRole,
  kinesis: asRole,
  'log-group': ['create resource-policy'],
  lambda: ['create resource-policy'],
  'state-machine': asRole,
  'api-destination': asRole,
}

describe('the built tool at moto', () => {
  let moto: OtherEndpoint
  let clients: AwsClients
  let tool: ToolAt

  beforeAll(async () => {
    const program = join(process.env['PEERS_BIN'] ?? '', 'moto_server')
    moto = await serveOther(program, ['--host', '127.0.0.1', '--port', '0'])
    const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
    clients = new AwsClients({region: 'eu-west-1', endpoint: moto.url, credentials})
    tool = new ToolAt(moto.url)
  })

  afterAll(async () => {
    await clients.close()
    await tool.close()
    await moto.end()
  })

  const kinds = targetKinds.map(({name}) => name)
  it.each(kinds)('binds a target of kind %s, finds it as it should be, and takes it away', async (kind) => {
    const target = kind === 'firehose' ? [] : ['--target', await makeTarget[kind](clients, `kind-${kind}`)]
    const road = ['--bus', `bus-${kind}`, '--rule', `rule-${kind}`, ...target]

    const made = await tool.changes('bind-target', '--yes', ...road)
    const again = await tool.json<object>(['bind-target', '--yes', ...road])
    const checked = await tool.json<{changes: Change[]}>(['bind-target', '--check', ...road])
    const hops = await tool.hops(...road)
    const gone = await tool.changes('unbind-target', '--yes', ...road)
    const goneAgain = await tool.json<object>(['unbind-target', '--yes', ...road])

    expect(made).toEqual(['create bus', ...(parts[kind] ?? []), 'create rule', 'create target'])
    expect(again).toMatchObject({changed: false})
    expect(checked.changes).toContainEqual({
      ...{action: 'keep', resource: 'discoverer', name: `bus-${kind}`},
      note: 'left out, as this endpoint does not have EventBridge Schemas',
    })
    expect(hopsThatAre('broken', hops)).toEqual([])
    expect(hopsThatAre('warn', hops)).toEqual([])
    expect(gone.sort()).toEqual(made.map((change) => change.replace('create', 'delete')).sort())
    expect(goneAgain).toMatchObject({changed: false})
  })

  const queueUrl = async (name: string): Promise<string | undefined> => {
    const sqs = await clients.sqs()
    return (await sqs.send(new GetQueueUrlCommand({QueueName: name}))).QueueUrl
  }

  it('sends events that arrive in the queue, which is the target of the rule', async () => {
    const road = ['--bus', 'sent', '--rule', 'to-queue', '--target', await makeTarget.sqs(clients, 'sent')]
    await tool.changes('bind-target', '--yes', ...road)

    const sent = await tool.json<object>(['events', 'send', '--bus', 'sent', '--count', '3', '--seed', '1'])

    expect(sent).toMatchObject({readCount: 3, acceptedCount: 3, rejectedCount: 0})
    const asked = new ReceiveMessageCommand({QueueUrl: await queueUrl('sent'), MaxNumberOfMessages: 10})
    const {Messages: messages = []} = await (await clients.sqs()).send(asked)
    const events = messages.map(({Body}) => JSON.parse(Body ?? '') as Record<string, unknown>)
    const [source, detailType] = ['my-applications', 'api-usage-event']
    expect(events.map((event) => [event['source'], event['detail-type']])).toEqual([
      ...[
        [source, detailType],
        [source, detailType],
        [source, detailType],
      ],
    ])
  })

  it('says where moto fails at an event for a delivery stream, and what of that road cannot be looked at', async () => {
    await tool.changes('bind-target', '--yes', '--dlq', 'dead')

    const sent = await tool.run('events', 'send', '--count', '1', '--json')
    const hops = await tool.hops('--canary', '--timeout', '1')

    expect(sent.exitCode).toBe(5)
    expect(JSON.parse(sent.stdout)).toMatchObject({error: {code: 'BAD_ANSWER'}})
    expect(hopsThatAre('broken', hops)).toEqual([])
    expect(hopsThatAre('skipped', hops)).toEqual([
      ...['simulation', 'archive', 'metrics', 'objects', 'freshness', 'producers', 'report'],
      ...['canary-accepted', 'canary-matched', 'canary-stored', 'canary-queryable'],
    ])
    const reasons = Object.fromEntries(hops.map(({hop, reason}) => [hop, reason]))
    expect(reasons).toMatchObject({
      simulation: 'This endpoint does not simulate policies.',
      metrics: 'CloudWatch has counted no event of rule api-usage in the last hour.',
      report: expect.stringContaining('so the endpoint did not run it') as string,
      'canary-accepted': expect.stringContaining('it answered with a web page (HTTP 500)') as string,
    })
  })

  it('makes a bill of nothing but an answer', async () => {
    const ran = await tool.run('report', 'billing', '--json')

    expect(ran.exitCode).toBe(5)
    expect(JSON.parse(ran.stdout)).toMatchObject({error: {code: 'BAD_ANSWER'}})
  })

  it('keeps what all options ask for, and changes what fewer of them do', async () => {
    const target = await makeTarget.sqs(clients, 'optional')
    const road = ['--bus', 'optional', '--rule', 'all', '--target', target, '--dlq', 'optional-dead']
    const less = [...road, '--archive-days', '9', '--allow-account', '111122223333']
    const more = [
      ...[...road, '--archive-days', '7', '--allow-account', '444455556666', '--allow-org', 'o-abcdefghij'],
      ...['--retry-attempts', '3', '--max-event-age', '3600', '--description', 'All of it'],
      ...['--input-map', 'id=$.detail.eventId', '--input-template', '{"id": <id>}'],
    ]

    const made = await tool.changes('bind-target', '--yes', ...more)
    const again = await tool.changes('bind-target', '--yes', ...more)
    const changed = await tool.changes('bind-target', '--yes', ...less)
    const gone = await tool.changes('unbind-target', '--yes', ...road)

    expect(made).toEqual([
      ...['create bus', 'create bus-policy', 'create archive', 'create queue-policy', 'create queue'],
      ...['create queue-policy', 'create rule', 'create target'],
    ])
    expect(again).toEqual([])
    expect(changed).toEqual(['update bus-policy', 'update archive', 'update target'])
    // The archive stays, and with it the bus, on which it has a rule.
    expect(gone).toEqual([
      ...['delete target', 'delete rule', 'delete queue-policy', 'delete queue', 'delete bus-policy'],
    ])
  })

  it('sees what was changed by hand, names the hop, and mends it', async () => {
    const target = await makeTarget.sqs(clients, 'touched')
    const road = ['--bus', 'touched', '--rule', 'all', '--target', target]
    await tool.changes('bind-target', '--yes', ...road)
    const off = new DisableRuleCommand({Name: 'all', EventBusName: 'touched'})
    await (await clients.eventBridge()).send(off)
    const shut = {QueueUrl: await queueUrl('touched'), Attributes: {Policy: ''}}
    await (await clients.sqs()).send(new SetQueueAttributesCommand(shut))

    const checked = await tool.run('bind-target', '--check', ...road)
    const before = await tool.json<DoctorResult>(['doctor', ...road], 9)
    const mended = await tool.changes('bind-target', '--yes', ...road)
    const after = await tool.json<DoctorResult>(['doctor', ...road])

    expect(checked.exitCode).toBe(9)
    expect(hopsThatAre('broken', before.hops)).toEqual(['rule', 'target-state'])
    expect(mended).toEqual(['create queue-policy', 'update rule'])
    expect(after.healthy).toBe(true)
  })

  it('says of each kind that a target is not there, and makes nothing', async () => {
    const account = await accountOf(clients)
    const arns = [
      ...['sqs:eu-west-1:ACCOUNT:nope', 'events:eu-west-1:ACCOUNT:event-bus/nope'],
      ...['kinesis:eu-west-1:ACCOUNT:stream/nope', 'logs:eu-west-1:ACCOUNT:log-group:nope'],
      ...['lambda:eu-west-1:ACCOUNT:function:nope', 'states:eu-west-1:ACCOUNT:stateMachine:nope'],
      'events:eu-west-1:ACCOUNT:api-destination/nope/01234567-89ab-cdef-0123-456789abcdef',
    ]

    const answers: unknown[] = []
    for (const arn of arns) {
      const target = `arn:aws:${arn.replace('ACCOUNT', account)}`
      const {exitCode, stdout} = await tool.run(
        'bind-target',
        '--yes',
        '--json',
        '--bus',
        'unmade',
        '--target',
        target,
      )
      answers.push([exitCode, (JSON.parse(stdout) as {error: {code: string}}).error.code])
    }
    const plan = await tool.json<{changes: Change[]}>(['bind-target', '--dry-run', '--bus', 'unmade'])

    expect(answers).toEqual(arns.map(() => [3, 'TARGET_ABSENT']))
    expect(plan.changes[0]).toMatchObject({action: 'create', resource: 'bus'})
  })
})
