import {EventBridgeClient, ListEventBusesCommand, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {FirehoseClient, DescribeDeliveryStreamCommand} from '@aws-sdk/client-firehose'
import {GlueClient, ListDevEndpointsCommand} from '@aws-sdk/client-glue'
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {call, signedFor} from './_call'

let endpoint: TestEndpoint

beforeAll(async () => {
  endpoint = await testEndpoint()
})

afterAll(() => discard(endpoint))

const post = (target: string, body: string | Buffer) =>
  call(endpoint.url, {headers: {'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1'}, body})

describe('AWS JSON', () => {
  it('answers in the content type of the service, with an id of the request', async () => {
    const {status, headers, body} = await post('AWSEvents.ListEventBuses', '{}')

    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(JSON.parse(body)).toMatchObject({EventBuses: [{Name: 'default'}]})
  })

  it('takes an empty body for an empty object, null for absent, and does not mind unknown members', async () => {
    const named = (body: string) => post('AWSEvents.ListEventBuses', body)

    expect((await named('')).status).toBe(200)
    expect((await named('{"NamePrefix":null,"Limit":null,"SomethingNew":{"a":1}}')).status).toBe(200)
  })

  it.each(['{"Entries":[', 'no json', '[1]', '"text"'])(
    'refuses the body %s as SerializationException',
    async (body) => {
      const answer = await post('AWSEvents.PutEvents', body)

      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({__type: 'SerializationException'})
    },
  )

  it.each([
    ['a number for a text', '{"Name":7,"EventPattern":"{}"}'],
    ['a text for a list', '{"Name":"r","Tags":"x"}'],
  ])('refuses %s as SerializationException', async (_what, body) => {
    expect(JSON.parse((await post('AWSEvents.PutRule', body)).body)).toMatchObject({
      __type: 'SerializationException',
    })
  })

  it('takes times with fractions of a second, and as whole seconds', async () => {
    const sqs = new SQSClient(endpoint.client)
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'times'}))
    const events = new EventBridgeClient(endpoint.client)

    const given = await events.send(
      new PutEventsCommand({
        Entries: [{Source: 's', DetailType: 't', Detail: '{}', Time: new Date(1_704_164_645_678)}],
      }),
    )
    const whole = await post(
      'AWSEvents.PutEvents',
      '{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}","Time":1704164645}]}',
    )
    const text = await post('AWSEvents.PutEvents', '{"Entries":[{"Source":"s","Time":"yesterday"}]}')

    expect(QueueUrl).toBe(`${endpoint.url}/000000000000/times`)
    expect(given.FailedEntryCount).toBe(0)
    expect(JSON.parse(whole.body)).toMatchObject({FailedEntryCount: 0})
    expect(JSON.parse(text.body)).toMatchObject({__type: 'SerializationException'})
  })

  it('carries bytes both ways, and refuses what is not base64', async () => {
    const sqs = new SQSClient(endpoint.client)
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'bytes'}))
    const bytes = Uint8Array.from([0, 255, 128, 10])
    await sqs.send(
      new SendMessageCommand({
        ...{QueueUrl, MessageBody: 'x'},
        MessageAttributes: {raw: {DataType: 'Binary', BinaryValue: bytes}},
      }),
    )

    const {Messages} = await sqs.send(new ReceiveMessageCommand({QueueUrl, MessageAttributeNames: ['All']}))
    const refused = await post(
      'Firehose_20150804.PutRecord',
      '{"DeliveryStreamName":"s","Record":{"Data":"no base64!"}}',
    )

    expect(Messages?.[0]?.MessageAttributes?.['raw']?.BinaryValue).toEqual(bytes)
    expect(JSON.parse(refused.body)).toMatchObject({__type: 'SerializationException'})
  })

  it('names the missing member', async () => {
    expect(JSON.parse((await post('Firehose_20150804.DescribeDeliveryStream', '{}')).body)).toEqual({
      __type: expect.any(String),
      message:
        "1 validation error detected: Value null at 'deliveryStreamName' failed to satisfy constraint: Member must not be null",
    })
  })

  it('says which service has no such operation, and which operation is not here', async () => {
    const unknown = await post('AWSEvents.MakeCoffee', '{}')
    expect(unknown.status).toBe(400)
    expect(JSON.parse(unknown.body)).toEqual({
      __type: 'UnknownOperationException',
      message: 'The service events has no operation "MakeCoffee".',
    })

    await expect(new GlueClient(endpoint.client).send(new ListDevEndpointsCommand({}))).rejects.toMatchObject(
      {
        name: 'UnknownOperationException',
        message: expect.stringContaining('ListDevEndpoints'),
      },
    )
  })

  it.each([
    ['a target', {'x-amz-target': 'DynamoDB_20120810.ListTables'}, 'DynamoDB_20120810.ListTables'],
    ['a signature', {authorization: signedFor('lambda')}, 'lambda'],
  ])('says that there is no such service: by %s', async (_what, headers, name) => {
    const {status, body} = await call(endpoint.url, {headers, body: '{}'})

    expect(status).toBe(400)
    expect(JSON.parse(body)).toEqual({
      __type: 'UnknownOperationException',
      message: `This local endpoint has no service "${name}". See docs/local-endpoint.md for what is there.`,
    })
  })

  it('gives errors the names that clients know, also those of the query protocol', async () => {
    await expect(
      new FirehoseClient(endpoint.client).send(new DescribeDeliveryStreamCommand({DeliveryStreamName: 'x'})),
    ).rejects.toMatchObject({name: 'ResourceNotFoundException', $metadata: {httpStatusCode: 400}})
    await expect(
      new SQSClient(endpoint.client).send(new GetQueueUrlCommand({QueueName: 'missing'})),
    ).rejects.toMatchObject({name: expect.stringMatching(/QueueDoesNotExist|NonExistentQueue/)})
  })

  it('takes the region from the signature, and us-east-1 without one', async () => {
    const arnIn = async (headers: Record<string, string>) => {
      const target = {'x-amz-target': 'AWSEvents.DescribeEventBus'}
      const {body} = await call(endpoint.url, {headers: {...target, ...headers}, body: '{}'})
      return (JSON.parse(body) as {Arn: string}).Arn
    }

    expect(await arnIn({authorization: signedFor('events', 'ap-south-1')})).toContain(':ap-south-1:')
    expect(await arnIn({})).toContain(':us-east-1:')
  })

  it('refuses a body of more than 32 MiB with 413 and goes on serving', async () => {
    const answer = await post('AWSEvents.PutEvents', Buffer.alloc(32 * 1024 * 1024 + 1, 'x'))

    expect(answer.status).toBe(413)
    const events = new EventBridgeClient(endpoint.client)
    expect((await events.send(new ListEventBusesCommand({}))).EventBuses).toHaveLength(1)
  })
})
