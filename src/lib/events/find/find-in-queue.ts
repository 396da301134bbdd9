import type {Message, SQSClient} from '@aws-sdk/client-sqs'
import {toOpError} from '../../aws/map-sdk-error'
import type {FoundEvent} from './found-event'
import {idsIn} from './ids-in'

/** For so long nobody else receives what is looked at; it is let go again at the end. */
const hiddenSeconds = 60
const mostMessages = 10_000

/**
 * Looks for events among the messages of a dead-letter queue, which stay there: they are received, and made visible again at the end. Throws
 * what SQS refuses.
 */
export async function* findInQueue(
  sqs: SQSClient,
  {queueUrl, signal}: {queueUrl: string; signal: AbortSignal},
  ids: ReadonlySet<string>,
): AsyncGenerator<FoundEvent> {
  const held: string[] = []
  try {
    for (let messages = await receive(sqs, queueUrl, signal); messages.length > 0;) {
      for (const message of messages) {
        held.push(message.ReceiptHandle ?? '')
        const found = idsIn(message.Body ?? '', ids)
        if (found)
          yield {hop: 'dead-letters', ...found, place: queueUrl, ...causeOf(message), text: message.Body}
      }
      messages = held.length >= mostMessages ? [] : await receive(sqs, queueUrl, signal)
    }
  } finally {
    await letGo(sqs, queueUrl, held)
  }
}

async function receive(sqs: SQSClient, queueUrl: string, signal: AbortSignal): Promise<Message[]> {
  const {ReceiveMessageCommand} = await import('@aws-sdk/client-sqs')
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: hiddenSeconds,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['SentTimestamp'],
    // A short poll may miss messages that are there.
    WaitTimeSeconds: 1,
  })
  try {
    return (await sqs.send(command, {abortSignal: signal})).Messages ?? []
  } catch (error) {
    throw toOpError(error, `look into the queue ${queueUrl}`)
  }
}

/** What EventBridge says of a delivery that it gave up: attributes ERROR_CODE and ERROR_MESSAGE of the message. */
function causeOf({MessageAttributes: attributes, Attributes: system}: Message): Partial<FoundEvent> {
  const [code, message] = ['ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attributes?.[name]?.StringValue)
  const sentAt = Number(system?.SentTimestamp)
  return {
    ...(sentAt > 0 ? {arrivedAt: new Date(sentAt).toISOString()} : {}),
    ...(code === undefined ? {} : {reason: message === undefined ? code : `${code}: ${message}`}),
  }
}

/** What cannot be let go comes back by itself. */
async function letGo(sqs: SQSClient, queueUrl: string, handles: readonly string[]): Promise<void> {
  const {ChangeMessageVisibilityBatchCommand} = await import('@aws-sdk/client-sqs')
  for (let at = 0; at < handles.length; at += 10) {
    const Entries = handles
      .slice(at, at + 10)
      .map((ReceiptHandle, i) => ({Id: String(i), ReceiptHandle, VisibilityTimeout: 0}))
    await sqs
      .send(new ChangeMessageVisibilityBatchCommand({QueueUrl: queueUrl, Entries}))
      .catch(() => undefined)
  }
}
