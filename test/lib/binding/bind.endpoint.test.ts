import {gunzipSync} from 'node:zlib'
import {
  DisableRuleCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {CreateQueueCommand, GetQueueAttributesCommand, SetQueueAttributesCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {applyBinding} from '../../../src/lib/binding/apply/apply'
import {readActual} from '../../../src/lib/binding/read/actual'
import type {Change} from '../../../src/lib/binding/change'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {Account, settings} from './_account'

describe('binding on an endpoint', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
  })

  afterEach(() => account.close())

  /** Binds and returns what was changed, as `action resource`. */
  async function bind(...parts: Partial<RoadSettings>[]): Promise<string[]> {
    return (await account.bind(...parts)).map((change) => `${change.action} ${change.resource}`)
  }

  it('makes everything, and nothing the second time', async () => {
    expect(await bind({dlq: 'usage-dlq'})).toEqual([
      'create bus',
      'create bucket',
      'create database',
      'create table',
      'create role',
      'create policy',
      'create stream',
      'create role',
      'create policy',
      'create queue',
      'create queue-policy',
      'create workgroup',
      'create discoverer',
      'create rule',
      'create target',
    ])
    expect(await bind({dlq: 'usage-dlq'})).toEqual([])
  })

  it('carries an event to the bucket, one a line', async () => {
    await bind({})
    const entry = {
      EventBusName: 'usage',
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: '{"eventId":"e1"}',
    }

    await (await clients.eventBridge()).send(new PutEventsCommand({Entries: [entry, entry]}))
    await account.endpoint.flush()

    const s3 = await clients.s3()
    const {Contents: objects} = await s3.send(
      new ListObjectsV2Command({Bucket: settings.bucket, Prefix: 'events/dt='}),
    )
    expect(objects).toHaveLength(1)
    const {Body: body} = await s3.send(
      new GetObjectCommand({Bucket: settings.bucket, Key: objects?.[0]?.Key}),
    )
    const text = gunzipSync((await body?.transformToByteArray()) ?? '').toString()
    const details = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as {detail: unknown}).detail)
    expect(details).toEqual([{eventId: 'e1'}, {eventId: 'e1'}])
  })

  it('mends what was changed by hand and keeps what others added', async () => {
    await bind({})
    const events = await clients.eventBridge()
    await events.send(new DisableRuleCommand({Name: 'api-usage', EventBusName: 'usage'}))
    const target = {Id: 'other', Arn: 'arn:aws:sqs:eu-west-1:000000000000:other'}
    await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'other'}))
    await events.send(new PutTargetsCommand({Rule: 'api-usage', EventBusName: 'usage', Targets: [target]}))

    expect(await bind({})).toEqual(['update rule'])

    const {Targets: targets} = await events.send(
      new ListTargetsByRuleCommand({Rule: 'api-usage', EventBusName: 'usage'}),
    )
    expect(targets?.map((t) => t.Id).sort()).toEqual(['other', 'usage-tracker-firehose'])
  })

  it('moves the stream to another bucket', async () => {
    await bind({})

    expect(await bind({bucket: 'another-usage-bucket'})).toEqual([
      'create bucket',
      'update table',
      'update policy',
      'update stream',
      'update workgroup',
    ])
  })

  it("adds its statement to a queue's policy and leaves the others", async () => {
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'usage-dlq'}))
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Theirs',
          Effect: 'Allow',
          Principal: {Service: 'events.amazonaws.com'},
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:eu-west-1:000000000000:usage-dlq',
          Condition: {ArnEquals: {'aws:SourceArn': 'arn:aws:events:eu-west-1:000000000000:rule/theirs'}},
        },
      ],
    })
    await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy}}))

    await bind({dlq: 'usage-dlq', rule: 'a'}, {dlq: 'usage-dlq', rule: 'b'})

    const {Attributes} = await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['Policy']}))
    const policy = JSON.parse(Attributes?.['Policy'] ?? '{}') as {Statement: {Sid: string}[]}
    expect(policy.Statement.map((s) => s.Sid)).toEqual([
      'Theirs',
      'usage-tracker-usage-a',
      'usage-tracker-usage-b',
    ])
  })

  it('makes what two bindings share once', async () => {
    const done = await bind({rule: 'a'}, {rule: 'b'})

    expect(done.filter((change) => change === 'create stream')).toHaveLength(1)
    expect(done.filter((change) => change === 'create target')).toHaveLength(2)
    expect(await bind({rule: 'a'}, {rule: 'b'})).toEqual([])
  })

  it('binds on the default bus without making it', async () => {
    expect(await bind({bus: 'default'})).not.toContain('create bus')
  })

  it('says what is made where a change half way fails', async () => {
    const road = roadResources(settings)
    const context = {
      clients,
      road,
      actual: await readActual(clients, road),
      now: () => Date.now(),
      sleep: async () => undefined,
    }
    const changes: Change[] = [
      {action: 'create', resource: 'bus', name: 'usage'},
      {action: 'create', resource: 'table', name: 'usage.raw_events'},
    ]

    await expect(applyBinding(context, changes)).rejects.toMatchObject({
      kind: 'partial',
      code: 'BINDING_PARTIAL',
      message: expect.stringMatching(
        /^Could not create table usage\.raw_events: .* Done before that: create event bus usage\.$/,
      ) as string,
      hint: 'Run the same command again: it goes on from here.',
    })
  })

  it('stops between two changes when it is interrupted', async () => {
    const road = roadResources(settings)
    const abort = new AbortController()
    const context = {
      clients,
      road,
      actual: await readActual(clients, road),
      now: () => Date.now(),
      sleep: async () => undefined,
      signal: abort.signal,
    }
    const changes: Change[] = [
      {action: 'create', resource: 'bus', name: 'usage'},
      {action: 'create', resource: 'database', name: 'usage'},
    ]

    await expect(applyBinding(context, changes, [], () => abort.abort())).rejects.toMatchObject({
      kind: 'interrupted',
      message: 'Interrupted before it could create database usage. Done before that: create event bus usage.',
    })
    expect((await readActual(clients, road)).database).toBe(false)
  })
})
