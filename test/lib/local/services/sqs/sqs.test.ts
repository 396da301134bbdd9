import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
  type Message,
  type QueueAttributeName,
} from '@aws-sdk/client-sqs'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

let endpoint: TestEndpoint
let sqs: SQSClient
let nextQueue = 0

async function makeQueue(Attributes: Partial<Record<QueueAttributeName, string>> = {}): Promise<string> {
  nextQueue += 1
  const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: `queue-${nextQueue}`, Attributes}))
  return QueueUrl ?? ''
}

const send = (QueueUrl: string, MessageBody: string, parts: object = {}) =>
  sqs.send(new SendMessageCommand({QueueUrl, MessageBody, ...parts}))

async function receive(QueueUrl: string, parts: object = {}): Promise<Message[]> {
  const {Messages} = await sqs.send(new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10, ...parts}))
  return Messages ?? []
}

const bodies = (messages: Message[]): (string | undefined)[] => messages.map(({Body}) => Body)

async function attributes(QueueUrl: string, ...AttributeNames: QueueAttributeName[]) {
  return (await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames}))).Attributes
}

async function counts(QueueUrl: string): Promise<string[]> {
  const found = await attributes(QueueUrl, 'All')
  return [
    found?.ApproximateNumberOfMessages ?? '',
    found?.ApproximateNumberOfMessagesNotVisible ?? '',
    found?.ApproximateNumberOfMessagesDelayed ?? '',
  ]
}

beforeAll(async () => {
  endpoint = await testEndpoint()
  sqs = new SQSClient(endpoint.client)
})

afterAll(async () => {
  sqs.destroy()
  await discard(endpoint)
})

describe('queues', () => {
  it("have an address at this endpoint and an ARN in the caller's region", async () => {
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'usage-dlq'}))

    expect(QueueUrl).toBe(`${endpoint.url}/000000000000/usage-dlq`)
    expect(await attributes(QueueUrl ?? '', 'QueueArn')).toEqual({
      QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:usage-dlq',
    })
    expect((await sqs.send(new GetQueueUrlCommand({QueueName: 'usage-dlq'}))).QueueUrl).toBe(QueueUrl)
  })

  it('are made again without harm when nothing differs, and refused when something does', async () => {
    await sqs.send(new CreateQueueCommand({QueueName: 'again', Attributes: {VisibilityTimeout: '40'}}))

    await expect(
      sqs.send(
        new CreateQueueCommand({
          QueueName: 'again',
          Attributes: {VisibilityTimeout: '40', DelaySeconds: '0'},
        }),
      ),
    ).resolves.toMatchObject({QueueUrl: `${endpoint.url}/000000000000/again`})
    await expect(
      sqs.send(new CreateQueueCommand({QueueName: 'again', Attributes: {VisibilityTimeout: '41'}})),
    ).rejects.toMatchObject({
      name: expect.stringMatching(/^(QueueNameExists|QueueAlreadyExists)$/),
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    })
  })

  it('belong to a region', async () => {
    await sqs.send(new CreateQueueCommand({QueueName: 'regional'}))
    const other = new SQSClient({...endpoint.client, region: 'us-west-2'})

    await expect(other.send(new GetQueueUrlCommand({QueueName: 'regional'}))).rejects.toMatchObject({
      message: 'The specified queue does not exist.',
      $metadata: {httpStatusCode: 400},
    })
  })

  it('are missing under both of the names that clients know', async () => {
    const missing = sqs.send(new GetQueueUrlCommand({QueueName: 'nowhere'}))

    await expect(missing).rejects.toMatchObject({
      name: expect.stringMatching(/QueueDoesNotExist|NonExistentQueue/),
    })
  })

  it.each(['', 'a b', 'x'.repeat(81), 'ä'])('are refused with the name %j', async (QueueName) => {
    await expect(sqs.send(new CreateQueueCommand({QueueName}))).rejects.toMatchObject({
      $metadata: {httpStatusCode: 400},
    })
  })

  it('of the FIFO kind are refused', async () => {
    await expect(
      sqs.send(new CreateQueueCommand({QueueName: 'a.fifo', Attributes: {FifoQueue: 'true'}})),
    ).rejects.toMatchObject({message: expect.stringContaining('FIFO')})
  })

  it.each([
    ['VisibilityTimeout', '43201', 'Invalid value for the parameter VisibilityTimeout.'],
    ['MessageRetentionPeriod', '59', 'Invalid value for the parameter MessageRetentionPeriod.'],
    ['DelaySeconds', 'soon', 'Invalid value for the parameter DelaySeconds.'],
    ['Policy', '{', 'Invalid value for the parameter Policy.'],
    ['RedrivePolicy', '{}', 'Invalid value for the parameter RedrivePolicy.'],
    ['QueueArn', 'x', 'Unknown Attribute QueueArn.'],
  ])('refuse the attribute %s of %s', async (name, value, message) => {
    const url = await makeQueue()

    await expect(
      sqs.send(new SetQueueAttributesCommand({QueueUrl: url, Attributes: {[name]: value}})),
    ).rejects.toMatchObject({message})
  })

  it('tell their attributes as texts', async () => {
    const url = await makeQueue({DelaySeconds: '5'})

    expect(await attributes(url, 'All')).toMatchObject({
      DelaySeconds: '5',
      VisibilityTimeout: '30',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
    })
    expect(await attributes(url, 'Policy')).toBeUndefined()
  })

  it('lose their policy when an empty one is set', async () => {
    const Policy = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}'
    const url = await makeQueue({Policy})
    expect(await attributes(url, 'Policy')).toEqual({Policy})

    await sqs.send(new SetQueueAttributesCommand({QueueUrl: url, Attributes: {Policy: ''}}))

    expect(await attributes(url, 'Policy')).toBeUndefined()
  })

  it('are listed by prefix, page by page', async () => {
    for (const QueueName of ['listed-a', 'listed-b', 'other'])
      await sqs.send(new CreateQueueCommand({QueueName}))

    const first = await sqs.send(new ListQueuesCommand({QueueNamePrefix: 'listed-', MaxResults: 1}))
    const second = await sqs.send(
      new ListQueuesCommand({QueueNamePrefix: 'listed-', MaxResults: 1, NextToken: first.NextToken}),
    )

    expect([first.QueueUrls, second.QueueUrls, second.NextToken]).toEqual([
      [`${endpoint.url}/000000000000/listed-a`],
      [`${endpoint.url}/000000000000/listed-b`],
      undefined,
    ])
    expect((await sqs.send(new ListQueuesCommand({QueueNamePrefix: 'none'}))).QueueUrls).toBeUndefined()
  })

  it('carry tags', async () => {
    const url = await makeQueue()
    await sqs.send(new TagQueueCommand({QueueUrl: url, Tags: {a: '1', b: '2'}}))
    await sqs.send(new UntagQueueCommand({QueueUrl: url, TagKeys: ['a']}))

    expect((await sqs.send(new ListQueueTagsCommand({QueueUrl: url}))).Tags).toEqual({b: '2'})
  })

  it('go with their messages, also from a later queue of the same name', async () => {
    const {QueueUrl = ''} = await sqs.send(new CreateQueueCommand({QueueName: 'going'}))
    await send(QueueUrl, 'old')
    await sqs.send(new DeleteQueueCommand({QueueUrl}))
    await expect(send(QueueUrl, 'x')).rejects.toMatchObject({message: 'The specified queue does not exist.'})

    await sqs.send(new CreateQueueCommand({QueueName: 'going'}))

    expect(await receive(QueueUrl)).toEqual([])
  })

  it('are found by a URL of any host', async () => {
    const url = await makeQueue()
    const name = url.slice(url.lastIndexOf('/') + 1)
    const client = new SQSClient({...endpoint.client, useQueueUrlAsEndpoint: false})

    await client.send(
      new SendMessageCommand({
        QueueUrl: `https://sqs.eu-west-1.amazonaws.com/000000000000/${name}`,
        MessageBody: 'x',
      }),
    )

    expect(bodies(await receive(url))).toEqual(['x'])
  })
})

describe('messages', () => {
  it('come with their id, MD5s and attributes, as far as they are asked for', async () => {
    const url = await makeQueue()
    const MessageAttributes = {
      RULE_ARN: {
        DataType: 'String',
        StringValue: 'arn:aws:events:eu-west-1:000000000000:rule/usage/api-usage',
      },
      RETRY_ATTEMPTS: {DataType: 'Number', StringValue: '3'},
      raw: {DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3])},
    }
    const sent = await send(url, 'Grüße', {MessageAttributes})

    const [message] = await receive(url, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    })

    expect(sent).toMatchObject({
      MD5OfMessageBody: '49c5f675b49037b6044b803ac9d1a6d7',
      MD5OfMessageAttributes: message?.MD5OfMessageAttributes,
    })
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße',
      MessageAttributes,
      Attributes: {
        ApproximateReceiveCount: '1',
        SenderId: '000000000000',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
    })
  })

  it('come without attributes that nobody asked for, and by prefix', async () => {
    const url = await makeQueue({VisibilityTimeout: '0'})
    const text = (StringValue: string) => ({DataType: 'String', StringValue})
    await send(url, 'x', {MessageAttributes: {'a.one': text('1'), 'a.two': text('2'), b: text('3')}})

    const [plain] = await receive(url)
    const [some] = await receive(url, {MessageAttributeNames: ['a.*']})

    expect([plain?.Attributes, plain?.MessageAttributes]).toEqual([undefined, undefined])
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['a.one', 'a.two'])
  })

  it('have the MD5 of attributes that SQS computes', async () => {
    const url = await makeQueue()

    const sent = await send(url, 'x', {
      MessageAttributes: {timestamp: {DataType: 'Number', StringValue: '1493147359900'}},
    })

    expect(sent.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c')
  })

  it('come in the order of sending, up to the number asked for', async () => {
    const url = await makeQueue()
    for (const body of ['1', '2', '3']) await send(url, body)

    expect(bodies(await receive(url, {MaxNumberOfMessages: 2}))).toEqual(['1', '2'])
    expect(bodies(await receive(url))).toEqual(['3'])
  })

  it('are hidden after a receive until their time is over, and count their receives', async () => {
    const url = await makeQueue()
    await send(url, 'x')
    await receive(url)
    expect(await receive(url)).toEqual([])
    expect(await counts(url)).toEqual(['0', '1', '0'])

    await endpoint.advance(30_001)

    const [again] = await receive(url, {MessageSystemAttributeNames: ['ApproximateReceiveCount']})
    expect(again?.Attributes).toEqual({ApproximateReceiveCount: '2'})
  })

  it('are delayed as they or their queue say', async () => {
    const url = await makeQueue({DelaySeconds: '60'})
    await send(url, 'by queue')
    await send(url, 'at once', {DelaySeconds: 0})

    expect(bodies(await receive(url))).toEqual(['at once'])
    expect(await counts(url)).toEqual(['0', '1', '1'])
    await endpoint.advance(60_001)

    expect(bodies(await receive(url))).toContain('by queue')
  })

  it('are gone after their retention', async () => {
    const url = await makeQueue({MessageRetentionPeriod: '60'})
    await send(url, 'x')

    await endpoint.advance(60_000)

    expect(await counts(url)).toEqual(['0', '0', '0'])
    expect(await receive(url)).toEqual([])
  })

  it('are waited for', async () => {
    const url = await makeQueue()
    const waiting = receive(url, {WaitTimeSeconds: 20})

    await send(url, 'at last')

    expect(bodies(await waiting)).toEqual(['at last'])
  })

  it("are waited for on the endpoint's clock", async () => {
    const url = await makeQueue()
    let answered = false
    const waiting = receive(url, {WaitTimeSeconds: 20}).then((messages) => {
      answered = true
      return messages
    })

    while (!answered) {
      await endpoint.advance(5000)
      await counts(url)
    }

    expect(await waiting).toEqual([])
  })

  it('are received by one of many', async () => {
    const url = await makeQueue()
    await Promise.all(Array.from({length: 30}, (_, n) => send(url, String(n))))

    const received = await Promise.all(Array.from({length: 10}, () => receive(url, {MaxNumberOfMessages: 5})))

    const found = bodies(received.flat())
    expect([found.length, new Set(found).size]).toEqual([30, 30])
  })

  it('are deleted by the latest receipt, and again without complaint', async () => {
    const url = await makeQueue()
    await send(url, 'x')
    const [first] = await receive(url, {VisibilityTimeout: 0})
    const [second] = await receive(url)

    await sqs.send(new DeleteMessageCommand({QueueUrl: url, ReceiptHandle: first?.ReceiptHandle}))
    expect(await counts(url)).toEqual(['0', '1', '0'])
    await sqs.send(new DeleteMessageCommand({QueueUrl: url, ReceiptHandle: second?.ReceiptHandle}))
    await sqs.send(new DeleteMessageCommand({QueueUrl: url, ReceiptHandle: second?.ReceiptHandle}))

    expect(await counts(url)).toEqual(['0', '0', '0'])
  })

  it('are not deleted by a receipt of another queue', async () => {
    const [url, other] = [await makeQueue(), await makeQueue()]
    await send(url, 'x')
    const [message] = await receive(url)

    await expect(
      sqs.send(new DeleteMessageCommand({QueueUrl: other, ReceiptHandle: message?.ReceiptHandle})),
    ).rejects.toMatchObject({name: 'ReceiptHandleIsInvalid'})
  })

  it('are visible again when a receiver gives them back', async () => {
    const url = await makeQueue()
    await send(url, 'x')
    const [message] = await receive(url)

    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    )

    expect(bodies(await receive(url))).toEqual(['x'])
  })

  it('cannot be held by a receipt whose time is over', async () => {
    const url = await makeQueue()
    await send(url, 'x')
    const [message] = await receive(url, {VisibilityTimeout: 0})

    await expect(
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout: 10,
        }),
      ),
    ).rejects.toMatchObject({message: expect.stringContaining('not available for visibility timeout change')})
  })

  it('are gone after a purge, which is done once a minute', async () => {
    const url = await makeQueue()
    await send(url, 'x')

    await sqs.send(new PurgeQueueCommand({QueueUrl: url}))
    expect(await counts(url)).toEqual(['0', '0', '0'])
    await expect(sqs.send(new PurgeQueueCommand({QueueUrl: url}))).rejects.toMatchObject({
      $metadata: {httpStatusCode: 403},
    })
    await endpoint.advance(60_000)

    await expect(sqs.send(new PurgeQueueCommand({QueueUrl: url}))).resolves.toBeDefined()
  })

  it.each([
    ['no body', '', {}, 'The request must contain the parameter MessageBody.'],
    [
      'a body that is too long',
      'x'.repeat(1_048_577),
      {},
      'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    ],
    ['a control character', 'a\u0001', {}, expect.stringContaining("Invalid binary character '#x1'")],
    [
      'a long delay',
      'x',
      {DelaySeconds: 901},
      'Value 901 for parameter DelaySeconds is invalid. Reason: Must be between 0 and 900, if provided.',
    ],
    [
      'an empty attribute',
      'x',
      {MessageAttributes: {a: {DataType: 'String', StringValue: ''}}},
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
  ])('are refused with %s', async (_, body, parts, message) => {
    const url = await makeQueue()

    await expect(send(url, body, parts)).rejects.toMatchObject({message, $metadata: {httpStatusCode: 400}})
  })

  it('cannot be asked for by more than ten', async () => {
    await expect(receive(await makeQueue(), {MaxNumberOfMessages: 11})).rejects.toMatchObject({
      message:
        'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    })
  })

  it('are there after a restart, with their receives counted', async () => {
    const url = await makeQueue({VisibilityTimeout: '0'})
    await send(url, 'lasting')
    await receive(url)
    const name = url.slice(url.lastIndexOf('/') + 1)

    await endpoint.close()
    endpoint = await testEndpoint(endpoint.dataDir)
    sqs = new SQSClient(endpoint.client)

    const [message] = await receive(`${endpoint.url}/000000000000/${name}`, {
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    })
    expect([message?.Body, message?.Attributes]).toEqual(['lasting', {ApproximateReceiveCount: '2'}])
  })
})

describe('batches', () => {
  it('keep what is right and say what is wrong', async () => {
    const url = await makeQueue()

    const {Successful, Failed} = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          {Id: 'good', MessageBody: 'good'},
          {Id: 'bad', MessageBody: 'bad', DelaySeconds: 901},
        ],
      }),
    )

    expect(Successful).toMatchObject([{Id: 'good', MD5OfMessageBody: '755f85c2723bb39381c7379a604160d8'}])
    expect(Failed).toEqual([
      {
        Id: 'bad',
        SenderFault: true,
        Code: 'InvalidParameterValue',
        Message:
          'Value 901 for parameter DelaySeconds is invalid. Reason: Must be between 0 and 900, if provided.',
      },
    ])
    expect(bodies(await receive(url))).toEqual(['good'])
  })

  it('have no list of failures where nothing failed', async () => {
    const url = await makeQueue()

    const result = await sqs.send(
      new SendMessageBatchCommand({QueueUrl: url, Entries: [{Id: 'a', MessageBody: 'a'}]}),
    )

    expect(result.Failed).toBeUndefined()
  })

  it('delete many at once', async () => {
    const url = await makeQueue()
    for (const body of ['1', '2']) await send(url, body)
    const Entries = (await receive(url)).map(({ReceiptHandle}, n) => ({Id: String(n), ReceiptHandle}))

    const result = await sqs.send(
      new DeleteMessageBatchCommand({QueueUrl: url, Entries: [...Entries, {Id: 'no', ReceiptHandle: 'no'}]}),
    )

    expect(result.Successful).toEqual([{Id: '0'}, {Id: '1'}])
    expect(result.Failed).toMatchObject([{Id: 'no', Code: 'ReceiptHandleIsInvalid'}])
    expect(await counts(url)).toEqual(['0', '0', '0'])
  })

  it.each([
    ['no entries', [], 'There should be at least one SendMessageBatchRequestEntry in the request.'],
    [
      'eleven entries',
      Array.from({length: 11}, (_, n) => ({Id: String(n), MessageBody: 'x'})),
      'Maximum number of entries per request are 10. You have sent 11.',
    ],
    [
      'an id twice',
      [
        {Id: 'a', MessageBody: 'x'},
        {Id: 'a', MessageBody: 'y'},
      ],
      'Id a repeated.',
    ],
    [
      'a bad id',
      [{Id: 'a b', MessageBody: 'x'}],
      expect.stringContaining('A batch entry id can only contain'),
    ],
    [
      'too many bytes',
      [
        {Id: 'a', MessageBody: 'x'.repeat(600_000)},
        {Id: 'b', MessageBody: 'x'.repeat(600_000)},
      ],
      'Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.',
    ],
  ])('are refused with %s', async (_, Entries, message) => {
    const url = await makeQueue()

    await expect(sqs.send(new SendMessageBatchCommand({QueueUrl: url, Entries}))).rejects.toMatchObject({
      message,
    })
  })
})

describe('a redrive policy', () => {
  it('moves a message to the dead-letter queue after as many receives as it says', async () => {
    const letters = await makeQueue()
    const deadLetterTargetArn = (await attributes(letters, 'QueueArn'))?.QueueArn
    const url = await makeQueue({
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({deadLetterTargetArn, maxReceiveCount: 2}),
    })
    const {MessageId} = await send(url, 'poison', {
      MessageAttributes: {a: {DataType: 'String', StringValue: '1'}},
    })

    expect([bodies(await receive(url)), bodies(await receive(url)), bodies(await receive(url))]).toEqual([
      ['poison'],
      ['poison'],
      [],
    ])

    const [letter] = await receive(letters, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
    })
    expect(letter).toMatchObject({
      MessageId,
      Body: 'poison',
      MessageAttributes: {a: {DataType: 'String', StringValue: '1'}},
      Attributes: {DeadLetterQueueSourceArn: (await attributes(url, 'QueueArn'))?.QueueArn},
    })
    expect(await counts(url)).toEqual(['0', '0', '0'])
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({QueueUrl: letters}))).queueUrls).toEqual([
      url,
    ])
  })

  it('is refused for a queue that is not there', async () => {
    const policy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:nowhere',
      maxReceiveCount: 2,
    })

    await expect(makeQueue({RedrivePolicy: policy})).rejects.toMatchObject({
      message: expect.stringContaining('Dead letter target does not exist.'),
    })
  })
})
