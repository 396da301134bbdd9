import type {
  DeleteMessageBatchCommandInput,
  DeleteMessageBatchCommandOutput,
  DeleteMessageCommandInput,
  DeleteMessageCommandOutput,
} from '@aws-sdk/client-sqs'
import type {Operation} from '../../platform'
import {checkEntries, orAbsent, runEntries} from './batch'
import type {MessageStore} from './message-store'
import type {QueueMetrics} from './queue-metrics'
import type {QueueStore} from './queue-store'
import {receiptOf} from './receipt'

/** Deletes a received message; also without complaint when it is gone already. Throws `ReceiptHandleIsInvalid`. */
export function deleteMessage(
  queues: QueueStore,
  messages: MessageStore,
  metrics: QueueMetrics,
): Operation<DeleteMessageCommandInput, DeleteMessageCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    await messages.delete([receiptOf(input.ReceiptHandle, queue)])
    metrics.deleted(queue, 1, ctx.now)
    return {}
  }
}

/** Deletes up to ten received messages. */
export function deleteMessageBatch(
  queues: QueueStore,
  messages: MessageStore,
  metrics: QueueMetrics,
): Operation<DeleteMessageBatchCommandInput, DeleteMessageBatchCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const entries = checkEntries(input.Entries, 'DeleteMessageBatchRequestEntry')
    const {done, failed} = await runEntries(entries, (entry) => receiptOf(entry.ReceiptHandle, queue))
    await messages.delete(done.map(({result}) => result))
    metrics.deleted(queue, done.length, ctx.now)
    return {Successful: orAbsent(done.map(({entry}) => ({Id: entry.Id}))), Failed: orAbsent(failed)}
  }
}
