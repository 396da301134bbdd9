import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SendMessageBatchRequestEntry,
  SendMessageCommandInput,
  SendMessageCommandOutput,
} from '@aws-sdk/client-sqs'
import {createHash, randomUUID} from 'node:crypto'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {checkEntries, orAbsent, runEntries} from './batch'
import {invalidParameter, missingParameter, outOfBounds} from './errors'
import {md5OfAttributes, messageAttributesOf, sizeOfAttributes} from './message-attributes'
import type {Message, MessageStore} from './message-store'
import type {QueueMetrics} from './queue-metrics'
import {numberOf, type Queue, type QueueStore} from './queue-store'

/** Batch requests as a whole (SQS developer guide, "Message quotas"). */
const maxBatchBytes = 1_048_576

/** Puts a message into a queue. Throws `InvalidParameterValue`, `InvalidMessageContents`, `MissingParameter`, `QueueDoesNotExist`. */
export function sendMessage(
  queues: QueueStore,
  messages: MessageStore,
  metrics: QueueMetrics,
): Operation<SendMessageCommandInput, SendMessageCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const message = toMessage(input, queue, ctx.now)
    await messages.send(queue, [message])
    metrics.sent(queue, 1, ctx.now)
    return resultOf(message)
  }
}

/** Puts up to ten messages into a queue; what is wrong with one of them does not keep the others back. */
export function sendMessageBatch(
  queues: QueueStore,
  messages: MessageStore,
  metrics: QueueMetrics,
): Operation<SendMessageBatchCommandInput, SendMessageBatchCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const entries = checkEntries(input.Entries, 'SendMessageBatchRequestEntry')
    const sizeBytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody ?? ''), 0)
    if (sizeBytes > maxBatchBytes) {
      throw new ServiceError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${maxBatchBytes} bytes. You have sent ${sizeBytes} bytes.`,
      )
    }
    const {done, failed} = await runEntries(entries, (entry) => toMessage(entry, queue, ctx.now))
    await messages.send(
      queue,
      done.map(({result}) => result),
    )
    metrics.sent(queue, done.length, ctx.now)
    const successful = done.map(({entry, result}) => ({Id: entry.Id, ...resultOf(result)}))
    return {Successful: orAbsent(successful), Failed: orAbsent(failed)}
  }
}

function toMessage(given: Omit<SendMessageBatchRequestEntry, 'Id'>, queue: Queue, now: number): Message {
  const body = bodyOf(given.MessageBody)
  const attributes = messageAttributesOf(given.MessageAttributes)
  const systemAttributes = messageAttributesOf(given.MessageSystemAttributes)
  const maxBytes = numberOf(queue, 'MaximumMessageSize')
  if (Buffer.byteLength(body) + sizeOfAttributes(attributes) > maxBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    )
  }
  if (given.MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      `Value ${given.MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    )
  }
  return {
    messageId: randomUUID(),
    body,
    attributes,
    systemAttributes,
    ...(given.MessageGroupId === undefined ? {} : {messageGroupId: given.MessageGroupId}),
    sentAt: now,
    availableAt: now + delayOf(given.DelaySeconds, queue) * 1000,
  }
}

function bodyOf(body: string | undefined): string {
  if (body === undefined || body === '') throw missingParameter('MessageBody')

  const bad = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(body)
  if (bad) {
    throw new ServiceError(
      'InvalidMessageContents',
      `Invalid binary character '#x${bad[0].charCodeAt(0).toString(16)}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF`,
    )
  }
  return body
}

function delayOf(seconds: number | undefined, queue: Queue): number {
  if (seconds === undefined) return numberOf(queue, 'DelaySeconds')
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 900)
    throw outOfBounds(seconds, 'DelaySeconds', 0, 900)
  return seconds
}

function resultOf(message: Message): Omit<SendMessageCommandOutput, '$metadata'> & {
  MessageId: string
  MD5OfMessageBody: string
} {
  const md5 = md5OfAttributes(message.attributes)
  const systemMd5 = md5OfAttributes(message.systemAttributes)
  return {
    MessageId: message.messageId,
    MD5OfMessageBody: createHash('md5').update(message.body).digest('hex'),
    ...(md5 === undefined ? {} : {MD5OfMessageAttributes: md5}),
    ...(systemMd5 === undefined ? {} : {MD5OfMessageSystemAttributes: systemMd5}),
  }
}
