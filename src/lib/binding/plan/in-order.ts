import {toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import {changeInWords} from '../change'
import type {Change} from '../change'

/**
 * Makes changes one after the other and adds each to `done`; `onDone` hears of it. What is kept is handed to `apply` as
 * well, which may have to wait for it. Throws a failure as it is where `done` is empty, else as `BINDING_PARTIAL`
 * (partial), or `INTERRUPTED`, naming what is done.
 */
export async function inOrder(
  changes: readonly Change[],
  apply: (change: Change) => Promise<void>,
  signal: AbortSignal | undefined,
  done: Change[],
  onDone: (change: Change) => void,
): Promise<void> {
  for (const change of changes) {
    try {
      if (signal?.aborted) throw interruptedBefore(change)
      await apply(change)
    } catch (error) {
      throw halfWay(toOpError(error, changeInWords(change)), done)
    }
    if (change.action === 'keep') continue
    done.push(change)
    onDone(change)
  }
}

function interruptedBefore(change: Change): OpError {
  return new OpError('interrupted', 'INTERRUPTED', `Interrupted before it could ${changeInWords(change)}.`)
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
