import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  IncreaseStreamRetentionPeriodCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type GetRecordsCommandInput,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-kinesis'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const hour = 3_600_000
const arn = 'arn:aws:kinesis:eu-west-1:000000000000:stream/usage'
const firstShard = 'shardId-000000000000'

let endpoint: TestEndpoint
let kinesis: KinesisClient

beforeEach(async () => {
  endpoint = await testEndpoint()
  kinesis = client()
})

afterEach(() => discard(endpoint))

/** The client speaks HTTP/2 unless it is told otherwise, as no other does. */
const client = (region = 'eu-west-1') =>
  new KinesisClient({...endpoint.client, region, requestHandler: new NodeHttpHandler()})

const create = (ShardCount = 1, StreamName = 'usage') =>
  kinesis.send(new CreateStreamCommand({StreamName, ShardCount}))

const put = (text: string, PartitionKey = 'p') =>
  kinesis.send(new PutRecordCommand({StreamName: 'usage', Data: Buffer.from(text), PartitionKey}))

const iterator = async (more: Partial<GetShardIteratorCommandInput> = {}) => {
  const place = {StreamName: 'usage', ShardId: firstShard, ShardIteratorType: 'TRIM_HORIZON' as const}
  const {ShardIterator} = await kinesis.send(new GetShardIteratorCommand({...place, ...more}))
  return ShardIterator
}

const get = async (ShardIterator: string | undefined, more: Partial<GetRecordsCommandInput> = {}) => {
  const answer = await kinesis.send(new GetRecordsCommand({ShardIterator, ...more}))
  return {...answer, texts: (answer.Records ?? []).map(({Data}) => Buffer.from(Data ?? []).toString())}
}

const read = async (more: Partial<GetShardIteratorCommandInput> = {}) =>
  (await get(await iterator(more))).texts

describe('a stream', () => {
  it('is described with its shards', async () => {
    await create(2)

    const {StreamDescription} = await kinesis.send(new DescribeStreamCommand({StreamName: 'usage'}))

    expect(StreamDescription).toMatchObject({
      StreamName: 'usage',
      StreamARN: arn,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: {StreamMode: 'PROVISIONED'},
      RetentionPeriodHours: 24,
      EncryptionType: 'NONE',
      HasMoreShards: false,
      Shards: [{ShardId: 'shardId-000000000000'}, {ShardId: 'shardId-000000000001'}],
    })
  })

  it('has four shards on demand, and is found by its ARN', async () => {
    await kinesis.send(
      new CreateStreamCommand({StreamName: 'usage', StreamModeDetails: {StreamMode: 'ON_DEMAND'}}),
    )

    const {StreamDescriptionSummary} = await kinesis.send(new DescribeStreamSummaryCommand({StreamARN: arn}))

    expect(StreamDescriptionSummary).toMatchObject({
      StreamName: 'usage',
      StreamModeDetails: {StreamMode: 'ON_DEMAND'},
      OpenShardCount: 4,
      ConsumerCount: 0,
      MaxRecordSizeInKiB: 1024,
    })
  })

  it('cannot be made twice', async () => {
    await create()

    await expect(create()).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Stream usage under account 000000000000 already exists.',
    })
  })

  it.each([
    ['no shard count', {}, 'InvalidArgumentException'],
    ['no shards', {ShardCount: 0}, 'ValidationException'],
    [
      'shards on demand',
      {ShardCount: 1, StreamModeDetails: {StreamMode: 'ON_DEMAND' as const}},
      'InvalidArgumentException',
    ],
    ['a name with a slash', {StreamName: 'a/b', ShardCount: 1}, 'ValidationException'],
    ['warm throughput', {ShardCount: 1, WarmThroughputMiBps: 4}, 'InvalidArgumentException'],
  ])('is refused with %s', async (_, input, name) => {
    await expect(
      kinesis.send(new CreateStreamCommand({StreamName: 'usage', ...input})),
    ).rejects.toMatchObject({name})
  })

  it('is gone with its records once it is deleted', async () => {
    await create()
    await put('one')
    await kinesis.send(new DeleteStreamCommand({StreamName: 'usage'}))

    await expect(put('two')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Stream usage under account 000000000000 not found.',
    })
    await create()
    expect(await read()).toEqual([])
  })

  it('is listed in pages', async () => {
    for (const name of ['a', 'b', 'c']) await create(1, name)

    const first = await kinesis.send(new ListStreamsCommand({Limit: 2}))
    const byToken = await kinesis.send(new ListStreamsCommand({NextToken: first.NextToken}))
    const byName = await kinesis.send(new ListStreamsCommand({ExclusiveStartStreamName: 'a'}))

    expect([first.StreamNames, first.HasMoreStreams]).toEqual([['a', 'b'], true])
    expect([byToken.StreamNames, byToken.HasMoreStreams]).toEqual([['c'], false])
    expect(byName.StreamSummaries?.map(({StreamARN}) => StreamARN)).toEqual([
      'arn:aws:kinesis:eu-west-1:000000000000:stream/b',
      'arn:aws:kinesis:eu-west-1:000000000000:stream/c',
    ])
  })

  it('lists its shards in pages, whose token expires', async () => {
    await create(3)
    const first = await kinesis.send(new ListShardsCommand({StreamName: 'usage', MaxResults: 2}))
    const second = await kinesis.send(new ListShardsCommand({NextToken: first.NextToken, MaxResults: 2}))
    const after = await kinesis.send(
      new ListShardsCommand({
        StreamName: 'usage',
        ShardFilter: {Type: 'AFTER_SHARD_ID', ShardId: firstShard},
      }),
    )
    await endpoint.advance(300_000)

    expect(first.Shards).toHaveLength(2)
    expect(second.Shards?.map(({ShardId}) => ShardId)).toEqual(['shardId-000000000002'])
    expect(second.NextToken).toBeUndefined()
    expect(after.Shards).toHaveLength(2)
    await expect(kinesis.send(new ListShardsCommand({NextToken: first.NextToken}))).rejects.toMatchObject({
      name: 'ExpiredNextTokenException',
    })
  })

  it('has tags, by its name or its ARN', async () => {
    await create()
    await kinesis.send(new AddTagsToStreamCommand({StreamName: 'usage', Tags: {b: '2', a: '1', c: '3'}}))
    await kinesis.send(new RemoveTagsFromStreamCommand({StreamName: 'usage', TagKeys: ['c']}))
    await kinesis.send(new TagResourceCommand({ResourceARN: arn, Tags: {d: '4', e: '5'}}))
    await kinesis.send(new UntagResourceCommand({ResourceARN: arn, TagKeys: ['e']}))

    const page = await kinesis.send(new ListTagsForStreamCommand({StreamName: 'usage', Limit: 1}))
    const {Tags} = await kinesis.send(new ListTagsForResourceCommand({ResourceARN: arn}))

    expect([page.Tags, page.HasMoreTags]).toEqual([[{Key: 'a', Value: '1'}], true])
    expect(Tags).toEqual([
      {Key: 'a', Value: '1'},
      {Key: 'b', Value: '2'},
      {Key: 'd', Value: '4'},
    ])
  })

  it('is not there in another region', async () => {
    await create()
    const elsewhere = client('us-east-1')

    await expect(elsewhere.send(new DescribeStreamCommand({StreamName: 'usage'}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('refuses what is not there, naming it', async () => {
    await create()

    await expect(
      kinesis.send(
        new SplitShardCommand({StreamName: 'usage', ShardToSplit: firstShard, NewStartingHashKey: '1'}),
      ),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message:
        'The operation SplitShard of kinesis is not there in this local endpoint. See docs/local-endpoint.md for what is.',
    })
  })
})

describe('a record', () => {
  it('goes to the shard of its partition key, or of its explicit hash key', async () => {
    await create(4)

    // MD5 of "a" begins with 0x0c, of "b" with 0x92, of "c" with 0x4a.
    const byKey = await Promise.all(['a', 'b', 'c'].map((key) => put('x', key)))
    const explicit = await kinesis.send(
      new PutRecordCommand({
        StreamName: 'usage',
        Data: Buffer.from('x'),
        PartitionKey: 'a',
        ExplicitHashKey: '340282366920938463463374607431768211455',
      }),
    )

    expect(byKey.map(({ShardId}) => ShardId)).toEqual([
      'shardId-000000000000',
      'shardId-000000000002',
      'shardId-000000000001',
    ])
    expect(explicit.ShardId).toBe('shardId-000000000003')
  })

  it('is read as it was put', async () => {
    await create()
    const {SequenceNumber} = await put('ein Ereignis: 日本', 'customer-1')

    const {Records} = await get(await iterator())

    expect(Records).toEqual([
      {
        Data: new Uint8Array(Buffer.from('ein Ereignis: 日本')),
        PartitionKey: 'customer-1',
        SequenceNumber,
        ApproximateArrivalTimestamp: expect.any(Date) as Date,
        EncryptionType: 'NONE',
      },
    ])
    expect(SequenceNumber).toMatch(/^49\d{54}$/)
  })

  it('has a greater sequence number than all before it', async () => {
    await create()
    const answers = [await put('1'), await put('2'), await put('3')]

    const numbers = answers.map(({SequenceNumber}) => BigInt(SequenceNumber ?? 0))

    expect((numbers[0] ?? 0n) < (numbers[1] ?? 0n) && (numbers[1] ?? 0n) < (numbers[2] ?? 0n)).toBe(true)
  })

  it('may have 1 MiB with its key, or what the stream allows', async () => {
    await create()
    await kinesis.send(
      new CreateStreamCommand({StreamName: 'large', ShardCount: 1, MaxRecordSizeInKiB: 2048}),
    )
    const record = {Data: Buffer.alloc(1_048_576), PartitionKey: 'p'}

    await expect(kinesis.send(new PutRecordCommand({StreamName: 'usage', ...record}))).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await expect(kinesis.send(new PutRecordCommand({StreamName: 'large', ...record}))).resolves.toMatchObject(
      {ShardId: firstShard},
    )
  })

  it.each([
    ['no partition key', {}, 'ValidationException'],
    ['a partition key of 257 characters', {PartitionKey: 'x'.repeat(257)}, 'ValidationException'],
    [
      'a hash key of 2^128',
      {PartitionKey: 'p', ExplicitHashKey: String(2n ** 128n)},
      'InvalidArgumentException',
    ],
    ['a hash key that is no number', {PartitionKey: 'p', ExplicitHashKey: '0x1'}, 'ValidationException'],
    ['a dry run', {PartitionKey: 'p', DryRun: true}, 'InvalidArgumentException'],
  ])('is refused with %s', async (_, members, name) => {
    await create()

    await expect(
      kinesis.send(new PutRecordCommand({StreamName: 'usage', Data: Buffer.from('x'), ...members})),
    ).rejects.toMatchObject({name})
  })

  it('is gone when its retention period is over', async () => {
    await create()
    await put('old')
    await endpoint.advance(23 * hour)
    await put('young')
    const before = await read()
    await endpoint.advance(hour)

    expect(before).toEqual(['old', 'young'])
    expect(await read()).toEqual(['young'])
  })

  it('is kept for longer, or for less long, when the stream says so', async () => {
    await create()
    await put('one')
    const period = (RetentionPeriodHours: number) => ({StreamName: 'usage', RetentionPeriodHours})
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand(period(48)))
    await endpoint.advance(30 * hour)
    const longer = await read()
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand(period(24)))

    expect(longer).toEqual(['one'])
    expect(await read()).toEqual([])
    await expect(kinesis.send(new DecreaseStreamRetentionPeriodCommand(period(25)))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message:
        'Requested retention period (25 hours) for stream usage can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod API.',
    })
    await expect(kinesis.send(new IncreaseStreamRetentionPeriodCommand(period(8761)))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    })
  })
})

describe('PutRecords', () => {
  const records = (count: number, sizeBytes = 1) =>
    Array.from({length: count}, (_, i) => ({Data: Buffer.alloc(sizeBytes, 'x'), PartitionKey: `key-${i}`}))

  it('answers for each record, in order', async () => {
    await create(2)

    const {FailedRecordCount, Records = []} = await kinesis.send(
      new PutRecordsCommand({
        StreamName: 'usage',
        Records: [
          {Data: Buffer.from('1'), PartitionKey: 'a', ExplicitHashKey: '0'},
          {Data: Buffer.from('2'), PartitionKey: 'a', ExplicitHashKey: String(2n ** 127n)},
        ],
      }),
    )

    expect(FailedRecordCount).toBe(0)
    expect(Records.map(({ShardId}) => ShardId)).toEqual(['shardId-000000000000', 'shardId-000000000001'])
    expect(await read()).toEqual(['1'])
    expect(await read({ShardId: 'shardId-000000000001'})).toEqual(['2'])
  })

  it.each([
    ['more than 500 records', records(501), 'ValidationException'],
    ['more than 10 MiB', records(11, 1_000_000), 'InvalidArgumentException'],
    ['one record over 1 MiB', [...records(1), ...records(1, 1_048_576)], 'ValidationException'],
  ])('refuses %s and keeps nothing', async (_, Records, name) => {
    await create()

    await expect(kinesis.send(new PutRecordsCommand({StreamName: 'usage', Records}))).rejects.toMatchObject({
      name,
    })
    expect(await read()).toEqual([])
  })

  it('takes 500 records', async () => {
    await create()

    const {FailedRecordCount} = await kinesis.send(
      new PutRecordsCommand({StreamName: 'usage', Records: records(500)}),
    )

    expect(FailedRecordCount).toBe(0)
    expect(await read()).toHaveLength(500)
  })
})

describe('reading', () => {
  it('begins where the iterator says', async () => {
    await create()
    await put('1')
    const {SequenceNumber: StartingSequenceNumber} = await put('2')
    await endpoint.advance(60_000)
    const {Records} = await get(await iterator())
    const secondAt = Records?.[1]?.ApproximateArrivalTimestamp?.getTime() ?? 0
    const latest = await iterator({ShardIteratorType: 'LATEST'})
    await put('3')

    const at = {ShardIteratorType: 'AT_SEQUENCE_NUMBER' as const, StartingSequenceNumber}
    const after = {ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber}
    const since = {ShardIteratorType: 'AT_TIMESTAMP' as const, Timestamp: new Date(secondAt + 1000)}

    expect(await read()).toEqual(['1', '2', '3'])
    expect(await read(at)).toEqual(['2', '3'])
    expect(await read(after)).toEqual(['3'])
    expect(await read(since)).toEqual(['3'])
    expect((await get(latest)).texts).toEqual(['3'])
  })

  it('goes on with the next iterator, and says how far behind it is', async () => {
    await create()
    for (const text of ['1', '2', '3']) await put(text)
    await endpoint.advance(60_000)

    const first = await get(await iterator(), {Limit: 2})
    const second = await get(first.NextShardIterator)
    await put('4')
    const third = await get(second.NextShardIterator)

    expect(first.texts).toEqual(['1', '2'])
    expect(first.MillisBehindLatest).toBeGreaterThanOrEqual(60_000)
    expect([second.texts, second.MillisBehindLatest]).toEqual([['3'], 0])
    expect(third.texts).toEqual(['4'])
  })

  it('stops at 10 MiB', async () => {
    await create()
    const Records = Array.from({length: 6}, () => ({Data: Buffer.alloc(1_000_000), PartitionKey: 'p'}))
    await kinesis.send(new PutRecordsCommand({StreamName: 'usage', Records}))
    await kinesis.send(new PutRecordsCommand({StreamName: 'usage', Records}))

    const first = await get(await iterator())
    const second = await get(first.NextShardIterator)

    expect([first.texts.length, second.texts.length]).toEqual([10, 2])
  })

  it.each([
    ['no sequence number', {ShardIteratorType: 'AT_SEQUENCE_NUMBER' as const}, 'InvalidArgumentException'],
    [
      'a sequence number of another stream',
      {ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: '49'},
      'InvalidArgumentException',
    ],
    [
      'a time to come',
      {ShardIteratorType: 'AT_TIMESTAMP' as const, Timestamp: new Date('2200-01-01')},
      'InvalidArgumentException',
    ],
    ['no time', {ShardIteratorType: 'AT_TIMESTAMP' as const}, 'InvalidArgumentException'],
    ['another shard', {ShardId: 'shardId-000000000009'}, 'ResourceNotFoundException'],
    ['another type', {ShardIteratorType: 'NEWEST' as never}, 'ValidationException'],
  ])('is refused from %s', async (_, more, name) => {
    await create()

    await expect(iterator(more)).rejects.toMatchObject({name})
  })

  it('is refused with an iterator that is none, is five minutes old or is of a stream that is gone', async () => {
    await create()
    const old = await iterator()
    await endpoint.advance(300_000)
    const lost = await iterator()
    await kinesis.send(new DeleteStreamCommand({StreamName: 'usage'}))
    await create()

    await expect(get('nothing')).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Invalid ShardIterator.',
    })
    await expect(get(old)).rejects.toMatchObject({name: 'ExpiredIteratorException'})
    await expect(get(lost)).rejects.toMatchObject({name: 'ResourceNotFoundException'})
  })
})

it('keeps streams, records, tags and places over a restart', async () => {
  await create(2)
  await kinesis.send(new AddTagsToStreamCommand({StreamName: 'usage', Tags: {team: 'usage'}}))
  await kinesis.send(
    new IncreaseStreamRetentionPeriodCommand({StreamName: 'usage', RetentionPeriodHours: 72}),
  )
  const {SequenceNumber: before} = await put('1', 'a')
  const place = await iterator({ShardIteratorType: 'LATEST'})
  await endpoint.close()

  endpoint = await testEndpoint(endpoint.dataDir)
  kinesis = client()
  const {SequenceNumber: after} = await put('2', 'a')
  const {StreamDescriptionSummary} = await kinesis.send(
    new DescribeStreamSummaryCommand({StreamName: 'usage'}),
  )
  const {Tags} = await kinesis.send(new ListTagsForStreamCommand({StreamName: 'usage'}))

  expect(await read()).toEqual(['1', '2'])
  expect((await get(place)).texts).toEqual(['2'])
  expect(BigInt(after ?? 0) > BigInt(before ?? 0)).toBe(true)
  expect(StreamDescriptionSummary).toMatchObject({OpenShardCount: 2, RetentionPeriodHours: 72})
  expect(Tags).toEqual([{Key: 'team', Value: 'usage'}])
})
