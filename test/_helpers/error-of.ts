import {OpError} from '../../src/lib/core/errors'

/** The `OpError` that `act` throws. Any other error is thrown on, and so is that nothing was thrown. */
export function errorOf(act: () => unknown): OpError {
  try {
    act()
  } catch (error) {
    if (error instanceof OpError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
