import {toOpError} from '../aws/map-sdk-error'
import {OpError} from '../core/errors'
import type {ApplyContext} from './apply-context'
import {applyDiscoverer} from './apply-discoverer'
import {applyBus, applyRule, applyTarget} from './apply-events'
import {applyBucket, applyDatabase, applyTable, applyWorkgroup} from './apply-lake'
import {applyQueue, applyQueuePolicy} from './apply-queue'
import {applyRole, applyRolePolicy} from './apply-role'
import {applyStream, waitUntilActive} from './apply-stream'
import {changeInWords} from './change'
import type {Change, ResourceKind} from './change'

type Applier = (context: ApplyContext, change: Change) => Promise<void>

const appliers: Readonly<Record<ResourceKind, Applier>> = {
  bus: applyBus,
  bucket: applyBucket,
  role: applyRole,
  policy: applyRolePolicy,
  stream: applyStream,
  queue: applyQueue,
  'queue-policy': applyQueuePolicy,
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
  for (const change of changes) {
    try {
      await applyChange(full, change)
    } catch (error) {
      throw halfWay(toOpError(error, changeInWords(change)), done)
    }
    if (change.action === 'keep') continue
    done.push(change)
    onDone(change)
  }
}

async function applyChange(context: ApplyContext, change: Change): Promise<void> {
  if (context.signal?.aborted) {
    throw new OpError('interrupted', 'INTERRUPTED', `Interrupted before it could ${changeInWords(change)}.`)
  }
  if (change.action !== 'keep') {
    await appliers[change.resource](context, change)
    if (change.resource === 'role' || change.resource === 'policy') context.rolesChanged = true
  } else if (change.resource === 'stream' && context.actual.stream?.status === 'CREATING') {
    await waitUntilActive(context)
  }
}

function halfWay(error: OpError, done: readonly Change[]): OpError {
  if (done.length === 0) return error
  const made = done.map(changeInWords).join(', ')
  const hint = 'Run the same command again: it goes on from here.'
  const details = {
    hint: error.hint === undefined ? hint : `${error.hint} ${hint}`,
    requestId: error.requestId,
    cause: error,
  }
  const message = `${error.message} Done before that: ${made}.`
  return error.kind === 'interrupted'
    ? new OpError('interrupted', 'INTERRUPTED', message, details)
    : new OpError('partial', 'BINDING_PARTIAL', message, details)
}
