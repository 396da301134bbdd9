import {gunzipSync} from 'node:zlib'
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  UpdateDestinationCommand,
  type ExtendedS3DestinationConfiguration,
} from '@aws-sdk/client-firehose'
import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const minute = 60_000
const role = 'arn:aws:iam::000000000000:role/deliver'

describe('a delivery stream', () => {
  let endpoint: TestEndpoint
  let firehose: FirehoseClient
  let iam: IAMClient
  let s3: S3Client

  beforeEach(async () => {
    endpoint = await testEndpoint()
    firehose = new FirehoseClient(endpoint.client)
    iam = new IAMClient(endpoint.client)
    s3 = new S3Client(endpoint.client)
    await s3.send(
      new CreateBucketCommand({Bucket: 'lake', CreateBucketConfiguration: {LocationConstraint: 'eu-west-1'}}),
    )
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'deliver',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {Effect: 'Allow', Principal: {Service: 'firehose.amazonaws.com'}, Action: 'sts:AssumeRole'},
          ],
        }),
      }),
    )
    await allowPut()
  })

  afterEach(() => discard(endpoint))

  const allowPut = () =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName: 'deliver',
        PolicyName: 'write',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lake/*'}],
        }),
      }),
    )

  const createStream = (more: Partial<ExtendedS3DestinationConfiguration>) =>
    firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'usage',
        ExtendedS3DestinationConfiguration: {RoleARN: role, BucketARN: 'arn:aws:s3:::lake', ...more},
      }),
    )

  const put = (text: string) =>
    firehose.send(new PutRecordCommand({DeliveryStreamName: 'usage', Record: {Data: Buffer.from(text)}}))

  const keys = async () => {
    const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket: 'lake'}))
    return Contents.map((object) => object.Key ?? '')
  }

  const content = async (key: string) => {
    const {Body} = await s3.send(new GetObjectCommand({Bucket: 'lake', Key: key}))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }

  it('delivers when its interval is over, and not before', async () => {
    await createStream({BufferingHints: {SizeInMBs: 128, IntervalInSeconds: 900}})
    await put('one')

    await endpoint.advance(14 * minute)
    const early = await keys()
    await endpoint.advance(minute)

    expect(early).toEqual([])
    expect(await keys()).toHaveLength(1)
  })

  it('delivers at once when its buffer is full', async () => {
    await createStream({BufferingHints: {SizeInMBs: 1, IntervalInSeconds: 900}})
    const record = {Data: Buffer.alloc(600_000, 'x')}
    await firehose.send(new PutRecordBatchCommand({DeliveryStreamName: 'usage', Records: [record, record]}))

    await endpoint.advance(0)

    expect(await keys()).toHaveLength(1)
  })

  it('writes full objects under load, and leaves the rest in its buffer', async () => {
    await createStream({BufferingHints: {SizeInMBs: 1, IntervalInSeconds: 900}})
    const record = {Data: Buffer.alloc(150_000, 'x')}
    const batch = () =>
      firehose.send(new PutRecordBatchCommand({DeliveryStreamName: 'usage', Records: [record]}))
    for (let i = 0; i < 4; i += 1) await Promise.all(Array.from({length: 8}, batch))

    await endpoint.advance(0)

    const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket: 'lake'}))
    expect(Contents.length).toBeGreaterThan(0)
    expect(Contents.filter((object) => (object.Size ?? 0) < 1024 * 1024)).toEqual([])
    const written = Contents.reduce((sum, object) => sum + (object.Size ?? 0), 0)
    expect(32 * 150_000 - written).toBeLessThan(1024 * 1024)
  })

  it('concatenates records without a delimiter when none is asked for', async () => {
    await createStream({})
    await put('{"a":1}')
    await put('{"b":2}')
    await endpoint.flush()

    const [key = ''] = await keys()

    expect((await content(key)).toString()).toBe('{"a":1}{"b":2}')
  })

  it('appends the delimiter that it is asked for, and compresses', async () => {
    await createStream({
      CompressionFormat: 'GZIP',
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'AppendDelimiterToRecord',
            Parameters: [{ParameterName: 'Delimiter', ParameterValue: '\\n'}],
          },
        ],
      },
    })
    await put('{"a":1}')
    await put('{"b":2}')
    await endpoint.flush()

    const [key = ''] = await keys()

    expect(key.endsWith('.gz')).toBe(true)
    expect(gunzipSync(await content(key)).toString()).toBe('{"a":1}\n{"b":2}\n')
  })

  it('names objects by prefix, arrival, stream and version', async () => {
    await createStream({
      Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
    })
    await put('x')
    await endpoint.flush()

    const [key = ''] = await keys()

    const [, day, hour] = /^events\/dt=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/usage-1-/.exec(key) ?? []
    expect(key).toMatch(
      new RegExp(`/usage-1-${day}-${hour}-\\d\\d-\\d\\d-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
    )
  })

  it('puts yyyy/MM/dd/HH/ behind a prefix without a time', async () => {
    await createStream({Prefix: 'raw/'})
    await put('x')
    await endpoint.flush()

    expect((await keys())[0]).toMatch(/^raw\/\d{4}\/\d\d\/\d\d\/\d\d\/usage-1-/)
  })

  it('keeps what its role may not write, and delivers it once the role may', async () => {
    await createStream({})
    await iam.send(new DeleteRolePolicyCommand({RoleName: 'deliver', PolicyName: 'write'}))
    await put('kept')
    await endpoint.flush()
    const denied = await keys()

    await allowPut()
    await endpoint.advance(2 * minute)

    expect(denied).toEqual([])
    expect(await keys()).toHaveLength(1)
    expect(endpoint.logged.join('\n')).toContain('s3:PutObject')
  })

  it('keeps its records over a restart', async () => {
    await createStream({})
    await put('before')
    await endpoint.close()

    endpoint = await testEndpoint(endpoint.dataDir)
    s3 = new S3Client(endpoint.client)
    await endpoint.flush()

    const [key = ''] = await keys()
    expect((await content(key)).toString()).toBe('before')
  })

  it('never writes over an object of before, also when it starts again within the same millisecond', async () => {
    const sameMoment = () => 1_800_000_000_000
    await createStream({})
    for (const text of ['first', 'second']) {
      await endpoint.close()
      endpoint = await testEndpoint(endpoint.dataDir, sameMoment)
      firehose = new FirehoseClient(endpoint.client)
      s3 = new S3Client(endpoint.client)
      await put(text)
      await endpoint.flush()
    }

    const contents = await Promise.all((await keys()).map(async (key) => (await content(key)).toString()))
    expect(contents.sort()).toEqual(['first', 'second'])
  })

  it('refuses a prefix with expressions and no error prefix, in the words of the service', async () => {
    await expect(createStream({Prefix: 'x/!{timestamp:yyyy}/'})).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'ErrorOutputPrefix cannot be null or empty when Prefix contains expressions',
    })
  })

  it.each<[string, Partial<ExtendedS3DestinationConfiguration>]>([
    ['DynamicPartitioningConfiguration', {DynamicPartitioningConfiguration: {Enabled: true}}],
    // Enabled where nothing is said of it.
    ['InputFormatConfiguration must not be null', {DataFormatConversionConfiguration: {}}],
    [
      'The processor Lambda',
      {
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [{Type: 'AppendDelimiterToRecord'}, {Type: 'Lambda'}],
        },
      },
    ],
    ['Length of evaluated prefix', {Prefix: 'x'.repeat(513)}],
  ])('refuses what is not there by name: %s', async (name, destination) => {
    await expect(createStream(destination)).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringContaining(name),
    })
  })

  it.each([
    ['DeliveryStreamEncryptionConfigurationInput', {KeyType: 'AWS_OWNED_CMK' as const}],
    ['KinesisStreamSourceConfiguration', {KinesisStreamARN: 'arn:aws:kinesis:x', RoleARN: role}],
  ])('refuses a stream with %s', async (name, value) => {
    await expect(
      firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: 'special',
          ExtendedS3DestinationConfiguration: {RoleARN: role, BucketARN: 'arn:aws:s3:::lake'},
          [name]: value,
        }),
      ),
    ).rejects.toMatchObject({name: 'InvalidArgumentException', message: expect.stringContaining(name)})
  })

  it('lists streams of the kind asked for', async () => {
    await createStream({})
    const names = async (DeliveryStreamType: 'DirectPut' | 'MSKAsSource') =>
      (await firehose.send(new ListDeliveryStreamsCommand({DeliveryStreamType}))).DeliveryStreamNames

    expect(await names('DirectPut')).toEqual(['usage'])
    expect(await names('MSKAsSource')).toEqual([])
  })

  it('refuses an update on a version that is not the current one', async () => {
    await createStream({})
    const update = (version: string, prefix: string) =>
      firehose.send(
        new UpdateDestinationCommand({
          DeliveryStreamName: 'usage',
          CurrentDeliveryStreamVersionId: version,
          DestinationId: 'destinationId-000000000001',
          ExtendedS3DestinationUpdate: {Prefix: prefix},
        }),
      )
    await update('1', 'new/')

    await expect(update('1', 'newer/')).rejects.toMatchObject({name: 'ConcurrentModificationException'})

    const {DeliveryStreamDescription} = await firehose.send(
      new DescribeDeliveryStreamCommand({DeliveryStreamName: 'usage'}),
    )
    expect(DeliveryStreamDescription?.VersionId).toBe('2')
    expect(DeliveryStreamDescription?.Destinations?.[0]?.ExtendedS3DestinationDescription?.Prefix).toBe(
      'new/',
    )
  })

  it('names the stream that is not there', async () => {
    await expect(put('x')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Firehose usage under account 000000000000 not found.',
    })
  })
})
