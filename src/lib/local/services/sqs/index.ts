import type {Platform, Service} from '../../platform'
import {getQueueAttributes, setQueueAttributes} from './attributes'
import {deleteMessage, deleteMessageBatch} from './delete'
import {deliverTo} from './deliver'
import {MessageStore} from './message-store'
import {QueueMetrics} from './queue-metrics'
import {QueueStore} from './queue-store'
import {
  createQueue,
  deleteQueue,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  purgeQueue,
} from './queues'
import {receiveMessage} from './receive'
import {sendMessage, sendMessageBatch} from './send'
import {listQueueTags, tagQueue, untagQueue} from './tags'
import {changeMessageVisibility, changeMessageVisibilityBatch} from './visibility'

/** Amazon SQS: standard queues. FIFO queues and KMS are not there. */
export function create(platform: Platform): Service {
  const {roles, clock} = platform
  const metrics = new QueueMetrics(platform.metrics)
  const queues = new QueueStore(platform.store)
  const messages = new MessageStore(platform.store, platform.clock, (arn) => queues.byArn(arn))
  return {
    deliver: deliverTo(queues, messages, {roles, clock, metrics}),
    operations: {
      CreateQueue: createQueue(queues),
      GetQueueUrl: getQueueUrl(queues),
      ListQueues: listQueues(queues),
      ListDeadLetterSourceQueues: listDeadLetterSourceQueues(queues),
      DeleteQueue: deleteQueue(queues, messages),
      PurgeQueue: purgeQueue(queues, messages),
      GetQueueAttributes: getQueueAttributes(queues, messages),
      SetQueueAttributes: setQueueAttributes(queues),
      SendMessage: sendMessage(queues, messages, metrics),
      SendMessageBatch: sendMessageBatch(queues, messages, metrics),
      ReceiveMessage: receiveMessage(queues, messages, metrics),
      DeleteMessage: deleteMessage(queues, messages, metrics),
      DeleteMessageBatch: deleteMessageBatch(queues, messages, metrics),
      ChangeMessageVisibility: changeMessageVisibility(queues, messages),
      ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(queues, messages),
      TagQueue: tagQueue(queues),
      UntagQueue: untagQueue(queues),
      ListQueueTags: listQueueTags(queues),
    },
  }
}
