import {createHash} from 'node:crypto'

/** Whose data is taken out. */
export interface Subject {
  kind: 'user' | 'customer'
  id: string
}

/** The id as a receipt names it: SHA-256, hexadecimal. */
export function subjectHash({kind, id}: Subject): string {
  return createHash('sha256').update(`${kind}:${id}`).digest('hex')
}

/**
 * What is personal in an event, as columns of the lake: who called, from where and with what, and free attributes. The customer is not: it is who pays,
 * and the bill has to stay.
 */
export const personalColumns = ['user_id', 'client_address', 'client_user_agent', 'attributes'] as const

/** The same in an event's detail. */
export const personalPaths: readonly (readonly string[])[] = [
  ['user', 'id'],
  ['client', 'address'],
  ['client', 'userAgent'],
  ['attributes'],
]

/** Where the id of a subject stands in an event's detail. */
export function idPath({kind}: Subject): readonly string[] {
  return [kind, 'id']
}
