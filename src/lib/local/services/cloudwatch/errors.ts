import {notEmulated, ServiceError} from '../../service-error'

/** `ValidationError`, as CloudWatch answers it for queries that make no sense. */
export function invalidQuery(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}

/** `InvalidParameterValue` on the wire. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message)
}

/** `InvalidParameterCombination` on the wire. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError('InvalidParameterCombinationException', message)
}

/** `MissingParameter` on the wire. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError('MissingRequiredParameterException', `The parameter ${name} is required.`)
}

/** What the endpoint does not emulate of a metric query or value. */
export function unsupported(what: string): ServiceError {
  return notEmulated(what, 'InvalidParameterValueException')
}
