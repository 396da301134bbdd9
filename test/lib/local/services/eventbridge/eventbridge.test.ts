import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListConnectionsCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:got'

describe('EventBridge of the local endpoint', () => {
  let endpoint: TestEndpoint
  let events: EventBridgeClient
  let sqs: SQSClient

  beforeEach(async () => {
    endpoint = await testEndpoint()
    events = new EventBridgeClient(endpoint.client)
    sqs = new SQSClient(endpoint.client)
  })

  afterEach(() => discard(endpoint))

  const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
    Source: 'shop',
    DetailType: 'order',
    Detail: '{"n":1}',
    ...more,
  })
  const put = (...entries: PutEventsRequestEntry[]) => events.send(new PutEventsCommand({Entries: entries}))

  /** A queue that takes events of the rules of this account. */
  const queue = async (name: string, allowed = true) => {
    const {QueueUrl = ''} = await sqs.send(new CreateQueueCommand({QueueName: name}))
    const {Attributes} = await sqs.send(
      new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['QueueArn']}),
    )
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: {Service: 'events.amazonaws.com'},
          Action: 'sqs:SendMessage',
          Resource: Attributes?.['QueueArn'],
          Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:events:eu-west-1:000000000000:rule/*'}},
        },
      ],
    })
    if (allowed) await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy}}))
    return QueueUrl
  }

  const received = async (QueueUrl: string) => {
    await endpoint.flush()
    const {Messages = []} = await sqs.send(
      new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All']}),
    )
    return Messages
  }

  const bind = async (pattern: object, more: object = {}) => {
    await events.send(new PutRuleCommand({Name: 'r', EventPattern: JSON.stringify(pattern)}))
    await events.send(new PutTargetsCommand({Rule: 'r', Targets: [{Id: 't', Arn: queueArn, ...more}]}))
  }

  describe('PutEvents', () => {
    it('delivers what the rule matches, in the envelope of the service', async () => {
      const url = await queue('got')
      await bind({source: ['shop']})

      const {Entries} = await put(
        entry({Time: new Date('2026-01-02T03:04:05.678Z'), Resources: ['arn:a']}),
        entry({Source: 'x'}),
      )

      const messages = await received(url)
      expect(messages.map((m) => m.Body)).toEqual([
        `{"version":"0","id":"${Entries?.[0]?.EventId}","detail-type":"order","source":"shop","account":"000000000000",` +
          '"time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":["arn:a"],"detail":{"n":1}}',
      ])
    })

    it('keeps the numbers of a detail to the letter and the event in one line', async () => {
      const url = await queue('got')
      await bind({source: ['shop']})

      await put(entry({Detail: '{\n  "n": 12345678901234567890.10\n}'}))

      expect((await received(url))[0]?.Body).toContain('"detail":{   "n": 12345678901234567890.10 }')
    })

    it.each([
      [
        {Source: ''},
        'InvalidArgument',
        'Parameter Source is not valid. Reason: Source is a required argument.',
      ],
      [{Detail: '"text"'}, 'MalformedDetail', 'Detail is malformed.'],
      [{Detail: '[1]'}, 'MalformedDetail', 'Detail is malformed.'],
      [{Detail: '{"a":'}, 'MalformedDetail', 'Detail is malformed.'],
      [{Source: 'aws.shop'}, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
    ])('refuses the entry %j alone and takes the others', async (more, code, message) => {
      const {Entries, FailedEntryCount} = await put(entry(more), entry())

      expect(FailedEntryCount).toBe(1)
      expect(Entries?.[0]).toEqual({ErrorCode: code, ErrorMessage: message})
      expect(Entries?.[1]?.EventId).toMatch(/^[0-9a-f-]{36}$/)
    })

    it('refuses an entry alone that nests too deep to be matched, where a rule looks at it', async () => {
      await events.send(new PutRuleCommand({Name: 'deep', EventPattern: '{"detail":{"deep":[1]}}'}))
      await events.send(
        new PutTargetsCommand({
          Rule: 'deep',
          Targets: [{Id: 'q', Arn: 'arn:aws:sqs:eu-west-1:000000000000:nowhere'}],
        }),
      )
      const deep = `{"deep":${'['.repeat(1_100)}1${']'.repeat(1_100)}}`
      const {Entries, FailedEntryCount} = await put(entry({Detail: deep}), entry())
      await events.send(new RemoveTargetsCommand({Rule: 'deep', Ids: ['q']}))
      await events.send(new DeleteRuleCommand({Name: 'deep'}))

      expect(FailedEntryCount).toBe(1)
      expect(Entries?.[0]).toEqual({
        ErrorCode: 'MalformedDetail',
        ErrorMessage: expect.stringContaining('nests deeper than 1000 levels') as string,
      })
      expect(Entries?.[1]?.EventId).toBeDefined()
    })

    it('refuses eleven entries', async () => {
      await expect(put(...Array.from({length: 11}, () => entry()))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(
          "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
        ),
      })
    })

    it('refuses entries that are too large together', async () => {
      await expect(put(entry({Detail: JSON.stringify({x: 'y'.repeat(1_048_576)})}))).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Total size of the entries in the request is over the limit.',
      })
    })

    it('accepts and drops events for a bus that does not exist, as the service does', async () => {
      const {FailedEntryCount, Entries} = await put(entry({EventBusName: 'nowhere'}))

      expect(FailedEntryCount).toBe(0)
      expect(Entries?.[0]?.EventId).toBeDefined()
    })

    it('drops events for a bus that was deleted, and takes them again for a new one of its name', async () => {
      const url = await queue('got')
      const toBus = () => put(entry({EventBusName: 'short'}))
      const bindBus = async () => {
        await events.send(new CreateEventBusCommand({Name: 'short'}))
        await events.send(
          new PutRuleCommand({Name: 'r', EventBusName: 'short', EventPattern: '{"source":["shop"]}'}),
        )
        await events.send(
          new PutTargetsCommand({Rule: 'r', EventBusName: 'short', Targets: [{Id: 't', Arn: queueArn}]}),
        )
      }
      await bindBus()
      await toBus()
      const first = await received(url)
      await events.send(new RemoveTargetsCommand({Rule: 'r', EventBusName: 'short', Ids: ['t']}))
      await events.send(new DeleteRuleCommand({Name: 'r', EventBusName: 'short'}))
      await events.send(new DeleteEventBusCommand({Name: 'short'}))
      await toBus()
      const none = await received(url)
      await bindBus()
      await toBus()

      expect(first).toHaveLength(1)
      expect(none).toEqual([])
      expect(await received(url)).toHaveLength(1)
    })

    it('sends an event that may not be delivered to the dead-letter queue with its reason', async () => {
      await queue('got', false)
      const dead = await queue('dead')
      await bind({source: ['shop']}, {DeadLetterConfig: {Arn: 'arn:aws:sqs:eu-west-1:000000000000:dead'}})

      await put(entry())

      const [letter] = await received(dead)
      expect(letter?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe('NO_PERMISSIONS')
      expect(letter?.MessageAttributes?.['RULE_ARN']?.StringValue).toBe(
        'arn:aws:events:eu-west-1:000000000000:rule/r',
      )
      expect(letter?.MessageAttributes?.['TARGET_ARN']?.StringValue).toBe(queueArn)
      expect(letter?.Body).toContain('"detail":{"n":1}')
    })

    it('does not deliver for a disabled rule nor for one whose target is gone', async () => {
      const url = await queue('got')
      await bind({source: ['shop']})
      await events.send(
        new PutRuleCommand({Name: 'r', EventPattern: '{"source":["shop"]}', State: 'DISABLED'}),
      )
      await put(entry())
      await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["shop"]}'}))
      await events.send(new RemoveTargetsCommand({Rule: 'r', Ids: ['t']}))
      await put(entry())

      expect(await received(url)).toEqual([])
    })
  })

  describe('buses', () => {
    it('has a default bus and lists what was made', async () => {
      await events.send(new CreateEventBusCommand({Name: 'usage', Tags: [{Key: 'team', Value: 'a'}]}))

      const {EventBuses} = await events.send(new ListEventBusesCommand({}))
      const {Tags} = await events.send(
        new ListTagsForResourceCommand({
          ResourceARN: 'arn:aws:events:eu-west-1:000000000000:event-bus/usage',
        }),
      )

      expect(EventBuses?.map((bus) => bus.Name)).toEqual(['default', 'usage'])
      expect(Tags).toEqual([{Key: 'team', Value: 'a'}])
    })

    it('keeps buses of one region apart from those of another', async () => {
      await events.send(new CreateEventBusCommand({Name: 'usage'}))
      const elsewhere = new EventBridgeClient({...endpoint.client, region: 'us-east-2'})

      await expect(elsewhere.send(new DescribeEventBusCommand({Name: 'usage'}))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Event bus usage does not exist.',
      })
    })

    it('keeps statements of a bus policy and takes one back', async () => {
      await events.send(new CreateEventBusCommand({Name: 'usage'}))
      const Principal = '111122223333'
      await events.send(
        new PutPermissionCommand({
          EventBusName: 'usage',
          StatementId: 'a',
          Action: 'events:PutEvents',
          Principal,
        }),
      )
      const {Policy = ''} = await events.send(new DescribeEventBusCommand({Name: 'usage'}))
      await events.send(new RemovePermissionCommand({EventBusName: 'usage', StatementId: 'a'}))
      const after = await events.send(new DescribeEventBusCommand({Name: 'usage'}))

      expect(JSON.parse(Policy)).toEqual({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'a',
            Effect: 'Allow',
            Principal: {AWS: 'arn:aws:iam::111122223333:root'},
            Action: 'events:PutEvents',
            Resource: 'arn:aws:events:eu-west-1:000000000000:event-bus/usage',
          },
        ],
      })
      expect(after.Policy).toBeUndefined()
    })
  })

  describe('rules and targets', () => {
    it('says where a pattern is wrong, in the words of the service', async () => {
      await expect(
        events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":"shop"}'})),
      ).rejects.toMatchObject({
        name: 'InvalidEventPatternException',
        message: expect.stringMatching(
          /^Event pattern is not valid\. Reason: "source" must be an object or an array\n at \[Source: \(String\)"\{"source":"shop"\}"; line: 1, column: \d+\]$/,
        ),
      })
    })

    it('refuses a pattern beyond the quota of 2048 characters', async () => {
      const EventPattern = JSON.stringify({source: ['x'.repeat(2048)]})

      await expect(events.send(new PutRuleCommand({Name: 'r', EventPattern}))).rejects.toMatchObject({
        message: 'Parameter EventPattern for rule r exceeds limit of 2048.',
      })
    })

    it('keeps targets when a rule is put again, and refuses to delete it while it has some', async () => {
      await bind({source: ['a']})
      await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["b"]}'}))

      const {Targets} = await events.send(new ListTargetsByRuleCommand({Rule: 'r'}))
      expect(Targets).toEqual([{Id: 't', Arn: queueArn}])
      await expect(events.send(new DeleteRuleCommand({Name: 'r'}))).rejects.toMatchObject({
        name: 'ValidationException',
        message: "Rule can't be deleted since it has targets.",
      })
    })

    it('pages through rules', async () => {
      for (const n of [1, 2, 3])
        await events.send(new PutRuleCommand({Name: `r${n}`, EventPattern: '{"source":["a"]}'}))

      const first = await events.send(new ListRulesCommand({Limit: 2}))
      const second = await events.send(new ListRulesCommand({Limit: 2, NextToken: first.NextToken}))

      expect(first.Rules?.map((rule) => rule.Name)).toEqual(['r1', 'r2'])
      expect(second.Rules?.map((rule) => rule.Name)).toEqual(['r3'])
      expect(second.NextToken).toBeUndefined()
    })

    it.each([
      [{Arn: 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/s'}, /^RoleArn is required for target/],
      [
        {Arn: 'arn:aws:lambda:eu-west-1:000000000000:function:f'},
        /A target of the kind lambda .* is not supported by this local endpoint/,
      ],
    ])('refuses the target %j', async (target, message) => {
      await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["a"]}'}))

      await expect(
        events.send(new PutTargetsCommand({Rule: 'r', Targets: [{Id: 't', ...target}]})),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringMatching(message),
      })
    })

    it.each([
      ['a bus of another account', {EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/default'}],
      ['a bus of another region', {EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/default'}],
    ])('refuses %s instead of taking its own', async (_what, where) => {
      const wanted = {name: 'ValidationException', message: expect.stringContaining('not supported')}

      await expect(put(entry(where))).rejects.toMatchObject(wanted)
      await expect(events.send(new ListRulesCommand(where))).rejects.toMatchObject(wanted)
    })

    it.each([
      ['KmsKeyIdentifier', {KmsKeyIdentifier: 'alias/mine'}],
      ['DeadLetterConfig', {DeadLetterConfig: {Arn: queueArn}}],
      ['LogConfig', {LogConfig: {Level: 'INFO' as const}}],
    ])('refuses a bus with %s', async (name, options) => {
      await expect(
        events.send(new CreateEventBusCommand({Name: 'special', ...options})),
      ).rejects.toMatchObject({name: 'ValidationException', message: expect.stringContaining(name)})
    })

    it.each([0, 101])('refuses a page of %s rules', async (Limit) => {
      await expect(events.send(new ListRulesCommand({Limit}))).rejects.toMatchObject({
        name: 'ValidationException',
      })
    })

    it.each([
      ['a message group', {SqsParameters: {MessageGroupId: 'g'}}],
      [
        'a dead-letter queue of another account',
        {DeadLetterConfig: {Arn: 'arn:aws:sqs:eu-west-1:111122223333:dlq'}},
      ],
    ])('refuses a target with %s', async (_what, members) => {
      await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["a"]}'}))

      await expect(
        events.send(new PutTargetsCommand({Rule: 'r', Targets: [{Id: 't', Arn: queueArn, ...members}]})),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('not supported'),
      })
    })

    it('refuses a sixth target', async () => {
      await events.send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["a"]}'}))
      const Targets = [1, 2, 3, 4, 5, 6].map((n) => ({Id: `t${n}`, Arn: queueArn}))

      await expect(events.send(new PutTargetsCommand({Rule: 'r', Targets}))).rejects.toMatchObject({
        name: 'LimitExceededException',
      })
    })

    it('names the rule and bus that are not there', async () => {
      await expect(events.send(new DescribeRuleCommand({Name: 'r'}))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Rule r does not exist on EventBus default.',
      })
    })
  })

  it('tests a pattern against an event', async () => {
    const event = {
      id: '1',
      account: '1',
      source: 's',
      time: 't',
      region: 'r',
      resources: [],
      'detail-type': 'd',
      detail: {n: 5},
    }
    const test = (pattern: object) =>
      events.send(
        new TestEventPatternCommand({EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event)}),
      )

    expect((await test({detail: {n: [{numeric: ['>', 4]}]}})).Result).toBe(true)
    expect((await test({detail: {n: [{numeric: ['>', 5]}]}})).Result).toBe(false)
  })

  it('says that an operation is not there', async () => {
    await expect(events.send(new ListConnectionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('ListConnections'),
    })
  })

  it('refuses a missing required member before it looks at anything', async () => {
    const call = await fetch(endpoint.url, {
      method: 'POST',
      headers: {'x-amz-target': 'AWSEvents.PutTargets', 'content-type': 'application/x-amz-json-1.1'},
      body: '{"Targets":[{"Id":"t"}]}',
    })

    expect(call.status).toBe(400)
    expect(await call.json()).toEqual({
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'rule' failed to satisfy constraint: Member must not be null",
    })
  })
})
