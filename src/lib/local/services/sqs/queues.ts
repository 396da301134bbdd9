import type {
  CreateQueueCommandInput,
  CreateQueueCommandOutput,
  DeleteQueueCommandInput,
  DeleteQueueCommandOutput,
  GetQueueUrlCommandInput,
  GetQueueUrlCommandOutput,
  ListDeadLetterSourceQueuesCommandInput,
  ListDeadLetterSourceQueuesCommandOutput,
  ListQueuesCommandInput,
  ListQueuesCommandOutput,
  PurgeQueueCommandInput,
  PurgeQueueCommandOutput,
} from '@aws-sdk/client-sqs'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {invalidParameter, noSuchQueue, outOfBounds, unsupported} from './errors'
import type {MessageStore} from './message-store'
import {checkAttributes, differingAttribute} from './queue-attributes'
import {redriveOf, urlOf, type QueueStore} from './queue-store'
import {withTags} from './tags'

/** One purge a minute (SQS API reference, PurgeQueue). */
const purgePauseMs = 60_000

/**
 * Makes a standard queue, or answers the address of the one that is there with the same attributes. Throws `QueueNameExists`,
 * `InvalidParameterValue`, `InvalidAttributeName`, `InvalidAttributeValue`, `UnsupportedOperation` (FIFO, KMS).
 */
export function createQueue(
  queues: QueueStore,
): Operation<CreateQueueCommandInput, CreateQueueCommandOutput> {
  return (input, ctx) => {
    const name = queueNameOf(input.QueueName)
    const attributes = checkAttributes(input.Attributes, (arn) => queues.byArn(arn) !== undefined)
    const existing = queues.find(ctx.region, name)
    const differing = existing && differingAttribute(attributes, existing.attributes)
    if (differing) {
      throw new ServiceError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${differing}`,
      )
    }
    return {QueueUrl: urlOf(existing ?? queues.create(name, attributes, withTags({}, input.tags), ctx), ctx)}
  }
}

/** The address of a queue. Throws `QueueDoesNotExist`. */
export function getQueueUrl(
  queues: QueueStore,
): Operation<GetQueueUrlCommandInput, GetQueueUrlCommandOutput> {
  return (input, ctx) => {
    const isOurs = (input.QueueOwnerAWSAccountId ?? ctx.accountId) === ctx.accountId
    const queue = isOurs ? queues.find(ctx.region, input.QueueName ?? '') : undefined
    if (!queue) throw noSuchQueue()
    return {QueueUrl: urlOf(queue, ctx)}
  }
}

/** The addresses of the region's queues, by name; 1000 at once, with a token only where `MaxResults` is given. */
export function listQueues(queues: QueueStore): Operation<ListQueuesCommandInput, ListQueuesCommandOutput> {
  return (input, ctx) => {
    const urls = queues.list(ctx.region, input.QueueNamePrefix).map((queue) => urlOf(queue, ctx))
    const {items, nextToken} = pageOfUrls(urls, input)
    return {
      ...(items.length > 0 ? {QueueUrls: items} : {}),
      ...(nextToken !== undefined && input.MaxResults !== undefined ? {NextToken: nextToken} : {}),
    }
  }
}

/** The addresses of queues whose messages go to this one after too many receives. Throws `QueueDoesNotExist`. */
export function listDeadLetterSourceQueues(
  queues: QueueStore,
): Operation<ListDeadLetterSourceQueuesCommandInput, ListDeadLetterSourceQueuesCommandOutput> {
  return (input, ctx) => {
    const {arn} = queues.ofUrl(input.QueueUrl, ctx)
    const sources = queues.list(ctx.region).filter((queue) => redriveOf(queue)?.deadLetterTargetArn === arn)
    const {items, nextToken} = pageOfUrls(
      sources.map((queue) => urlOf(queue, ctx)),
      input,
    )
    return {queueUrls: items, ...(nextToken === undefined ? {} : {NextToken: nextToken})}
  }
}

/** Removes a queue and its messages. Throws `QueueDoesNotExist`. */
export function deleteQueue(
  queues: QueueStore,
  messages: MessageStore,
): Operation<DeleteQueueCommandInput, DeleteQueueCommandOutput> {
  return (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    queues.delete(queue, () => messages.stageRemoval(queue))
    return {}
  }
}

/** Deletes every message of a queue. Throws `PurgeQueueInProgress` within 60 seconds of the last time. */
export function purgeQueue(
  queues: QueueStore,
  messages: MessageStore,
): Operation<PurgeQueueCommandInput, PurgeQueueCommandOutput> {
  return async (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    if (queue.purgedAt !== undefined && ctx.now < queue.purgedAt + purgePauseMs) {
      throw new ServiceError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        403,
      )
    }
    queues.save({...queue, purgedAt: ctx.now})
    await messages.purge(queue)
    return {}
  }
}

function queueNameOf(name = ''): string {
  if (name.endsWith('.fifo')) throw unsupported('A FIFO queue')
  if (/^[\w-]{1,80}$/.test(name)) return name
  throw invalidParameter(
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  )
}

function pageOfUrls(
  urls: string[],
  input: {MaxResults?: number | undefined; NextToken?: string | undefined},
) {
  const limit = input.MaxResults ?? 1000
  if (limit < 1 || limit > 1000) throw outOfBounds(limit, 'MaxResults', 1, 1000)
  const badToken = (): ServiceError =>
    invalidParameter(`Value ${input.NextToken ?? ''} for parameter NextToken is invalid.`)
  return pageOf(urls, {limit, token: input.NextToken, badToken})
}
