import type {
  Message as MessageShape,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
} from '@aws-sdk/client-sqs'
import {createHash} from 'node:crypto'
import type {Operation} from '../../platform'
import {outOfBounds} from './errors'
import {md5OfAttributes, selectAttributes, toAttributeValues} from './message-attributes'
import type {MessageStore, ReceivedMessage} from './message-store'
import type {QueueMetrics} from './queue-metrics'
import {numberOf, type QueueStore} from './queue-store'

/** Takes visible messages, waiting for one as long as asked. Throws `InvalidParameterValue`, `QueueDoesNotExist`. */
export function receiveMessage(
  queues: QueueStore,
  messages: MessageStore,
  metrics: QueueMetrics,
): Operation<ReceiveMessageCommandInput, ReceiveMessageCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const max = within(input.MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10) ?? 1
    const visibility = within(input.VisibilityTimeout, 'VisibilityTimeout', 0, 43_200)
    const wait = within(input.WaitTimeSeconds, 'WaitTimeSeconds', 0, 20)
    const received = await messages.receive(queue, {
      max,
      visibilitySeconds: visibility ?? numberOf(queue, 'VisibilityTimeout'),
      deadline: ctx.now + (wait ?? numberOf(queue, 'ReceiveMessageWaitTimeSeconds')) * 1000,
    })
    metrics.received(queue, received.length, ctx.now)
    if (received.length === 0) return {}
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- older clients ask with AttributeNames, and the service answers them
    const wanted = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])]
    return {Messages: received.map((one) => toShape(one, input.MessageAttributeNames, wanted, ctx.accountId))}
  }
}

function toShape(
  received: ReceivedMessage,
  attributeNames: readonly string[] | undefined,
  systemNames: readonly string[],
  accountId: string,
): MessageShape {
  const {message} = received
  const attributes = selectAttributes(message.attributes, attributeNames)
  const md5 = md5OfAttributes(attributes)
  const system = selectSystemAttributes(received, systemNames, accountId)
  return {
    MessageId: message.messageId,
    ReceiptHandle: received.receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? {Attributes: system} : {}),
    ...(md5 === undefined
      ? {}
      : {MD5OfMessageAttributes: md5, MessageAttributes: toAttributeValues(attributes)}),
  }
}

function selectSystemAttributes(
  {message, receiveCount, firstReceivedAt}: ReceivedMessage,
  wanted: readonly string[],
  accountId: string,
): NonNullable<MessageShape['Attributes']> {
  const trace = message.systemAttributes['AWSTraceHeader']?.value
  const all: Record<string, string | undefined> = {
    SenderId: accountId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    MessageGroupId: message.messageGroupId,
    AWSTraceHeader: typeof trace === 'string' ? trace : undefined,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  }
  const chosen = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name))
  return Object.fromEntries(chosen.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function within(value: number | undefined, name: string, min: number, max: number): number | undefined {
  if (value !== undefined && (!Number.isInteger(value) || value < min || value > max)) {
    throw outOfBounds(value, name, min, max)
  }
  return value
}
