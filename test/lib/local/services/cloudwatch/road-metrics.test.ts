import {CloudWatchClient, GetMetricDataCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
  PutRecordCommand,
} from '@aws-sdk/client-firehose'
import {CreateRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {CreateBucketCommand, S3Client} from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const minute = 60_000
const start = Date.UTC(2026, 10, 22, 10, 0, 30)
const arnOf = (queue: string) => `arn:aws:sqs:eu-west-1:000000000000:${queue}`
const role = 'arn:aws:iam::000000000000:role/road'

describe('metrics of the road', () => {
  let endpoint: TestEndpoint
  let events: EventBridgeClient
  let sqs: SQSClient

  const connect = () => {
    events = new EventBridgeClient(endpoint.client)
    sqs = new SQSClient(endpoint.client)
  }

  beforeEach(async () => {
    endpoint = await testEndpoint(undefined, () => start)
    connect()
  })

  afterEach(() => discard(endpoint))

  /** The sums by minute (after the start) of one metric. */
  const minutesOf = async (
    namespace: string,
    metric: string,
    dimensions: Record<string, string>,
    stat = 'Sum',
  ) => {
    const {MetricDataResults = []} = await new CloudWatchClient(endpoint.client).send(
      new GetMetricDataCommand({
        StartTime: new Date(start - minute),
        EndTime: new Date(start + 60 * minute),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'q',
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: metric,
                Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({Name, Value})),
              },
              Period: 60,
              Stat: stat,
            },
          },
        ],
      }),
    )
    const [{Timestamps = [], Values = []} = {}] = MetricDataResults
    return Object.fromEntries(
      Timestamps.map((time, i) => [Math.round((time.getTime() - start + 30_000) / minute), Values[i]]),
    )
  }
  const total = async (...args: Parameters<typeof minutesOf>) => {
    const values = Object.values(await minutesOf(...args))
    return values.length === 0 ? undefined : values.reduce((sum: number, value) => sum + (value ?? 0), 0)
  }

  /** A queue that lets rules in, or does not. */
  const queue = async (name: string, isOpen = true) => {
    const statement = {
      Effect: 'Allow',
      Principal: {Service: 'events.amazonaws.com'},
      Action: 'sqs:SendMessage',
    }
    const policy = JSON.stringify({Version: '2012-10-17', Statement: [{...statement, Resource: arnOf(name)}]})
    const Attributes = isOpen ? {Policy: policy} : {}
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: name, Attributes}))
    return QueueUrl
  }

  const rule = async (name: string, bus: string, targets: Target[]) => {
    const EventPattern = JSON.stringify({source: ['shop']})
    await events.send(new PutRuleCommand({Name: name, EventBusName: bus, EventPattern}))
    await events.send(new PutTargetsCommand({Rule: name, EventBusName: bus, Targets: targets}))
  }

  const send = async (bus: string, sources: string[]) => {
    const Entries = sources.map((Source) => ({Source, DetailType: 'order', Detail: '{}', EventBusName: bus}))
    await events.send(new PutEventsCommand({Entries}))
    await endpoint.flush()
  }

  it('counts matched and delivered events under bus and rule', async () => {
    await queue('got')
    await events.send(new CreateEventBusCommand({Name: 'usage'}))
    await rule('orders', 'usage', [{Id: 'a', Arn: arnOf('got')}])

    await send('usage', ['shop', 'shop', 'stranger'])

    const dimensions = {EventBusName: 'usage', RuleName: 'orders'}
    const counts = await Promise.all(
      [
        'MatchedEvents',
        'TriggeredRules',
        'Invocations',
        'InvocationAttempts',
        'SuccessfulInvocationAttempts',
      ].map((metric) => total('AWS/Events', metric, dimensions)),
    )
    expect(counts).toEqual([2, 2, 2, 2, 2])
    expect(await total('AWS/Events', 'MatchedEvents', {EventBusName: 'usage'})).toBe(2)
    expect(await total('AWS/Events', 'Invocations', {})).toBe(2)
    expect(await total('AWS/Events', 'IngestionToInvocationSuccessLatency', dimensions, 'SampleCount')).toBe(
      2,
    )
    expect(await total('AWS/Events', 'IngestionToInvocationSuccessLatency', dimensions, 'Maximum')).toBe(0)
  })

  it('knows a rule of the default bus by its name alone', async () => {
    await queue('got')
    await rule('orders', 'default', [{Id: 'a', Arn: arnOf('got')}])

    await send('default', ['shop'])

    expect(await total('AWS/Events', 'Invocations', {RuleName: 'orders'})).toBe(1)
    expect(
      await total('AWS/Events', 'Invocations', {EventBusName: 'default', RuleName: 'orders'}),
    ).toBeUndefined()
  })

  it('counts an event once for the rule and once for each target', async () => {
    await queue('one')
    await queue('two')
    await rule('orders', 'default', [
      {Id: 'a', Arn: arnOf('one')},
      {Id: 'b', Arn: arnOf('two')},
    ])

    await send('default', ['shop'])

    expect(await total('AWS/Events', 'MatchedEvents', {RuleName: 'orders'})).toBe(1)
    expect(await total('AWS/Events', 'Invocations', {RuleName: 'orders'})).toBe(2)
    expect(await total('AWS/Events', 'InvocationsCreated', {})).toBe(2)
  })

  it('has no metric of what has not happened', async () => {
    await queue('got')
    await rule('orders', 'default', [{Id: 'a', Arn: arnOf('got')}])
    await send('default', ['shop'])

    const {Metrics = []} = await new CloudWatchClient(endpoint.client).send(
      new ListMetricsCommand({Namespace: 'AWS/Events', Dimensions: [{Name: 'RuleName'}]}),
    )

    expect(Metrics.map(({MetricName}) => MetricName).sort()).toEqual([
      'IngestionToInvocationSuccessLatency',
      'InvocationAttempts',
      'Invocations',
      'MatchedEvents',
      'SuccessfulInvocationAttempts',
      'TriggeredRules',
    ])
  })

  it('counts failures and dead letters, and dead letters that were refused', async () => {
    await queue('closed', false)
    await queue('letters')
    await queue('closed-letters', false)
    const target = {Id: 'a', Arn: arnOf('closed')}
    await rule('saved', 'default', [{...target, DeadLetterConfig: {Arn: arnOf('letters')}}])
    await rule('lost', 'default', [{...target, DeadLetterConfig: {Arn: arnOf('closed-letters')}}])
    await rule('gone', 'default', [target])

    await send('default', ['shop', 'shop'])

    const of = (metric: string) =>
      Promise.all(['saved', 'lost', 'gone'].map((RuleName) => total('AWS/Events', metric, {RuleName})))
    expect(await of('FailedInvocations')).toEqual([2, 2, 2])
    expect(await of('Invocations')).toEqual([2, 2, 2])
    expect(await of('SuccessfulInvocationAttempts')).toEqual([undefined, undefined, undefined])
    expect(await of('InvocationsSentToDlq')).toEqual([2, undefined, undefined])
    expect(await of('InvocationsFailedToBeSentToDlq')).toEqual([undefined, 2, undefined])
    expect(await total('AWS/SQS', 'NumberOfMessagesSent', {QueueName: 'letters'})).toBe(2)
  })

  it('counts requests of PutEvents for the region', async () => {
    const entry = {Source: 'shop', DetailType: 'order', Detail: '{}'}
    await events.send(new PutEventsCommand({Entries: [entry, {...entry, Detail: 'none'}]}))
    await events.send(new PutEventsCommand({Entries: []})).catch(() => undefined)

    const of = (metric: string, stat?: string) => total('AWS/Events', metric, {}, stat)
    expect(await of('PutEventsApproximateCallCount')).toBe(2)
    expect(await of('PutEventsApproximateSuccessCount')).toBe(1)
    expect(await of('PutEventsApproximateFailedCount')).toBe(1)
    expect(await of('PutEventsEntriesCount')).toBe(2)
    expect(await of('PutEventsFailedEntriesCount')).toBe(1)
    expect(await of('PutEventsRequestSize', 'Maximum')).toBe(24)
  })

  it('shows by minutes of its clock when things happened', async () => {
    await queue('got')
    await rule('orders', 'default', [{Id: 'a', Arn: arnOf('got')}])

    await send('default', ['shop'])
    await endpoint.advance(10 * minute)
    await send('default', ['shop', 'shop'])

    expect(await minutesOf('AWS/Events', 'Invocations', {RuleName: 'orders'})).toEqual({0: 1, 10: 2})
  })

  it('keeps what it has counted over a restart, and counts on in the same minute', async () => {
    await queue('got')
    await rule('orders', 'default', [{Id: 'a', Arn: arnOf('got')}])
    await send('default', ['shop'])
    await endpoint.close()

    endpoint = await testEndpoint(endpoint.dataDir, () => start)
    connect()

    expect(await minutesOf('AWS/Events', 'Invocations', {RuleName: 'orders'})).toEqual({0: 1})
    await send('default', ['shop', 'shop'])
    expect(await minutesOf('AWS/Events', 'Invocations', {RuleName: 'orders'})).toEqual({0: 3})
  })

  it('counts messages of queues', async () => {
    const QueueUrl = await queue('got')
    await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: 'one'}))
    await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: 'two'}))
    const {Messages} = await sqs.send(new ReceiveMessageCommand({QueueUrl}))
    await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle}))

    const of = (metric: string) => total('AWS/SQS', metric, {QueueName: 'got'})
    expect(await of('NumberOfMessagesSent')).toBe(2)
    expect(await of('NumberOfMessagesReceived')).toBe(1)
    expect(await of('NumberOfMessagesDeleted')).toBe(1)
    expect(await of('NumberOfEmptyReceives')).toBeUndefined()
  })

  describe('with a stream', () => {
    const of = (metric: string, stat?: string) =>
      total('AWS/Firehose', metric, {DeliveryStreamName: 'usage'}, stat)
    let firehose: FirehoseClient

    /** Bucket, stream and a role for rule and stream, which may write to the bucket or may not. */
    const stream = async ({canWrite}: {canWrite: boolean}) => {
      firehose = new FirehoseClient(endpoint.client)
      const iam = new IAMClient(endpoint.client)
      const s3 = new S3Client(endpoint.client)
      const place = {LocationConstraint: 'eu-west-1' as const}
      await s3.send(new CreateBucketCommand({Bucket: 'lake', CreateBucketConfiguration: place}))
      const Service = ['firehose.amazonaws.com', 'events.amazonaws.com']
      const trust = {Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}
      const actions = ['firehose:PutRecord', 'firehose:PutRecordBatch', ...(canWrite ? ['s3:PutObject'] : [])]
      const allow = {Effect: 'Allow', Action: actions, Resource: '*'}
      const document = (statement: object) => JSON.stringify({Version: '2012-10-17', Statement: [statement]})
      await iam.send(new CreateRoleCommand({RoleName: 'road', AssumeRolePolicyDocument: document(trust)}))
      await iam.send(
        new PutRolePolicyCommand({RoleName: 'road', PolicyName: 'p', PolicyDocument: document(allow)}),
      )
      await firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: 'usage',
          ExtendedS3DestinationConfiguration: {
            RoleARN: role,
            BucketARN: 'arn:aws:s3:::lake',
            BufferingHints: {IntervalInSeconds: 300, SizeInMBs: 5},
          },
        }),
      )
    }
    const Data = (text: string) => ({Data: Buffer.from(text)})
    const DeliveryStreamName = 'usage'

    it('counts what callers put and what is delivered', async () => {
      await stream({canWrite: true})
      await firehose.send(new PutRecordCommand({DeliveryStreamName, Record: Data('abc')}))
      await firehose.send(new PutRecordBatchCommand({DeliveryStreamName, Records: [Data('de'), Data('f')]}))
      await endpoint.advance(6 * minute)

      expect(await of('IncomingPutRequests')).toBe(2)
      expect(await of('IncomingRecords')).toBe(3)
      expect(await of('IncomingBytes')).toBe(6)
      expect(await of('PutRecord.Requests')).toBe(1)
      expect(await of('PutRecord.Bytes')).toBe(3)
      expect(await of('PutRecordBatch.Requests')).toBe(1)
      expect(await of('PutRecordBatch.Records')).toBe(2)
      expect(await of('PutRecordBatch.Bytes')).toBe(3)
      expect(await of('DeliveryToS3.Records')).toBe(3)
      expect(await of('DeliveryToS3.Bytes')).toBe(6)
      expect(await of('DeliveryToS3.ObjectCount')).toBe(1)
      expect(await of('DeliveryToS3.Success', 'Average')).toBe(1)
      expect(await of('DeliveryToS3.DataFreshness', 'Maximum')).toBe(360)
    })

    it('counts what a rule delivers to it', async () => {
      await stream({canWrite: true})
      const Arn = 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/usage'
      await rule('orders', 'default', [{Id: 'a', Arn, RoleArn: role}])

      await send('default', ['shop', 'shop'])

      expect(await of('IncomingRecords')).toBe(2)
      expect(await of('PutRecordBatch.Records')).toBe(2)
      expect(await of('DeliveryToS3.Records')).toBe(2)
      expect(await total('AWS/Events', 'SuccessfulInvocationAttempts', {RuleName: 'orders'})).toBe(2)
    })

    it('counts a delivery that fails as no success', async () => {
      await stream({canWrite: false})
      await firehose.send(new PutRecordCommand({DeliveryStreamName, Record: Data('abc')}))
      await endpoint.flush()

      expect(await of('DeliveryToS3.Success', 'Average')).toBe(0)
      expect(await of('DeliveryToS3.Success', 'SampleCount')).toBe(1)
      expect(await of('DeliveryToS3.Records')).toBeUndefined()
    })
  })
})
