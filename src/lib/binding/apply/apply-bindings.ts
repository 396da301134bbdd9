import {applyBinding} from './apply'
import type {ApplyContext} from './apply-context'
import {hasChanges} from '../change'
import type {Change} from '../change'
import type {PlannedBinding} from '../plan/plan-bindings'
import {verifyBinding} from './verify'

/**
 * Applies the plans one binding after the other and reads each back. A binding without changes is not touched. Throws
 * what `applyBinding` and `verifyBinding` throw; what earlier bindings made counts as done.
 */
export async function applyBindings(
  deps: Pick<ApplyContext, 'clients' | 'now' | 'sleep' | 'signal'>,
  plans: readonly PlannedBinding[],
  onDone: (change: Change) => void = () => undefined,
): Promise<void> {
  const done: Change[] = []
  for (const {road, actual, changes} of plans) {
    if (!hasChanges(changes)) continue
    await applyBinding({...deps, road, actual}, changes, done, onDone)
    await verifyBinding({...deps, road})
  }
}
