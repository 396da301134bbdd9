import {OpError} from '../core/errors'
import type {QueueResource} from '../road/road'
import type {ApplyContext} from './apply-context'
import {statementsOf} from './differences'
import {readQueue} from './read-queue'

/** Makes the dead-letter queue. */
export async function applyQueue(context: ApplyContext): Promise<void> {
  const {CreateQueueCommand} = await import('@aws-sdk/client-sqs')
  const client = await context.clients.sqs()
  const queue = queueOf(context)
  await client.send(
    new CreateQueueCommand({
      QueueName: queue.name,
      Attributes: {MessageRetentionPeriod: String(queue.retentionSeconds)},
      tags: queue.tags,
    }),
  )
}

/**
 * Adds the rule's statement to the queue's policy; the other statements stay. The policy is read again, because several
 * bindings may share the queue.
 */
export async function applyQueuePolicy(context: ApplyContext): Promise<void> {
  const {SetQueueAttributesCommand} = await import('@aws-sdk/client-sqs')
  const client = await context.clients.sqs()
  const {name, statement} = queueOf(context)
  const queue = await readQueue(context.clients, name, context.road.settings.accountId)
  if (!queue) throw new OpError('absent', 'NOT_FOUND', `Queue ${name} has gone.`)
  const others = statementsOf(queue.policy).filter((s) => (s as {Sid?: unknown}).Sid !== statement.Sid)
  const policy = {...versionAndId(queue.policy), Statement: [...others, statement]}
  const Attributes = {Policy: JSON.stringify(policy)}
  await client.send(new SetQueueAttributesCommand({QueueUrl: queue.url, Attributes}))
}

function versionAndId(policy: unknown): object {
  const {Version = '2012-10-17', Id} = (policy ?? {}) as {Version?: string; Id?: string}
  return {Version, ...(Id !== undefined && {Id})}
}

function queueOf({road}: ApplyContext): QueueResource {
  if (road.queue) return road.queue
  throw new OpError('bug', 'BUG', 'The plan names a queue, and the road has none.')
}
