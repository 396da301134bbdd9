import {notEmulated, ServiceError} from '../../service-error'

/** What a call got wrong, under the code that most operations of the service have for it. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}

/** What the endpoint does not emulate, under the same code. */
export function unsupported(what: string): ServiceError {
  return notEmulated(what, 'InvalidParameterException')
}

/** Throws for the first of the named members that a call gives: each would change the answer. */
export function refuseMembers<T extends object>(input: T, members: readonly (keyof T & string)[]): void {
  const found = members.find((member) => input[member] !== undefined && input[member] !== false)
  if (found !== undefined) throw unsupported(found)
}
