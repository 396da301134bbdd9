import {
  CreateWorkGroupCommand,
  AthenaClient,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge'
import {
  CreateDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand,
  type ExtendedS3DestinationConfiguration,
} from '@aws-sdk/client-firehose'
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GetTableCommand,
  GetTablesCommand,
  GlueClient,
  TagResourceCommand,
} from '@aws-sdk/client-glue'
import {CreateRoleCommand, CreateUserCommand, IAMClient} from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import {AddPermissionCommand, CreateQueueCommand, SQSClient} from '@aws-sdk/client-sqs'
import {GetSessionTokenCommand, STSClient} from '@aws-sdk/client-sts'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'

let endpoint: TestEndpoint

beforeAll(async () => {
  endpoint = await testEndpoint()
  await events().send(new PutRuleCommand({Name: 'r', EventPattern: '{"source":["a"]}'}))
  await s3().send(
    new CreateBucketCommand({Bucket: 'lake', CreateBucketConfiguration: {LocationConstraint: 'eu-west-1'}}),
  )
  await glue().send(new CreateDatabaseCommand({DatabaseInput: {Name: 'db'}}))
  await firehose().send(stream('usage', {}))
})

afterAll(() => discard(endpoint))

const events = () => new EventBridgeClient(endpoint.client)
const firehose = () => new FirehoseClient(endpoint.client)
const s3 = () => new S3Client(endpoint.client)
const glue = () => new GlueClient(endpoint.client)
const athena = () => new AthenaClient(endpoint.client)
const sqs = () => new SQSClient(endpoint.client)

function stream(name: string, destination: Partial<ExtendedS3DestinationConfiguration>) {
  return new CreateDeliveryStreamCommand({
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: {
      ...{RoleARN: 'arn:aws:iam::000000000000:role/deliver', BucketARN: 'arn:aws:s3:::lake'},
      ...destination,
    },
  })
}

/** Where the call is answered with success the test fails, and so it does where another error comes. */
async function refusal(call: Promise<unknown>): Promise<{name: string; message: string}> {
  const answer = await call.catch((error: unknown) => error as {name: string; message: string})
  return {name: (answer as Error).name, message: (answer as Error).message}
}

const notHere = expect.stringMatching(
  /not supported by this local endpoint|is not there in this local endpoint/,
)

describe('EventBridge refuses', () => {
  it.each([
    ['a schedule', {ScheduleExpression: 'rate(1 hour)'}],
    ['events of CloudTrail', {State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' as const}],
  ])('a rule with %s', async (_what, members) => {
    const rule = {Name: 'special', EventPattern: '{"source":["a"]}', ...members}

    expect(await refusal(events().send(new PutRuleCommand(rule)))).toEqual({
      ...{name: 'ValidationException', message: notHere},
    })
  })

  const Arn = 'arn:aws:sqs:eu-west-1:000000000000:q'
  it.each<[string, Partial<Target>]>([
    [
      'EcsParameters',
      {EcsParameters: {TaskDefinitionArn: 'arn:aws:ecs:eu-west-1:000000000000:task-definition/t'}},
    ],
    ['another region', {Arn: 'arn:aws:sqs:us-east-1:000000000000:q'}],
    ['a FIFO queue', {Arn: `${Arn}.fifo`}],
    ['an API destination', {Arn: 'arn:aws:events:eu-west-1:000000000000:api-destination/a/1', RoleArn: 'x'}],
    [
      'an input on a bus',
      {Arn: 'arn:aws:events:eu-west-1:000000000000:event-bus/b', RoleArn: 'x', Input: '1'},
    ],
  ])('a target with %s', async (_what, members) => {
    const Targets = [{Id: 't', Arn, ...members}]

    expect(await refusal(events().send(new PutTargetsCommand({Rule: 'r', Targets})))).toEqual({
      ...{name: 'ValidationException', message: notHere},
    })
  })

  it.each([{MaximumRetryAttempts: 186}, {MaximumEventAgeInSeconds: 59}])(
    'the retry policy %j',
    async (RetryPolicy) => {
      const Targets = [{Id: 't', Arn, RetryPolicy}]

      expect(await refusal(events().send(new PutTargetsCommand({Rule: 'r', Targets})))).toMatchObject({
        name: 'ValidationException',
      })
    },
  )

  it.each([
    ['a FIFO queue', `${Arn}.fifo`, /FIFO is not supported/],
    ['a queue of another region', Arn.replace('eu-west-1', 'us-east-1'), /same Region/],
    ['a topic', 'arn:aws:sns:eu-west-1:000000000000:t', /sns is not supported as a dead letter resource/],
  ])('%s for dead letters', async (_what, dlq, message) => {
    const Targets = [{Id: 't', Arn, DeadLetterConfig: {Arn: dlq}}]

    expect(await refusal(events().send(new PutTargetsCommand({Rule: 'r', Targets})))).toEqual({
      ...{name: 'ValidationException', message: expect.stringMatching(message)},
    })
  })

  it('a partner bus, archives and connections', async () => {
    const bus = new CreateEventBusCommand({Name: 'p', EventSourceName: 'aws.partner/x/y'})
    expect(await refusal(events().send(bus))).toMatchObject({message: notHere})
    for (const call of [
      events().send(new ListApiDestinationsCommand({})),
      events().send(new ListConnectionsCommand({})),
    ]) {
      expect(await refusal(call)).toEqual({name: 'UnknownOperationException', message: notHere})
    }
  })
})

describe('Firehose refuses', () => {
  it.each<[string, Partial<ExtendedS3DestinationConfiguration>]>([
    ['backup', {S3BackupMode: 'Enabled'}],
    ['KMS', {EncryptionConfiguration: {KMSEncryptionConfig: {AWSKMSKeyARN: 'arn:aws:kms:x'}}}],
    ['Snappy', {CompressionFormat: 'Snappy'}],
  ])('%s', async (_what, destination) => {
    expect(await refusal(firehose().send(stream('x', destination)))).toEqual({
      ...{name: 'InvalidArgumentException', message: notHere},
    })
  })

  it('another destination, and encryption of a stream', async () => {
    const other = new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'x',
      HttpEndpointDestinationConfiguration: {
        ...{
          EndpointConfiguration: {Url: 'https://example.com'},
          S3Configuration: {
            RoleARN: 'arn:aws:iam::000000000000:role/deliver',
            BucketARN: 'arn:aws:s3:::lake',
          },
        },
      },
    })
    const encrypt = new StartDeliveryStreamEncryptionCommand({DeliveryStreamName: 'usage'})

    expect(await refusal(firehose().send(other))).toEqual({
      ...{name: 'InvalidArgumentException', message: notHere},
    })
    expect(await refusal(firehose().send(encrypt))).toMatchObject({name: 'UnknownOperationException'})
  })

  it('records beyond the limits, and takes those at them', async () => {
    const record = (bytes: number) => ({Data: Buffer.alloc(bytes, 'x')})
    const one = (bytes: number) =>
      firehose().send(new PutRecordCommand({DeliveryStreamName: 'usage', Record: record(bytes)}))
    const many = (count: number, bytes: number) =>
      firehose().send(
        new PutRecordBatchCommand({
          ...{DeliveryStreamName: 'usage', Records: Array.from({length: count}, () => record(bytes))},
        }),
      )

    expect(await one(1_024_000)).toMatchObject({Encrypted: false})
    expect(await refusal(one(1_024_001))).toMatchObject({name: 'InvalidArgumentException'})
    expect(await many(500, 10)).toMatchObject({FailedPutCount: 0})
    expect(await refusal(many(501, 1))).toMatchObject({name: 'InvalidArgumentException'})
    expect(await refusal(many(5, 1_000_000))).toMatchObject({name: 'InvalidArgumentException'})
  })
})

describe('S3 refuses', () => {
  const object = {Bucket: 'lake', Key: 'k'}
  it.each([
    ['a lock', () => s3().send(new PutObjectCommand({...object, ObjectLockMode: 'GOVERNANCE'}))],
    ['grants', () => s3().send(new PutObjectCommand({...object, GrantRead: 'id=x'}))],
    ['a public ACL', () => s3().send(new PutObjectCommand({...object, ACL: 'public-read'}))],
    ['tags of an object', () => s3().send(new PutObjectCommand({...object, Tagging: 'a=b'}))],
    ['a key of KMS', () => s3().send(new PutObjectCommand({...object, ServerSideEncryption: 'aws:kms'}))],
    [
      'a key of the customer',
      () => s3().send(new CreateMultipartUploadCommand({...object, SSECustomerAlgorithm: 'AES256'})),
    ],
    ['a version', () => s3().send(new GetObjectCommand({...object, VersionId: 'v1'}))],
    ['a part by number', () => s3().send(new GetObjectCommand({...object, PartNumber: 1}))],
    [
      'a bucket with locks',
      () => s3().send(new CreateBucketCommand({Bucket: 'other', ObjectLockEnabledForBucket: true})),
    ],
    [
      'a bucket with owners of objects',
      () => s3().send(new CreateBucketCommand({Bucket: 'other', ObjectOwnership: 'ObjectWriter'})),
    ],
    [
      'parts copied from objects',
      () =>
        s3().send(new UploadPartCopyCommand({...object, CopySource: 'lake/k', PartNumber: 1, UploadId: 'u'})),
    ],
    [
      'tagging',
      () => s3().send(new PutObjectTaggingCommand({...object, Tagging: {TagSet: [{Key: 'a', Value: 'b'}]}})),
    ],
    [
      'lifecycle rules',
      () =>
        s3().send(
          new PutBucketLifecycleConfigurationCommand({
            ...{Bucket: 'lake', LifecycleConfiguration: {Rules: []}},
          }),
        ),
    ],
  ])('%s', async (_what, call) => {
    expect(await refusal(call())).toEqual({name: 'NotImplemented', message: notHere})
  })

  it('a bucket of another owner than expected', async () => {
    const call = s3().send(new GetObjectCommand({...object, ExpectedBucketOwner: '111122223333'}))

    expect(await refusal(call)).toMatchObject({name: 'AccessDenied'})
  })
})

describe('Glue refuses', () => {
  const table = {DatabaseName: 'db', TableInput: {Name: 't'}}
  it.each([
    ['another catalog', () => glue().send(new GetTablesCommand({DatabaseName: 'db', CatalogId: '1'}))],
    [
      'a transaction',
      () => glue().send(new GetTableCommand({DatabaseName: 'db', Name: 't', TransactionId: 'x'})),
    ],
    [
      'chosen attributes',
      () => glue().send(new GetTablesCommand({DatabaseName: 'db', AttributesToGet: ['NAME']})),
    ],
    [
      'partition indexes',
      () =>
        glue().send(new CreateTableCommand({...table, PartitionIndexes: [{Keys: ['dt'], IndexName: 'i'}]})),
    ],
    [
      'a link to a database',
      () =>
        glue().send(
          new CreateDatabaseCommand({
            DatabaseInput: {Name: 'link', TargetDatabase: {CatalogId: '1', DatabaseName: 'x'}},
          }),
        ),
    ],
    [
      'tags of tables',
      () =>
        glue().send(
          new TagResourceCommand({
            ...{ResourceArn: 'arn:aws:glue:eu-west-1:000000000000:table/db/t', TagsToAdd: {a: 'b'}},
          }),
        ),
    ],
  ])('%s', async (_what, call) => {
    expect(await refusal(call())).toEqual({name: 'InvalidInputException', message: notHere})
  })
})

describe('Athena refuses', () => {
  it.each([
    [
      'another catalog',
      () =>
        athena().send(
          new StartQueryExecutionCommand({QueryString: 'SELECT 1', QueryExecutionContext: {Catalog: 'x'}}),
        ),
    ],
    [
      'an engine of one query',
      () =>
        athena().send(
          new StartQueryExecutionCommand({
            ...{QueryString: 'SELECT 1', EngineConfiguration: {MaxConcurrentDpus: 1}},
          }),
        ),
    ],
    [
      'managed results',
      () =>
        athena().send(
          new CreateWorkGroupCommand({
            ...{Name: 'w', Configuration: {ManagedQueryResultsConfiguration: {Enabled: true}}},
          }),
        ),
    ],
    [
      'the manifest of results',
      () =>
        athena().send(new GetQueryResultsCommand({QueryExecutionId: 'x', QueryResultType: 'DATA_MANIFEST'})),
    ],
  ])('%s', async (_what, call) => {
    expect(await refusal(call())).toEqual({name: 'InvalidRequestException', message: notHere})
  })

  it('named queries', async () => {
    expect(await refusal(athena().send(new ListNamedQueriesCommand({})))).toMatchObject({
      name: 'UnknownOperationException',
    })
  })
})

describe('SQS, IAM and STS refuse', () => {
  it.each([['KmsMasterKeyId'], ['RedriveAllowPolicy'], ['ContentBasedDeduplication'], ['FifoQueue']])(
    'a queue with %s',
    async (name) => {
      const call = sqs().send(new CreateQueueCommand({QueueName: 'q', Attributes: {[name]: 'true'}}))

      expect(await refusal(call)).toEqual({
        ...{name: expect.stringMatching(/UnsupportedOperation$/), message: notHere},
      })
    },
  )

  it('what they have no operation for', async () => {
    const queue = {QueueUrl: `${endpoint.url}/000000000000/q`, Label: 'l'}
    const permission = new AddPermissionCommand({...queue, AWSAccountIds: ['1'], Actions: ['*']})
    const iam = new IAMClient(endpoint.client)
    const sts = new STSClient(endpoint.client)

    expect(await refusal(sqs().send(permission))).toMatchObject({name: 'UnknownOperationException'})
    expect(await refusal(iam.send(new CreateUserCommand({UserName: 'u'})))).toMatchObject({
      name: 'InvalidAction',
    })
    expect(await refusal(sts.send(new GetSessionTokenCommand({})))).toMatchObject({name: 'InvalidAction'})
  })

  it('a permissions boundary', async () => {
    const role = new CreateRoleCommand({
      ...{RoleName: 'r', AssumeRolePolicyDocument: '{}', PermissionsBoundary: 'arn:aws:iam::aws:policy/x'},
    })

    expect(await refusal(new IAMClient(endpoint.client).send(role))).toMatchObject({
      ...{name: expect.stringMatching(/^InvalidInput/), message: notHere},
    })
  })
})
