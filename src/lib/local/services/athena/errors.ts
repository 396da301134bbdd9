import {ServiceError} from '../../service-error'

export function invalidRequest(message: string, athenaErrorCode = 'INVALID_INPUT'): ServiceError {
  return new ServiceError('InvalidRequestException', message, 400, {AthenaErrorCode: athenaErrorCode})
}

export function metadataNotFound(message: string): ServiceError {
  return new ServiceError('MetadataException', message)
}

/** The page size asked for, `max` when nothing is said. Throws `InvalidRequestException` beyond `min` and `max`. */
export function pageLimit(value: number | undefined, min: number, max: number): number {
  if (value === undefined) return max
  if (value < min || value > max) {
    const rule = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`
    throw invalidRequest(
      `1 validation error detected: Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value ${rule}`,
    )
  }
  // Zero is allowed by some operations and means: as many as there may be.
  return value === 0 ? max : value
}

export function badToken(): ServiceError {
  return invalidRequest('Invalid NextToken.')
}
