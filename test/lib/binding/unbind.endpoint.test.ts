import {
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {ListDeliveryStreamsCommand} from '@aws-sdk/client-firehose'
import {CreateTableCommand, GetDatabasesCommand} from '@aws-sdk/client-glue'
import {ListRolesCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {DeleteBucketTaggingCommand, ListBucketsCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {ListDiscoverersCommand} from '@aws-sdk/client-schemas'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import {ListWorkGroupsCommand} from '@aws-sdk/client-athena'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import type {Change} from '../../../src/lib/binding/change'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {Account, deps, inWords, settings} from './_account'

describe('unbinding on an endpoint', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
  })

  afterEach(() => account.close())

  async function bind(...parts: Partial<RoadSettings>[]): Promise<void> {
    await account.bind(...parts)
  }

  /** Unbinds and returns the plan, as `action resource name: note`; the note of deletions is left out. */
  async function unbind(...parts: Partial<RoadSettings>[]): Promise<string[]> {
    const plan = await account.unbind(...parts)
    return plan.map((change) =>
      change.action === 'keep' ? `${inWords(change)}: ${change.note}` : inWords(change),
    )
  }

  /** Everything of the account, by kind. */
  async function everything(): Promise<Record<string, unknown>> {
    const names = (list: unknown, key: string): unknown[] =>
      ((list ?? []) as Record<string, unknown>[]).map((item) => item[key])
    const buses = await (await clients.eventBridge()).send(new ListEventBusesCommand({}))
    const iam = await (await clients.iam()).send(new ListRolesCommand({}))
    const streams = await (await clients.firehose()).send(new ListDeliveryStreamsCommand({}))
    const buckets = await (await clients.s3()).send(new ListBucketsCommand({}))
    const queues = await (await clients.sqs()).send(new ListQueuesCommand({}))
    const databases = await (await clients.glue()).send(new GetDatabasesCommand({}))
    const groups = await (await clients.athena()).send(new ListWorkGroupsCommand({}))
    const discoverers = await (await clients.schemas()).send(new ListDiscoverersCommand({}))
    return {
      buses: names(buses.EventBuses, 'Name'),
      roles: names(iam.Roles, 'RoleName'),
      streams: streams.DeliveryStreamNames,
      buckets: names(buckets.Buckets, 'Name'),
      queues: queues.QueueUrls ?? [],
      databases: names(databases.DatabaseList, 'Name'),
      workgroups: names(groups.WorkGroups, 'Name'),
      discoverers: names(discoverers.Discoverers, 'SourceArn'),
    }
  }

  async function queueUrl(): Promise<string> {
    const {QueueUrls} = await (await clients.sqs()).send(new ListQueuesCommand({}))
    return QueueUrls?.[0] ?? ''
  }

  it('leaves an account as it was before, and finds nothing the second time', async () => {
    const before = await everything()
    await bind({dlq: 'usage-dlq'})

    // The queue is found by the target.
    expect(await unbind({})).toEqual([
      'delete target usage-tracker-firehose',
      'delete rule api-usage',
      'delete discoverer usage',
      'delete stream usage-events',
      'delete policy usage-tracker-eu-west-1-usage-events-delivery',
      'delete role usage-tracker-eu-west-1-usage-events-delivery',
      'delete policy usage-tracker-eu-west-1-usage-api-usage-target',
      'delete role usage-tracker-eu-west-1-usage-api-usage-target',
      'delete queue usage-dlq',
      'delete workgroup usage',
      'delete table usage.raw_events',
      'delete database usage',
      'delete bucket usage-000000000000-eu-west-1',
      'delete bus usage',
    ])
    expect(await everything()).toEqual(before)
    expect(await unbind({})).toEqual([])
  })

  it('keeps a bucket with data and a queue with messages, and takes the statement out of its policy', async () => {
    await bind({dlq: 'usage-dlq'})
    await (
      await clients.s3()
    ).send(new PutObjectCommand({Bucket: settings.bucket, Key: 'events/a', Body: 'x'}))
    const url = await queueUrl()
    await (await clients.sqs()).send(new SendMessageCommand({QueueUrl: url, MessageBody: '{}'}))

    const plan = await unbind({})

    expect(plan.filter((line) => line.startsWith('keep'))).toEqual([
      'keep queue usage-dlq: holds 1 message',
      'keep bucket usage-000000000000-eu-west-1: holds data',
    ])
    expect(plan).toContain('delete queue-policy usage-dlq')
    const asked = new GetQueueAttributesCommand({QueueUrl: url, AttributeNames: ['Policy']})
    expect((await (await clients.sqs()).send(asked)).Attributes?.['Policy'] ?? '').toBe('')
    expect(await unbind({})).toEqual([
      'keep queue usage-dlq: holds 1 message',
      'keep bucket usage-000000000000-eu-west-1: holds data',
    ])
  })

  it('keeps what another rule needs, and removes it with the last one', async () => {
    await bind({rule: 'a'}, {rule: 'b'})

    expect(await unbind({rule: 'a'})).toEqual([
      'delete target usage-tracker-firehose',
      'delete rule a',
      'keep discoverer usage: the bus has rules of other bindings: b',
      'keep stream usage-events: still the target of rule: b of bus usage',
      'keep role usage-tracker-eu-west-1-usage-events-delivery: still used by delivery stream: usage-events',
      'delete policy usage-tracker-eu-west-1-usage-a-target',
      'delete role usage-tracker-eu-west-1-usage-a-target',
      'keep workgroup usage: its bucket is still written to by delivery stream: usage-events',
      'keep table usage.raw_events: its bucket is still written to by delivery stream: usage-events',
      'keep database usage: its bucket is still written to by delivery stream: usage-events',
      'keep bucket usage-000000000000-eu-west-1: its bucket is still written to by delivery stream: usage-events',
      'keep bus usage: has other rules: b',
    ])
    const plan = await unbind({rule: 'b'})
    expect(plan).toContain('keep stream usage-events: belongs to binding usage/a')
    // What the first binding made goes when that is removed once more.
    expect(await unbind({rule: 'a'})).toContain('delete stream usage-events')
  })

  it('removes what several bindings share once', async () => {
    const before = await everything()
    await bind({rule: 'a', dlq: 'usage-dlq'}, {rule: 'b', dlq: 'usage-dlq'})

    const plan = await unbind({rule: 'a'}, {rule: 'b'})

    expect(plan.filter((line) => line.startsWith('keep'))).toEqual([])
    expect(plan.filter((line) => line === 'delete stream usage-events')).toHaveLength(1)
    expect(await everything()).toEqual(before)
  })

  it('leaves alone what it did not make', async () => {
    const events = await clients.eventBridge()
    await bind({})
    await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'other'}))
    const target = {Id: 'other', Arn: 'arn:aws:sqs:eu-west-1:000000000000:other'}
    await events.send(new PutTargetsCommand({Rule: 'api-usage', EventBusName: 'usage', Targets: [target]}))
    await events.send(
      new PutRuleCommand({Name: 'theirs', EventBusName: 'usage', EventPattern: '{"source":["x"]}'}),
    )
    const storage = {Columns: [], Location: 's3://elsewhere/'}
    await (
      await clients.glue()
    ).send(
      new CreateTableCommand({
        DatabaseName: 'usage',
        TableInput: {Name: 'theirs', StorageDescriptor: storage},
      }),
    )
    await (await clients.s3()).send(new DeleteBucketTaggingCommand({Bucket: settings.bucket}))

    expect((await unbind({})).filter((line) => line.startsWith('keep'))).toEqual([
      'keep rule api-usage: has other targets: other',
      'keep database usage: has tables: theirs',
      'keep bucket usage-000000000000-eu-west-1: has no tag usage-tracker:binding',
      'keep bus usage: has other rules: api-usage, theirs',
    ])
    const asked = {Rule: 'api-usage', EventBusName: 'usage'}
    expect((await events.send(new ListTargetsByRuleCommand(asked))).Targets).toEqual([target])
    expect((await events.send(new ListRulesCommand({EventBusName: 'usage'}))).Rules).toHaveLength(2)
  })

  it('takes policies that somebody added along with the role', async () => {
    await bind({})
    const role = 'usage-tracker-eu-west-1-usage-api-usage-target'
    const document = {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/*'}],
    }
    const PolicyDocument = JSON.stringify(document)
    await (
      await clients.iam()
    ).send(new PutRolePolicyCommand({RoleName: role, PolicyName: 'theirs', PolicyDocument}))

    expect(await unbind({})).toContain(`delete role ${role}`)
  })

  it('goes on after an interruption, and finds the queue whose target has gone', async () => {
    await bind({dlq: 'usage-dlq'})
    const abort = new AbortController()
    const plans = await planRemovals(clients, [settings])
    const stop = (change: Change): void => (change.resource === 'rule' ? abort.abort() : undefined)

    await expect(applyRemovals({clients, ...deps, signal: abort.signal}, plans, stop)).rejects.toMatchObject({
      kind: 'interrupted',
      message:
        'Interrupted before it could delete schema discoverer of bus usage. ' +
        'Done before that: delete target usage-tracker-firehose, delete rule api-usage.',
    })
    const plan = await unbind({})
    expect(plan[0]).toBe('delete discoverer usage')
    expect(plan).toContain('delete queue usage-dlq')
    expect(await unbind({})).toEqual([])
  })

  it('deletes no queue that gets a message after the plan was made, and says what is done', async () => {
    await bind({dlq: 'usage-dlq'})
    const plans = await planRemovals(clients, [settings])
    await (await clients.sqs()).send(new SendMessageCommand({QueueUrl: await queueUrl(), MessageBody: '{}'}))

    await expect(applyRemovals({clients, ...deps}, plans)).rejects.toMatchObject({
      kind: 'partial',
      code: 'BINDING_PARTIAL',
      message: expect.stringMatching(
        /^Queue usage-dlq has got a message meanwhile\. Done before that: delete target usage-tracker-firehose, /,
      ) as string,
      hint: expect.stringMatching(/Run the same command again: it goes on from here\.$/) as string,
    })
    expect(await unbind({})).toContain('keep queue usage-dlq: holds 1 message')
  })
})
