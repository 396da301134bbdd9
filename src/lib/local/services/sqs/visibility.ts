import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityBatchCommandOutput,
  ChangeMessageVisibilityCommandInput,
  ChangeMessageVisibilityCommandOutput,
} from '@aws-sdk/client-sqs'
import type {Operation} from '../../platform'
import {checkEntries, orAbsent, runEntries} from './batch'
import {invalidParameter, missingParameter, outOfBounds} from './errors'
import type {MessageStore} from './message-store'
import type {Queue, QueueStore} from './queue-store'
import {receiptOf} from './receipt'

/** Shortens or lengthens the time until a received message is visible again. Throws `InvalidParameterValue`, `ReceiptHandleIsInvalid`. */
export function changeMessageVisibility(
  queues: QueueStore,
  messages: MessageStore,
): Operation<ChangeMessageVisibilityCommandInput, ChangeMessageVisibilityCommandOutput> {
  return async (input, ctx) => {
    await change(queues.ofUrl(input.QueueUrl, ctx), messages, input)
    return {}
  }
}

/** The same for up to ten messages. */
export function changeMessageVisibilityBatch(
  queues: QueueStore,
  messages: MessageStore,
): Operation<ChangeMessageVisibilityBatchCommandInput, ChangeMessageVisibilityBatchCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const entries = checkEntries(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry')
    const {done, failed} = await runEntries(entries, (entry) => change(queue, messages, entry))
    return {Successful: orAbsent(done.map(({entry}) => ({Id: entry.Id}))), Failed: orAbsent(failed)}
  }
}

async function change(
  queue: Queue,
  messages: MessageStore,
  input: {ReceiptHandle: string | undefined; VisibilityTimeout?: number | undefined},
): Promise<void> {
  const seconds = input.VisibilityTimeout
  if (seconds === undefined) throw missingParameter('VisibilityTimeout')
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 43_200) {
    throw outOfBounds(seconds, 'VisibilityTimeout', 0, 43_200)
  }
  if (await messages.changeVisibility(receiptOf(input.ReceiptHandle, queue), seconds)) return
  throw invalidParameter(
    `Value ${input.ReceiptHandle ?? ''} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
  )
}
