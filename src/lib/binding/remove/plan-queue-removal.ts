import type {Target} from '@aws-sdk/client-eventbridge'
import type {Change} from '../change'
import {statementsOf} from '../plan/differences'
import {ownedByStack} from '../plan/ownership'
import {because, foreign, removal} from './removal-view'
import type {RemovalView} from './removal-view'
import {statementKey} from './removal-keys'

/**
 * The dead-letter queue goes where it is empty and nobody else sends to it; where it stays, the binding's statement is
 * taken out of its policy. Messages are never deleted: each is an event that was not delivered.
 */
export function queueRemovals(view: RemovalView, targetsLeft: readonly Target[]): Change[] {
  const {road, actual, around, gone} = view
  if (!road.queue || !actual.queue) return []
  const {name, arn, statement} = road.queue
  const users = targetsLeft.filter((t) => t.DeadLetterConfig?.Arn === arn).map((t) => t.Id ?? '')
  const sids = statementsOf(actual.queue.policy).map(sidOf)
  const isOurs = sids.includes(statement.Sid)
  const stays = because('still used by target', users)
  if (stays === undefined) gone.add(statementKey(name, statement.Sid ?? ''))
  const others = sids.filter((sid) => !gone.has(statementKey(name, sid ?? '')))
  const reason =
    foreign(view, around.tags.queue) ??
    stays ??
    messages(around.messageCount) ??
    because(
      'its policy has other statements',
      others.map((sid) => sid ?? '(without Sid)'),
    )
  const line = removal('queue', name, reason)
  if (reason === undefined || !isOurs) return [line]
  return [removal('queue-policy', name, stays ?? ownedByStack(around.tags.queue)), line]
}

function messages(count: number): string | undefined {
  if (count === 0) return undefined
  return `holds ${count} ${count === 1 ? 'message' : 'messages'}`
}

function sidOf(statement: unknown): string | undefined {
  return (statement as {Sid?: string}).Sid
}
