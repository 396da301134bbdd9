import {ServiceError} from '../../service-error'

/** `AWS.SimpleQueueService.NonExistentQueue` on the wire. */
export function noSuchQueue(): ServiceError {
  return new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.')
}

/** `InvalidParameterValue` on the wire; SQS answers it without a shape in its model. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message, 400, {}, 'InvalidParameterValue')
}

/** A number out of its bounds. */
export function outOfBounds(value: number, name: string, min: number, max: number): ServiceError {
  return invalidParameter(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  )
}

/** `MissingParameter` on the wire. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError(
    'MissingRequiredParameterException',
    `The request must contain the parameter ${name}.`,
    400,
    {},
    'MissingParameter',
  )
}

/** What the endpoint does not emulate, under the code that SQS has for it. */
export function unsupported(what: string): ServiceError {
  return new ServiceError(
    'UnsupportedOperation',
    `${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`,
  )
}

/** The code that stands in the results of a batch: without the suffix that the shapes' names carry. */
export function batchCodeOf(error: ServiceError): string {
  return error.code.replace(/Exception$/, '')
}
