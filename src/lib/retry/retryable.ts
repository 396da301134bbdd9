import {messageOf, systemCodeOf} from '../core/errors'
import {networkCodes} from '../core/network-codes'

/**
 * Entry codes of PutEvents that AWS documents as worth another try. Every other code (`MalformedDetail`,
 * `AccessDeniedException`, `NotAuthorizedForSourceException`, ...) would be answered the same way again.
 */
const retryableEntryCodes: ReadonlySet<string> = new Set(['InternalFailure', 'ThrottlingException'])

/** Whether an entry that PutEvents refused with this code may be accepted when it is sent again. */
export function isRetryableEntryCode(code: string): boolean {
  return retryableEntryCodes.has(code)
}

/**
 * What a failed request means for its entries:
 * `retry` the same request may succeed later · `throttled` the same, and the service asks for patience ·
 * `split` one of the entries spoils the request, so they are sent one by one · `fatal` no request will succeed.
 */
export type RequestFailureClass = 'retry' | 'throttled' | 'split' | 'fatal'

export interface RequestFailure {
  class: RequestFailureClass
  code: string
  message: string
}

const throttlingNames: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
])

/** Whether a code, of a request or of one entry, asks for fewer requests. */
export function isThrottlingCode(code: string): boolean {
  return throttlingNames.has(code)
}

const transientNames: ReadonlySet<string> = new Set([
  'InternalException',
  'InternalFailure',
  'InternalServiceError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'TimeoutError',
])

/** Classes the error of a whole request, as an SDK client throws it (`name`, `$metadata.httpStatusCode`, `code`). */
export function classifyRequestFailure(error: unknown): RequestFailure {
  const name = error instanceof Error ? error.name : ''
  const networkCode = systemCodeOf(error) ?? ''
  const status = httpStatusOf(error)
  const code = name === '' || name === 'Error' ? networkCode || 'UnknownError' : name
  const message = messageOf(error)
  if (throttlingNames.has(name) || status === 429) return {class: 'throttled', code, message}
  if (transientNames.has(name) || networkCodes.has(networkCode) || status >= 500) {
    return {class: 'retry', code, message}
  }
  if (name === 'ValidationException' || status === 413) return {class: 'split', code, message}
  return {class: 'fatal', code, message}
}

function httpStatusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0
  const metadata = error.$metadata as {httpStatusCode?: unknown} | undefined
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : 0
}
