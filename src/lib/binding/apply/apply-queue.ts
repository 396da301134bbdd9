import {OpError} from '../../core/errors'
import type {PolicyStatement} from '../../road/policies'
import type {QueueResource, Road} from '../../road/road'
import type {ApplyContext} from './apply-context'
import type {Change} from '../change'
import {statementsOf} from '../plan/differences'
import {readQueue} from '../read/read-queue'

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
 * Adds the rule's statement to the policy of a queue, dead-letter queue or target; the other statements stay. The policy is
 * read again, because several bindings may share the queue.
 */
export async function applyQueuePolicy(context: ApplyContext, change: Change): Promise<void> {
  const {SetQueueAttributesCommand} = await import('@aws-sdk/client-sqs')
  const client = await context.clients.sqs()
  const {name} = change
  const statements = queueStatements(context.road, name)
  const queue = await readQueue(context.clients, name, context.road.settings.accountId)
  if (!queue) throw new OpError('absent', 'NOT_FOUND', `Queue ${name} has gone.`)
  const sids = statements.map((statement) => statement.Sid)
  const others = statementsOf(queue.policy).filter((s) => !sids.includes((s as {Sid?: string}).Sid))
  const policy = {...versionAndId(queue.policy), Statement: [...others, ...statements]}
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

/** The binding's statements in the policy of the queue of this name: it is the dead-letter queue, or the target. */
export function queueStatements({queue, grant}: Road, name: string): readonly PolicyStatement[] {
  return queue?.name === name ? [queue.statement] : (grant?.statements ?? [])
}
