import {sdkErrorName, toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'

/**
 * Makes a call to a service that an endpoint may not have at all. Such an endpoint answers with a status of 404, which
 * must not be taken for a missing resource. Throws `SERVICE_REFUSED` (service) with the endpoint's words, and every
 * other error as it is.
 */
export async function refusesAll<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (sdkErrorName(error) !== 'UnknownOperationException') throw error
    const {message} = toOpError(error, 'read the target')
    throw new OpError('service', 'SERVICE_REFUSED', message, {
      hint: 'Nothing was changed. Bind a target of a kind that this endpoint has, or work on AWS.',
      cause: error,
    })
  }
}
