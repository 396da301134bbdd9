import {OpError} from '../core/errors'
import type {ControlClient} from '../local/control-client'

const pauseMs = 50
const patienceMs = 15_000

/**
 * Asks an endpoint to end and waits until nothing answers at its address. Throws TIMED_OUT (timeout) where it goes on for 15 seconds.
 */
export async function stopEndpoint(control: ControlClient): Promise<void> {
  await control.stop()
  const deadline = Date.now() + patienceMs
  while (await control.health()) {
    if (Date.now() > deadline) {
      throw new OpError(
        'timeout',
        'TIMED_OUT',
        `The endpoint at ${control.url} was asked to stop and still answers.`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
