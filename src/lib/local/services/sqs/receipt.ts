import {ServiceError} from '../../service-error'
import type {Queue} from './queue-store'

/** Which message was received, and by which of its receives. */
export interface Receipt {
  key: string
  token: string
}

/** A receipt as clients hold it: opaque text. */
export function toReceiptHandle({key, token}: Receipt): string {
  return Buffer.from(`${key} ${token}`).toString('base64')
}

/** The receipt of a handle that this queue has given out. Throws `ReceiptHandleIsInvalid`. */
export function receiptOf(handle: string | undefined, queue: Queue): Receipt {
  const [key = '', token = ''] = Buffer.from(handle ?? '', 'base64')
    .toString()
    .split(' ')
  if (key.startsWith(`${queue.id}/`) && token !== '') return {key, token}
  throw new ServiceError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.')
}
