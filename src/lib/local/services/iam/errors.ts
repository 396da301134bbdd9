import {ServiceError} from '../../service-error'

/** `NoSuchEntity` (404) for a role. */
export function noSuchRole(name: string): ServiceError {
  return noSuchEntity(`The role with name ${name} cannot be found.`)
}

/** `NoSuchEntity` (404). */
export function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntityException', message, 404)
}

/** `ValidationError` (400), which IAM answers without a shape in its model. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message)
}

/** `ValidationError` in the words that every AWS service has for a member out of bounds. */
export function constraint(value: unknown, field: string, rule: string): ServiceError {
  return validationError(
    `1 validation error detected: Value '${String(value)}' at '${field}' failed to satisfy constraint: Member must ${rule}`,
  )
}

/** `LimitExceeded` (409). */
export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message, 409)
}
