import type {Target} from '@aws-sdk/client-eventbridge'
import {PutTargetsCommand} from '@aws-sdk/client-eventbridge'
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {queueArn, Road} from '../eventbridge/road'

const streamArn = 'arn:aws:kinesis:eu-west-1:000000000000:stream/usage'

let endpoint: TestEndpoint
let kinesis: KinesisClient
let road: Road

const begin = async (dataDir?: string) => {
  endpoint = await testEndpoint(dataDir)
  kinesis = new KinesisClient({...endpoint.client, requestHandler: new NodeHttpHandler()})
  road = new Road(endpoint)
}

beforeEach(async () => {
  await begin()
  await kinesis.send(new CreateStreamCommand({StreamName: 'usage', ShardCount: 1}))
})

afterEach(() => discard(endpoint))

/** A rule to the stream with a dead-letter queue, whose role may do `action`. */
async function bind(more: Partial<Target> = {}, action = 'kinesis:PutRecord'): Promise<void> {
  const RoleArn = await road.role('send', action, streamArn)
  await road.queue('dlq')
  const target = {Id: 't', Arn: streamArn, RoleArn, DeadLetterConfig: {Arn: queueArn('dlq')}}
  await road.rule('usage', [{...target, ...more}])
}

async function records(): Promise<{key: string | undefined; text: string}[]> {
  await endpoint.flush()
  const shard = {StreamName: 'usage', ShardId: 'shardId-000000000000'}
  const {ShardIterator} = await kinesis.send(
    new GetShardIteratorCommand({...shard, ShardIteratorType: 'TRIM_HORIZON'}),
  )
  const {Records = []} = await kinesis.send(new GetRecordsCommand({ShardIterator}))
  return Records.map(({PartitionKey, Data}) => ({
    key: PartitionKey,
    text: Buffer.from(Data ?? []).toString(),
  }))
}

async function deadLetterCodes(): Promise<(string | undefined)[]> {
  const messages = await road.messages('dlq')
  return messages.map(({MessageAttributes}) => MessageAttributes?.['ERROR_CODE']?.StringValue)
}

describe('an event for a Kinesis stream', () => {
  it('arrives as a record of its own, by the event id as partition key', async () => {
    await bind()
    const ids = [await road.put({Detail: '{"n":1}'}), await road.put({Detail: '{"n":2}'})]

    const found = await records()

    expect(found.map(({key}) => key)).toEqual(ids)
    expect(found.map(({text}) => JSON.parse(text) as object)).toMatchObject([
      {id: ids[0], source: 'shop', detail: {n: 1}},
      {id: ids[1], source: 'shop', detail: {n: 2}},
    ])
    expect(await deadLetterCodes()).toEqual([])
  })

  it('goes by the partition key that the target names, out of the event as it was', async () => {
    await bind({
      KinesisParameters: {PartitionKeyPath: '$.detail.customer'},
      InputPath: '$.detail.n',
    })
    await road.put({Detail: '{"n":1,"customer":"acme"}'})
    await road.put({Detail: '{"n":2,"customer":12345678901234567890}'})

    expect(await records()).toEqual([
      {key: 'acme', text: '1'},
      {key: '12345678901234567890', text: '2'},
    ])
  })

  it('without the partition key that the target names goes to the dead-letter queue', async () => {
    await bind({KinesisParameters: {PartitionKeyPath: '$.detail.customer'}})
    await road.put({Detail: '{"customer":null}'})
    await road.put({Detail: '{"customer":""}'})

    expect(await records()).toEqual([])
    expect(await deadLetterCodes()).toEqual(['INVALID_PARAMETER', 'INVALID_PARAMETER'])
  })

  it('keeps its event id as the key where the target has an input of its own', async () => {
    await bind({Input: '{"id":"other"}'})
    const id = await road.put()

    expect(await records()).toEqual([{key: id, text: '{"id":"other"}'}])
  })

  it('goes to each of two targets on one stream by that target’s own key', async () => {
    const RoleArn = await road.role('send', 'kinesis:PutRecord', streamArn)
    const by = (Id: string, PartitionKeyPath: string) => ({
      ...{Id, Arn: streamArn, RoleArn, KinesisParameters: {PartitionKeyPath}},
    })
    await road.rule('usage', [by('a', '$.source'), by('b', '$.detail-type')])
    await road.put()

    expect((await records()).map(({key}) => key).sort()).toEqual(['order', 'shop'])
  })

  it('goes to the dead-letter queue where the role may not put records', async () => {
    await bind({}, 'kinesis:DescribeStream')
    await road.put()

    expect(await records()).toEqual([])
    expect(await deadLetterCodes()).toEqual(['NO_PERMISSIONS'])
  })

  it('goes to the dead-letter queue where the stream is gone', async () => {
    await bind()
    await kinesis.send(new DeleteStreamCommand({StreamName: 'usage'}))
    await road.put()
    await endpoint.flush()

    expect(await deadLetterCodes()).toEqual(['NO_RESOURCE'])
  })

  it('is there once after a restart, whether it was delivered before or not', async () => {
    await bind()
    const first = await road.put()
    await endpoint.flush()
    const second = await road.put()
    await endpoint.close()

    await begin(endpoint.dataDir)

    expect((await records()).map(({key}) => key)).toEqual([first, second])
  })
})

describe('PutTargets', () => {
  const target = {Id: 't', Arn: streamArn, RoleArn: 'arn:aws:iam::000000000000:role/send'}

  it.each<[string, Partial<Target>, string]>([
    ['no role', {RoleArn: undefined}, `RoleArn is required for target ${streamArn}.`],
    [
      'a path that is none',
      {KinesisParameters: {PartitionKeyPath: 'detail.id'}},
      'PartitionKeyPath for target t is invalid.',
    ],
    [
      'a partition key for a queue',
      {Arn: queueArn('q'), KinesisParameters: {PartitionKeyPath: '$.id'}},
      'Parameter(s) KinesisParameters not supported for target: t.',
    ],
  ])('refuses %s', async (_, more, message) => {
    await expect(
      road.events.send(new PutTargetsCommand({Rule: 'usage', Targets: [{...target, ...more}]})),
    ).rejects.toMatchObject({name: 'ValidationException', message})
  })
})
