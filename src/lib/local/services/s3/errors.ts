import {ServiceError} from '../../service-error'

/** `NoSuchKey` (404). */
export function noSuchKey(): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404)
}

/** `NotFound` (404): what HEAD requests answer, which have no body to say more. */
export function notFound(): ServiceError {
  return new ServiceError('NotFound', 'Not Found', 404)
}

/** `InvalidArgument` (400). */
export function invalidArgument(message: string): ServiceError {
  return new ServiceError('InvalidArgument', message)
}

/** `PreconditionFailed` (412). */
export function preconditionFailed(): ServiceError {
  return new ServiceError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  )
}

/** `NotImplemented` (501): what the endpoint does not emulate, under the code that S3 has for it. */
export function notImplemented(what: string): ServiceError {
  return new ServiceError(
    'NotImplemented',
    `${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`,
    501,
  )
}
