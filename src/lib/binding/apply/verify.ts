import {waitUntil} from '../../aws/wait'
import {OpError} from '../../core/errors'
import {readActual} from '../read/actual'
import type {ApplyContext} from './apply-context'
import {changeInWords} from '../change'
import type {Change} from '../change'
import {planBinding} from '../plan/plan'

/** Some services show a change only a little later. */
const visibleWithinMs = 30_000

/**
 * Reads the road again until a plan for it has nothing left to do. Throws `BINDING_UNVERIFIED` (partial), naming what still differs
 * after half a minute, and what reading throws.
 */
export async function verifyBinding(
  context: Pick<ApplyContext, 'clients' | 'road' | 'now' | 'sleep' | 'signal'>,
): Promise<void> {
  const {clients, road, now, sleep, signal} = context
  const endsAt = now() + visibleWithinMs
  const look = async (): Promise<Change[] | undefined> => {
    const left = planBinding(road, await readActual(clients, road)).filter((c) => c.action !== 'keep')
    return left.length === 0 || now() >= endsAt ? left : undefined
  }
  const waitingFor = 'the changes to become visible'
  const left = await waitUntil(look, {now, sleep, signal, timeoutMs: visibleWithinMs + 1, waitingFor})
  if (left.length === 0) return
  const what = left.map(changeInWords).join(', ')
  throw new OpError(
    'partial',
    'BINDING_UNVERIFIED',
    `The changes were made, but reading them back still asks to: ${what}.`,
    {hint: 'Run the same command again in a minute; if it stays so, somebody else changes these resources.'},
  )
}
