import {
  CreateLogGroupCommand,
  DescribeResourcePoliciesCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateEventBusCommand,
  ListEventBusesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {Account, arnOf, inWords} from './_account'

describe('binding other kinds of targets on an endpoint', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
  })

  afterEach(() => account.close())

  async function bind(targetArn: string): Promise<string[]> {
    return (await account.bind({rule: 'audit', targetArn})).map(inWords)
  }

  async function unbind(targetArn: string): Promise<string[]> {
    return (await account.unbind({rule: 'audit', targetArn})).map(inWords)
  }

  async function send(): Promise<void> {
    const entry = {
      EventBusName: 'usage',
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: '{"eventId":"e1"}',
    }
    await (await clients.eventBridge()).send(new PutEventsCommand({Entries: [entry]}))
    await account.endpoint.flush()
  }

  const eventIdOf = (text: string | undefined): unknown =>
    (JSON.parse(text ?? '{}') as {detail?: {eventId?: unknown}}).detail?.eventId

  async function received(queueUrl: string | undefined): Promise<unknown[]> {
    const {Messages} = await (await clients.sqs()).send(new ReceiveMessageCommand({QueueUrl: queueUrl}))
    return (Messages ?? []).map((message) => eventIdOf(message.Body))
  }

  const asRole = [
    'delete target',
    'delete rule audit',
    'delete discoverer usage',
    'delete policy usage-tracker-eu-west-1-usage-audit-target',
    'delete role usage-tracker-eu-west-1-usage-audit-target',
    'delete bus usage',
  ]

  it('binds a queue by its policy, and leaves the queue when it is unbound', async () => {
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'audit'}))
    const theirs = {
      Sid: 'Theirs',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:PurgeQueue',
      Resource: arnOf('sqs', 'audit'),
    }
    const Policy = JSON.stringify({Version: '2012-10-17', Statement: [theirs]})
    await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy}}))
    const target = arnOf('sqs', 'audit')

    expect(await bind(target)).toEqual([
      'create bus usage',
      'update queue-policy audit',
      'create discoverer usage',
      'create rule audit',
      'create target usage-tracker-sqs',
    ])
    expect(await bind(target)).toEqual([])
    await send()
    expect(await received(QueueUrl)).toEqual(['e1'])

    expect(await unbind(target)).toEqual([
      'delete target usage-tracker-sqs',
      'delete rule audit',
      'delete discoverer usage',
      'delete queue-policy audit',
      'delete bus usage',
    ])
    const asked = new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['Policy']})
    const text = (await sqs.send(asked)).Attributes?.['Policy'] ?? '{}'
    expect((JSON.parse(text) as {Statement: unknown}).Statement).toEqual([theirs])
    expect(await unbind(target)).toEqual([])
  })

  it('binds another bus by a role, and events go on from there', async () => {
    const events = await clients.eventBridge()
    const sqs = await clients.sqs()
    await events.send(new CreateEventBusCommand({Name: 'other'}))
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'end'}))
    const statement = {
      Effect: 'Allow',
      Principal: {Service: 'events.amazonaws.com'},
      Action: 'sqs:SendMessage',
      Resource: arnOf('sqs', 'end'),
    }
    const Policy = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
    await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy}}))
    const rule = {Name: 'r', EventBusName: 'other', EventPattern: '{"source":["my-applications"]}'}
    await events.send(new PutRuleCommand(rule))
    const Targets = [{Id: 't', Arn: arnOf('sqs', 'end')}]
    await events.send(new PutTargetsCommand({Rule: 'r', EventBusName: 'other', Targets}))
    const target = arnOf('events', 'event-bus/other')

    expect(await bind(target)).toContain('create target usage-tracker-event-bus')
    expect(await bind(target)).toEqual([])
    await send()
    expect(await received(QueueUrl)).toEqual(['e1'])

    expect(await unbind(target)).toEqual(['delete target usage-tracker-event-bus', ...asRole.slice(1)])
    const {EventBuses} = await events.send(new ListEventBusesCommand({}))
    expect(EventBuses?.map((bus) => bus.Name)).toEqual(['default', 'other'])
  })

  it('binds a Kinesis stream by a role', async () => {
    const kinesis = await clients.kinesis()
    await kinesis.send(new CreateStreamCommand({StreamName: 'audit', ShardCount: 1}))
    const target = arnOf('kinesis', 'stream/audit')

    expect(await bind(target)).toContain('create target usage-tracker-kinesis')
    expect(await bind(target)).toEqual([])
    await send()

    const {Shards} = await kinesis.send(new ListShardsCommand({StreamName: 'audit'}))
    const {ShardIterator} = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: 'audit',
        ShardId: Shards?.[0]?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    )
    const {Records} = await kinesis.send(new GetRecordsCommand({ShardIterator}))
    expect(Records?.map((record) => eventIdOf(Buffer.from(record.Data ?? '').toString()))).toEqual(['e1'])
    expect(await unbind(target)).toEqual(['delete target usage-tracker-kinesis', ...asRole.slice(1)])
  })

  it("binds a log group by a policy of the account's logs, and takes that back", async () => {
    const logs = await clients.logs()
    await logs.send(new CreateLogGroupCommand({logGroupName: '/aws/events/audit'}))
    const target = arnOf('logs', 'log-group:/aws/events/audit')

    expect(await bind(target)).toEqual([
      'create bus usage',
      'create resource-policy usage-tracker-usage-audit',
      'create discoverer usage',
      'create rule audit',
      'create target usage-tracker-log-group',
    ])
    expect(await bind(target)).toEqual([])
    await send()
    const found = await logs.send(new FilterLogEventsCommand({logGroupName: '/aws/events/audit'}))
    expect(found.events?.map((event) => eventIdOf(event.message))).toEqual(['e1'])

    expect(await unbind(target)).toContain('delete resource-policy usage-tracker-usage-audit')
    expect((await logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies).toEqual([])
  })

  it.each([
    [arnOf('sqs', 'nope'), 'There is no queue nope (', 'aws sqs create-queue --queue-name nope'],
    [arnOf('events', 'event-bus/nope'), 'There is no event bus nope (', 'aws events create-event-bus'],
    [arnOf('kinesis', 'stream/nope'), 'There is no Kinesis stream nope (', 'aws kinesis create-stream'],
    [arnOf('logs', 'log-group:nope'), 'There is no log group nope (', 'aws logs create-log-group'],
  ])('says that %s is not there and how to make it, before it makes anything', async (arn, message, hint) => {
    await expect(bind(arn)).rejects.toMatchObject({
      kind: 'absent',
      code: 'TARGET_ABSENT',
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    })
    const {EventBuses} = await (await clients.eventBridge()).send(new ListEventBusesCommand({}))
    expect(EventBuses?.map((bus) => bus.Name)).toEqual(['default'])
  })

  it.each([
    ['lambda', 'function:audit'],
    ['states', 'stateMachine:audit'],
    ['events', 'api-destination/audit/01234567-89ab-cdef-0123-456789abcdef'],
  ])('says that an endpoint has no %s %s, before it makes anything', async (service, resource) => {
    await expect(bind(arnOf(service, resource))).rejects.toMatchObject({
      kind: 'service',
      code: 'NOT_OFFERED',
      message: expect.stringMatching(/local endpoint/) as string,
    })
    const {EventBuses} = await (await clients.eventBridge()).send(new ListEventBusesCommand({}))
    expect(EventBuses?.map((bus) => bus.Name)).toEqual(['default'])
  })
})
