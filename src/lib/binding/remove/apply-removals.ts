import {waitUntil} from '../../aws/wait'
import {OpError} from '../../core/errors'
import type {RoadSettings} from '../../road/settings'
import type {ApplyContext} from '../apply/apply-context'
import {changeInWords} from '../change'
import type {Change} from '../change'
import {inOrder} from '../plan/in-order'
import {planRemovals} from './plan-removals'
import type {PlannedRemoval} from './plan-removals'
import {remove} from './remove'

type Deps = Pick<ApplyContext, 'clients' | 'now' | 'sleep' | 'signal'>

/** Some services show for a little longer what is gone. */
const goneWithinMs = 30_000

/**
 * Makes the deletions of the plans, one binding after the other, then reads all of it again. Throws a first failure as it
 * is, a later one as `BINDING_PARTIAL` (partial) or `INTERRUPTED` with what is done, and `BINDING_UNVERIFIED` (partial)
 * where something is still there half a minute later. Running it again goes on from there.
 */
export async function applyRemovals(
  deps: Deps,
  plans: readonly PlannedRemoval[],
  onDone: (change: Change) => void = () => undefined,
): Promise<void> {
  const done: Change[] = []
  for (const {road, actual, changes} of plans) {
    const apply = async (change: Change): Promise<void> => {
      if (change.action === 'delete') await remove({...deps, road, actual}, change)
    }
    await inOrder(changes, apply, deps.signal, done, onDone)
  }
  await verifyRemovals(
    deps,
    plans.map((plan) => plan.road.settings),
  )
}

async function verifyRemovals(deps: Deps, settings: readonly RoadSettings[]): Promise<void> {
  const endsAt = deps.now() + goneWithinMs
  const look = async (): Promise<Change[] | undefined> => {
    const plans = await planRemovals(deps.clients, settings)
    const left = plans.flatMap((plan) => plan.changes).filter((change) => change.action === 'delete')
    return left.length === 0 || deps.now() >= endsAt ? left : undefined
  }
  const waitingFor = 'the deletions to become visible'
  const left = await waitUntil(look, {...deps, timeoutMs: goneWithinMs + 1, waitingFor})
  if (left.length === 0) return
  const what = left.map(changeInWords).join(', ')
  throw new OpError(
    'partial',
    'BINDING_UNVERIFIED',
    `The deletions were made, but reading them back still asks to: ${what}.`,
    {hint: 'Run the same command again in a minute.'},
  )
}
