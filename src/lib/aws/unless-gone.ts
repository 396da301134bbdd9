import {isAbsent} from './map-sdk-error'

/** The answer of a deleting call, or undefined where the thing has gone already. Throws every other error as it is. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}
