import {ServiceError} from '../../service-error'

/** 400: the request itself is wrong. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message, 400)
}

/** 403: what AWS keeps to itself. */
export function forbidden(message: string): ServiceError {
  return new ServiceError('ForbiddenException', message, 403)
}

/** 404: the thing is not there. */
export function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message, 404)
}

/** 409: the thing is there already. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message, 409)
}
