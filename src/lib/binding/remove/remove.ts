import {OpError} from '../../core/errors'
import type {ApplyContext} from '../apply/apply-context'
import type {Change, ResourceKind} from '../change'
import {removeBusStatements} from './remove-bus-statements'
import {removeBus, removeDiscoverer, removeRule, removeTarget} from './remove-events'
import {removeBucket, removeDatabase, removeTable, removeWorkgroup} from './remove-lake'
import {removeQueue, removeQueueStatement} from './remove-queue'
import {removeResourcePolicy} from './remove-resource-policy'
import {removeRole, removeRolePolicy} from './remove-role'
import {removeStream} from './remove-stream'

/** What deleting needs. */
export type RemovalContext = Omit<ApplyContext, 'rolesChanged'>

type Remover = (context: RemovalContext, change: Change) => Promise<void>

const removers: Readonly<Record<ResourceKind, Remover>> = {
  target: removeTarget,
  rule: removeRule,
  discoverer: removeDiscoverer,
  stream: removeStream,
  policy: removeRolePolicy,
  role: removeRole,
  queue: removeQueue,
  'queue-policy': removeQueueStatement,
  'resource-policy': removeResourcePolicy,
  workgroup: removeWorkgroup,
  table: removeTable,
  database: removeDatabase,
  bucket: removeBucket,
  bus: removeBus,
  'bus-policy': removeBusStatements,
  archive: removeNoArchive,
}

/** A plan never asks for it: an archive holds events, and says a day late how many. */
function removeNoArchive(_context: RemovalContext, {name}: Change): Promise<void> {
  throw new OpError('bug', 'BUG', `The plan deletes the archive ${name}.`)
}

/** Makes one deletion. What has gone meanwhile is as good as deleted. Throws what the service answers. */
export async function remove(context: RemovalContext, change: Change): Promise<void> {
  if (change.action !== 'delete') {
    throw new OpError('bug', 'BUG', `A removal does not ${change.action} anything.`)
  }
  await removers[change.resource](context, change)
}
