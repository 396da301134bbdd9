import {OpError} from '../../core/errors'
import {queueStatements} from '../apply/apply-queue'
import type {Change} from '../change'
import {statementsOf} from '../plan/differences'
import {readQueue} from '../read/read-queue'
import {countMessages} from '../read/read-surroundings'
import type {RemovalContext} from './remove'
import {unlessGone} from '../../aws/unless-gone'

/** Deletes the queue, unless a message has come in since the plan was made. Throws `QUEUE_NOT_EMPTY` (service). */
export async function removeQueue({clients, actual, road}: RemovalContext): Promise<void> {
  const {DeleteQueueCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const url = actual.queue?.url ?? ''
  if ((await countMessages(clients, url)) > 0) {
    throw new OpError(
      'service',
      'QUEUE_NOT_EMPTY',
      `Queue ${road.queue?.name ?? ''} has got a message meanwhile.`,
      {
        hint: 'A queue with messages is never deleted: each is an event that was not delivered.',
      },
    )
  }
  await unlessGone(() => client.send(new DeleteQueueCommand({QueueUrl: url})))
}

/** Takes the binding's statements out of the policy of a queue, which is read again for it; the others stay. */
export async function removeQueueStatement({clients, road}: RemovalContext, {name}: Change): Promise<void> {
  const {SetQueueAttributesCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const actual = await readQueue(clients, name, road.settings.accountId)
  if (!actual) return
  const sids = queueStatements(road, name).map((statement) => statement.Sid)
  const others = statementsOf(actual.policy).filter((s) => !sids.includes((s as {Sid?: string}).Sid))
  // SQS takes an empty text for no policy; a policy must have a statement.
  const text = others.length === 0 ? '' : JSON.stringify({...(actual.policy as object), Statement: others})
  await client.send(new SetQueueAttributesCommand({QueueUrl: actual.url, Attributes: {Policy: text}}))
}
