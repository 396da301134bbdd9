import {ServiceError} from '../../service-error'

export function entityNotFound(message: string): ServiceError {
  return new ServiceError('EntityNotFoundException', message)
}

export function alreadyExists(what: string): ServiceError {
  return new ServiceError('AlreadyExistsException', `${what} already exists.`)
}

export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message)
}

export function concurrentRunsExceeded(of: string): ServiceError {
  return new ServiceError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${of}`)
}
