import {Constraints} from '../../../constraints'
import {ServiceError} from '../../../service-error'

interface Filters {
  NamePrefix?: string | undefined
  EventSourceArn?: string | undefined
  State?: string | undefined
}

/** Lists of archives and of replays take one filter at a time. Throws ValidationException. */
export function checkOneFilter(operation: string, filters: Filters): void {
  new Constraints()
    .text('namePrefix', filters.NamePrefix, {min: 1, pattern: /^(?:[.\-_A-Za-z0-9]+)$/})
    .check()
  const given = [filters.NamePrefix, filters.EventSourceArn, filters.State].filter((f) => f !== undefined)
  if (given.length <= 1) return
  throw new ServiceError(
    'ValidationException',
    `At most one filter is allowed for ${operation}. Use either : State, EventSourceArn, or NamePrefix.`,
  )
}
