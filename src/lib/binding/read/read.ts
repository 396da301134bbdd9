import {isAbsent, toOpError} from '../../aws/map-sdk-error'

/**
 * The answer of a reading call, or undefined where the service does not find the thing. `doing` completes "Could not ...".
 * `alsoAbsent` tells the errors by which a service says "not found" in a way of its own. Throws every other error as an `OpError`.
 */
export async function readOrAbsent<T>(
  doing: string,
  call: () => Promise<T>,
  alsoAbsent: (error: unknown) => boolean = () => false,
): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (isAbsent(error) || alsoAbsent(error)) return undefined
    throw toOpError(error, doing)
  }
}
