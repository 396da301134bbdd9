import type {ApplyContext} from './apply-context'
import {applyDiscoverer} from './apply-discoverer'
import {applyArchive} from './apply-archive'
import {applyBusPolicy} from './apply-bus-policy'
import {applyBus, applyRule, applyTarget} from './apply-events'
import {applyBucket, applyDatabase, applyTable, applyWorkgroup} from './apply-lake'
import {applyQueue, applyQueuePolicy} from './apply-queue'
import {applyResourcePolicy} from './apply-resource-policy'
import {applyRole, applyRolePolicy} from './apply-role'
import {applyStream, waitUntilActive} from './apply-stream'
import {applyTags} from './apply-tags'
import type {Change, ResourceKind} from '../change'
import {inOrder} from '../plan/in-order'

type Applier = (context: ApplyContext, change: Change) => Promise<void>

const appliers: Readonly<Record<ResourceKind, Applier>> = {
  bus: applyBus,
  'bus-policy': applyBusPolicy,
  archive: applyArchive,
  bucket: applyBucket,
  role: applyRole,
  policy: applyRolePolicy,
  stream: applyStream,
  queue: applyQueue,
  'queue-policy': applyQueuePolicy,
  'resource-policy': applyResourcePolicy,
  database: applyDatabase,
  table: applyTable,
  workgroup: applyWorkgroup,
  discoverer: applyDiscoverer,
  rule: applyRule,
  target: applyTarget,
}

/**
 * Makes the changes of a plan, one after the other, and adds each to `done`; `onDone` hears of it. A stream is waited
 * for until it is ACTIVE. Throws a failure as it is where `done` is empty, else as `BINDING_PARTIAL` (partial), or
 * `INTERRUPTED`, naming what is done. Running the binding again goes on from there.
 */
export async function applyBinding(
  context: Omit<ApplyContext, 'rolesChanged'>,
  changes: readonly Change[],
  done: Change[] = [],
  onDone: (change: Change) => void = () => undefined,
): Promise<void> {
  const full: ApplyContext = {...context, rolesChanged: false}
  await inOrder(changes, (change) => applyChange(full, change), context.signal, done, onDone)
}

async function applyChange(context: ApplyContext, change: Change): Promise<void> {
  const {action, resource, fields} = change
  if (action !== 'create' && resource === 'stream' && context.actual.stream?.status === 'CREATING') {
    await waitUntilActive(context)
  }
  if (action === 'keep') return
  const isOfTagsAlone = fields?.every((field) => field === 'tags') === true
  if (!isOfTagsAlone) {
    await appliers[resource](context, change)
    if (resource === 'role' || resource === 'policy') context.rolesChanged = true
  }
  if (fields?.includes('tags')) await applyTags(context, change)
}
