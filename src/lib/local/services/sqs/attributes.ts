import type {
  GetQueueAttributesCommandInput,
  GetQueueAttributesCommandOutput,
  SetQueueAttributesCommandInput,
  SetQueueAttributesCommandOutput,
} from '@aws-sdk/client-sqs'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {MessageStore} from './message-store'
import {checkAttributes, defaults} from './queue-attributes'
import type {Queue, QueueStore} from './queue-store'

/** Attributes that are there for every queue; `Policy` and `RedrivePolicy` only where they are set. */
const known = new Set([
  ...[
    'All',
    'Policy',
    'RedrivePolicy',
    'RedriveAllowPolicy',
    'SqsManagedSseEnabled',
    'QueueArn',
    'FifoQueue',
  ],
  ...['CreatedTimestamp', 'LastModifiedTimestamp', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
  ...[
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ],
  ...['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'],
  ...Object.keys(defaults),
])

/** The attributes asked for, as texts; moments in seconds since 1970. Throws `QueueDoesNotExist`, `InvalidAttributeName`. */
export function getQueueAttributes(
  queues: QueueStore,
  messages: MessageStore,
): Operation<GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput> {
  return (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const wanted = new Set<string>(input.AttributeNames)
    for (const name of wanted) {
      if (!known.has(name)) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`)
    }
    if (wanted.size === 0) return {}
    const isWanted = (name: string): boolean => wanted.has('All') || wanted.has(name)
    const counts = [...wanted].some((name) => name === 'All' || name.startsWith('Approximate'))
    const all: Record<string, string> = {...attributesOf(queue), ...(counts ? countsOf(queue, messages) : {})}
    const chosen = Object.entries(all).filter(([name]) => isWanted(name))
    return chosen.length > 0 ? {Attributes: Object.fromEntries(chosen)} : {}
  }
}

/** Changes attributes; an empty policy takes it away. Throws `InvalidAttributeName`, `InvalidAttributeValue`, `QueueDoesNotExist`. */
export function setQueueAttributes(
  queues: QueueStore,
): Operation<SetQueueAttributesCommandInput, SetQueueAttributesCommandOutput> {
  return (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const changed = checkAttributes(input.Attributes, (arn) => queues.byArn(arn) !== undefined)
    queues.save({...queue, attributes: {...queue.attributes, ...changed}, modifiedAt: ctx.now})
    return {}
  }
}

function attributesOf(queue: Queue): Record<string, string> {
  const set = Object.entries(queue.attributes).filter(([, value]) => value !== '')
  return {
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ...defaults,
    SqsManagedSseEnabled: 'true',
    ...Object.fromEntries(set),
  }
}

function countsOf(queue: Queue, messages: MessageStore): Record<string, string> {
  const {visible, notVisible, delayed} = messages.counts(queue)
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(notVisible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  }
}
