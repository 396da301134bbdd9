import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteResourcePolicyCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeResourcePoliciesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type FilterLogEventsCommandInput,
  type GetLogEventsCommandInput,
  type InputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const hour = 3_600_000
const day = 24 * hour
const logGroupName = '/aws/events/usage'
const groupArn = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/usage'
const start = Date.UTC(2026, 10, 22, 12)

let endpoint: TestEndpoint
let logs: CloudWatchLogsClient

const begin = async (dataDir?: string) => {
  endpoint = await testEndpoint(dataDir, () => start)
  logs = new CloudWatchLogsClient(endpoint.client)
}

beforeEach(() => begin())
afterEach(() => discard(endpoint))

const createGroup = () => logs.send(new CreateLogGroupCommand({logGroupName, tags: {team: 'usage'}}))

const createStream = (logStreamName = 'one') =>
  logs.send(new CreateLogStreamCommand({logGroupName, logStreamName}))

const put = (logEvents: InputLogEvent[], logStreamName = 'one') =>
  logs.send(new PutLogEventsCommand({logGroupName, logStreamName, logEvents}))

const events = (...messages: string[]) => messages.map((message, i) => ({timestamp: start + i, message}))

const get = async (more: Partial<GetLogEventsCommandInput> = {}) => {
  const input = {logGroupName, logStreamName: 'one', startFromHead: true}
  const answer = await logs.send(new GetLogEventsCommand({...input, ...more}))
  return {...answer, messages: (answer.events ?? []).map(({message}) => message)}
}

const filter = async (more: Partial<FilterLogEventsCommandInput> = {}) => {
  const answer = await logs.send(new FilterLogEventsCommand({logGroupName, ...more}))
  return {...answer, messages: (answer.events ?? []).map(({message}) => message)}
}

describe('a log group', () => {
  it('is described, by the beginning of its name or by a part of it', async () => {
    await createGroup()
    await logs.send(new CreateLogGroupCommand({logGroupName: 'other'}))

    const byPrefix = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: '/aws/'}))
    const byPart = await logs.send(new DescribeLogGroupsCommand({logGroupNamePattern: 'the'}))

    expect(byPrefix.logGroups).toEqual([
      {
        ...{logGroupName, creationTime: start, metricFilterCount: 0, logGroupClass: 'STANDARD'},
        ...{arn: `${groupArn}:*`, logGroupArn: groupArn},
      },
    ])
    expect(byPart.logGroups?.map((group) => group.logGroupName)).toEqual(['other'])
  })

  it('is listed in pages', async () => {
    for (const name of ['a', 'b', 'c']) await logs.send(new CreateLogGroupCommand({logGroupName: name}))

    const first = await logs.send(new DescribeLogGroupsCommand({limit: 2}))
    const second = await logs.send(new DescribeLogGroupsCommand({limit: 2, nextToken: first.nextToken}))

    expect(first.logGroups?.map((group) => group.logGroupName)).toEqual(['a', 'b'])
    expect(second.logGroups?.map((group) => group.logGroupName)).toEqual(['c'])
    expect(second.nextToken).toBeUndefined()
  })

  it('cannot be made twice', async () => {
    await createGroup()

    await expect(createGroup()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    })
  })

  it.each([
    ['a name with a space', {logGroupName: 'a b'}],
    ['a key of KMS', {logGroupName: 'a', kmsKeyId: 'arn:aws:kms:eu-west-1:000000000000:key/1'}],
    ['another class', {logGroupName: 'a', logGroupClass: 'INFREQUENT_ACCESS' as const}],
    ['deletion protection', {logGroupName: 'a', deletionProtectionEnabled: true}],
  ])('is refused with %s', async (_, input) => {
    await expect(logs.send(new CreateLogGroupCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('has tags', async () => {
    await createGroup()
    await logs.send(new TagResourceCommand({resourceArn: groupArn, tags: {a: '1', b: '2'}}))
    await logs.send(new UntagResourceCommand({resourceArn: groupArn, tagKeys: ['a']}))

    const {tags} = await logs.send(new ListTagsForResourceCommand({resourceArn: groupArn}))

    expect(tags).toEqual({team: 'usage', b: '2'})
    await expect(
      logs.send(new ListTagsForResourceCommand({resourceArn: `${groupArn}2`})),
    ).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })

  it('is gone with its streams and events once it is deleted', async () => {
    await createGroup()
    await createStream()
    await put(events('1'))
    await logs.send(new DeleteLogGroupCommand({logGroupName}))

    await expect(put(events('2'))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
    await createGroup()
    expect((await filter()).messages).toEqual([])
    await expect(get()).rejects.toMatchObject({message: 'The specified log stream does not exist.'})
  })

  it('refuses what is not there, naming it', async () => {
    await expect(
      logs.send(
        new StartQueryCommand({logGroupName, startTime: 0, endTime: 1, queryString: 'fields @message'}),
      ),
    ).rejects.toMatchObject({name: 'UnknownOperationException'})
  })
})

describe('a log stream', () => {
  beforeEach(createGroup)

  it('is described by name, and by its last event', async () => {
    for (const name of ['a', 'b', 'c']) await createStream(name)
    await put(events('1', '2'), 'b')
    await put([{timestamp: start + 1000, message: '3'}], 'a')

    const byName = await logs.send(new DescribeLogStreamsCommand({logGroupName, limit: 2}))
    const latest = await logs.send(
      new DescribeLogStreamsCommand({logGroupName, orderBy: 'LastEventTime', descending: true}),
    )

    expect(byName.logStreams).toEqual([
      {
        ...{logStreamName: 'a', creationTime: start, arn: `${groupArn}:log-stream:a`},
        ...{firstEventTimestamp: start + 1000, lastEventTimestamp: start + 1000, lastIngestionTime: start},
      },
      {
        ...{logStreamName: 'b', creationTime: start, arn: `${groupArn}:log-stream:b`},
        ...{firstEventTimestamp: start, lastEventTimestamp: start + 1, lastIngestionTime: start},
      },
    ])
    expect(byName.nextToken).toEqual(expect.any(String))
    expect(latest.logStreams?.map((stream) => stream.logStreamName)).toEqual(['a', 'b', 'c'])
  })

  it('cannot be made twice, nor in a group that is not there', async () => {
    await createStream()

    await expect(createStream()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log stream already exists',
    })
    await expect(
      logs.send(new CreateLogStreamCommand({logGroupName: 'none', logStreamName: 'one'})),
    ).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })

  it('is gone with its events once it is deleted', async () => {
    await createStream()
    await put(events('1'))
    await logs.send(new DeleteLogStreamCommand({logGroupName, logStreamName: 'one'}))
    await createStream()

    expect((await get()).messages).toEqual([])
  })
})

describe('log events', () => {
  beforeEach(async () => {
    await createGroup()
    await createStream()
  })

  it('are read forward and backward in pages, to an end that says so', async () => {
    await put(events('1', '2', '3'))

    const first = await get({limit: 2})
    const second = await get({nextToken: first.nextForwardToken, limit: 2})
    const end = await get({nextToken: second.nextForwardToken, limit: 2})
    const back = await get({nextToken: second.nextBackwardToken, limit: 2})
    const last = await get({startFromHead: false, limit: 1})

    expect(first.events?.[0]).toEqual({timestamp: start, message: '1', ingestionTime: start})
    expect([first, second, end, back, last].map(({messages}) => messages)).toEqual([
      ['1', '2'],
      ['3'],
      [],
      ['1', '2'],
      ['3'],
    ])
    expect(end.nextForwardToken).toBe(second.nextForwardToken)
  })

  it('are read from a time (inclusive) to a time (exclusive)', async () => {
    await put(events('1', '2', '3', '4'))

    const {messages} = await get({startTime: start + 1, endTime: start + 3})

    expect(messages).toEqual(['2', '3'])
  })

  it('of one group are filtered by streams, times and terms', async () => {
    await createStream('two')
    await put(events('customer-1 ok', 'customer-2 failed'))
    await put([{timestamp: start + 1, message: 'customer-1 failed'}], 'two')

    expect((await filter()).messages).toEqual(['customer-1 ok', 'customer-2 failed', 'customer-1 failed'])
    expect((await filter({filterPattern: '"customer-1" failed'})).events).toEqual([
      {
        ...{logStreamName: 'two', timestamp: start + 1, message: 'customer-1 failed', ingestionTime: start},
        eventId: expect.stringMatching(/^\d{56}$/) as string,
      },
    ])
    expect((await filter({logStreamNames: ['two']})).messages).toEqual(['customer-1 failed'])
    expect((await filter({logStreamNamePrefix: 'o'})).messages).toHaveLength(2)
    expect((await filter({startTime: start, endTime: start})).messages).toEqual(['customer-1 ok'])
    await expect(filter({filterPattern: '{ $.id = 1 }'})).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('are filtered in pages that lose and double nothing', async () => {
    await createStream('two')
    await put(events('1', '3', '5'))
    await put(events('2', '4'), 'two')

    const first = await filter({limit: 3})
    const second = await filter({limit: 3, nextToken: first.nextToken})

    expect(first.messages).toHaveLength(3)
    expect([...first.messages, ...second.messages].sort()).toEqual(['1', '2', '3', '4', '5'])
    expect(second.nextToken).toBeUndefined()
  })

  it.each([
    [
      'out of order',
      [
        {timestamp: start, message: '1'},
        {timestamp: start - 1, message: '2'},
      ],
      'Log events in a single PutLogEvents request must be in chronological order.',
    ],
    [
      'over more than a day',
      [
        {timestamp: start - day - 1, message: '1'},
        {timestamp: start, message: '2'},
      ],
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    ],
    [
      'over 1 MiB with 26 bytes each',
      [{timestamp: start, message: 'x'.repeat(1_048_551)}],
      'Upload too large: 1048577 bytes exceeds limit of 1048576',
    ],
  ])('are refused %s', async (_, batch, message) => {
    await expect(put(batch)).rejects.toMatchObject({name: 'InvalidParameterException', message})
    expect((await get()).messages).toEqual([])
  })

  it('too old or too far ahead are left out, and said to be', async () => {
    const old = await put([
      {timestamp: start - 14 * day - 1, message: 'old'},
      {timestamp: start - 14 * day, message: 'just in time'},
    ])
    const ahead = await put([
      {timestamp: start + 2 * hour, message: 'soon'},
      {timestamp: start + 2 * hour + 1, message: 'too soon'},
    ])

    expect(old.rejectedLogEventsInfo).toEqual({tooOldLogEventEndIndex: 1})
    expect(ahead.rejectedLogEventsInfo).toEqual({tooNewLogEventStartIndex: 1})
    expect((await get()).messages).toEqual(['just in time', 'soon'])
  })

  it('are gone when the retention period of their group is over', async () => {
    await logs.send(new PutRetentionPolicyCommand({logGroupName, retentionInDays: 1}))
    await put(events('1', '2'))
    await endpoint.advance(day)
    const {logGroups} = await logs.send(new DescribeLogGroupsCommand({}))

    expect(logGroups?.[0]?.retentionInDays).toBe(1)
    expect((await get()).messages).toEqual(['2'])
    await logs.send(new DeleteRetentionPolicyCommand({logGroupName}))
    await endpoint.advance(day)
    expect((await get()).messages).toContain('2')
    await expect(
      logs.send(new PutRetentionPolicyCommand({logGroupName, retentionInDays: 2})),
    ).rejects.toMatchObject({name: 'InvalidParameterException'})
  })
})

describe('resource policies', () => {
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: {Service: 'events.amazonaws.com'},
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `${groupArn}:*`,
      },
    ],
  })
  const putPolicy = (policyName: string, document = policyDocument) =>
    logs.send(new PutResourcePolicyCommand({policyName, policyDocument: document}))

  it('are put, described and deleted', async () => {
    const {resourcePolicy} = await putPolicy('events')
    const before = await logs.send(new DescribeResourcePoliciesCommand({}))
    await logs.send(new DeleteResourcePolicyCommand({policyName: 'events'}))
    const after = await logs.send(new DescribeResourcePoliciesCommand({}))

    expect(resourcePolicy).toEqual({
      ...{policyName: 'events', policyDocument, lastUpdatedTime: start, policyScope: 'ACCOUNT'},
    })
    expect(before.resourcePolicies).toEqual([resourcePolicy])
    expect(after.resourcePolicies).toEqual([])
    await expect(logs.send(new DeleteResourcePolicyCommand({policyName: 'events'}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('are ten at most', async () => {
    for (let n = 1; n <= 10; n += 1) await putPolicy(`policy-${n}`)

    await expect(putPolicy('policy-11')).rejects.toMatchObject({name: 'LimitExceededException'})
    await expect(putPolicy('policy-10')).resolves.toMatchObject({})
  })

  it.each([
    ['no JSON', '{'],
    ['no principal', '{"Statement":{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}}'],
    ['5121 characters', ' '.repeat(5121)],
  ])('are refused with %s', async (_, document) => {
    await expect(putPolicy('events', document)).rejects.toMatchObject({name: 'InvalidParameterException'})
  })
})

it('keeps groups, streams, events and policies over a restart', async () => {
  await createGroup()
  await createStream()
  await put(events('1', '2'))
  await logs.send(new PutRetentionPolicyCommand({logGroupName, retentionInDays: 30}))
  await logs.send(
    new PutResourcePolicyCommand({
      policyName: 'events',
      policyDocument:
        '{"Statement":{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}}',
    }),
  )
  await endpoint.close()

  await begin(endpoint.dataDir)
  const {logGroups} = await logs.send(new DescribeLogGroupsCommand({}))
  const {tags} = await logs.send(new ListTagsForResourceCommand({resourceArn: groupArn}))
  const {resourcePolicies} = await logs.send(new DescribeResourcePoliciesCommand({}))

  expect((await get()).messages).toEqual(['1', '2'])
  expect(logGroups?.[0]).toMatchObject({logGroupName, retentionInDays: 30})
  expect(tags).toEqual({team: 'usage'})
  expect(resourcePolicies?.map(({policyName}) => policyName)).toEqual(['events'])
})
